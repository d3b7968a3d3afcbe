import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import type { Admin } from 'kafkajs'
import { committed } from './read-lag.ts'

/** Apache Kafka needs seconds to find a coordinator for its first groups, and to load what they have committed. */
const onceCoordinated = retry(
  handleWhen((error) => 'retriable' in error && error.retriable === true),
  { maxAttempts: 40, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1_000 }) },
)

/** The offset at which the group continues, by `topic/partition`; the oldest one there is where it has not read yet. */
export async function nextOffsets(
  admin: Admin,
  groupId: string,
  topic: string,
): Promise<Map<string, string>> {
  const [held, offsets] = await Promise.all([
    onceCoordinated.execute(() => committed(admin, groupId, [topic])),
    admin.fetchTopicOffsets(topic),
  ])
  return new Map(
    offsets.map(({ partition, low }) => {
      const place = `${topic}/${partition}`
      const offset = held.get(place) ?? low
      // What retention has taken meanwhile cannot be read any more.
      return [place, BigInt(offset) < BigInt(low) ? low : offset]
    }),
  )
}
