import { ConstantBackoff, handleAll, retry } from 'cockatiel'
import type { Admin } from 'kafkajs'
import { LAB_SESSION_MS } from './lab-member.ts'

const TRY_EVERY_MS = 500

/** A member that has crashed keeps its group until its session is over. */
const patiently = retry(handleAll, {
  maxAttempts: (2 * LAB_SESSION_MS) / TRY_EVERY_MS,
  backoff: new ConstantBackoff(TRY_EVERY_MS),
})

/** Both by their names in Kafka. Fine with what is gone already. */
export async function deleteLab(
  admin: Admin,
  wanted: { topics: readonly string[]; groups: readonly string[] },
): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => wanted.topics.includes(topic))
  if (topics.length > 0) await admin.deleteTopics({ topics })
  await patiently.execute(async () => {
    const there = (await admin.listGroups()).groups.map(({ groupId }) => groupId)
    const groups = there.filter((group) => wanted.groups.includes(group))
    if (groups.length > 0) await admin.deleteGroups(groups)
  })
}
