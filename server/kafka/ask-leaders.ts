import type { Kafka } from 'kafkajs'

/** One more try: the first of the brokers to be asked may be the one that is away. */
const RETRY = { retries: 1, initialRetryTime: 20 }

/**
 * Resolves once each partition of the topic has a leader that answers as such. A broker knows its neighbours' state from
 * hearsay, also of those that are gone; for where a partition ends kafkajs asks its leader itself. Connections are made
 * anew, for what the last ones knew of the leaders may be over.
 */
export async function askLeaders(kafka: Kafka, topic: string): Promise<void> {
  const admin = kafka.admin({ retry: RETRY })
  try {
    await admin.connect()
    await admin.fetchTopicOffsets(topic)
  } finally {
    await admin.disconnect()
  }
}
