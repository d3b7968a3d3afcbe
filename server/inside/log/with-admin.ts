import type { Admin, Kafka } from 'kafkajs'

/** An admin for one errand. kafkajs keeps asking for each topic that a client has used, and fails once the topic is gone. */
export async function withAdmin<T>(kafka: Kafka, errand: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await errand(admin)
  } finally {
    await admin.disconnect()
  }
}
