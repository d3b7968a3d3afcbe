import type { Admin } from 'kafkajs'
import { onceSettled } from './once-settled.ts'
import { committed } from './read-lag.ts'

/** The offset at which the group continues, by `topic/partition`; the oldest one there is where it has not read yet. */
export async function nextOffsets(
  admin: Admin,
  groupId: string,
  topic: string,
): Promise<Map<string, string>> {
  const [held, offsets] = await Promise.all([
    onceSettled.execute(() => committed(admin, groupId, [topic])),
    onceSettled.execute(() => admin.fetchTopicOffsets(topic)),
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
