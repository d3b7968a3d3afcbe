import type { RunningConsumer } from '../kafka/consume.ts'

/** After a longer pause between two looks, as of a process that was suspended or a log that was away, hearing begins anew. */
const LONGEST_PAUSE_MS = 15_000

/** One look at what this member of the group hears. */
export type Heard = {
  /** Of the topic. */
  partitions: number
  /** Of this member: since when all of it is heard; null while it has not read yet what was there at the look before. */
  sinceMs: Map<number, number | null>
  /** Whether it has joined the group anew: others may have had its partitions meanwhile. */
  isNew: boolean
}

type Consumer = Pick<RunningConsumer, 'assigned' | 'lag'>

/**
 * A member that has not read a partition to its end, or has it only since a moment ago, cannot say that a rider is silent.
 * Returns a function that looks, and rejects while the log is away.
 */
export function createHearing(consumer: Consumer, topic: string) {
  const since = new Map<number, number>()
  let ends = new Map<number, number>()
  let assigned: readonly number[] = []
  let lookedAtMs = Number.NEGATIVE_INFINITY

  return async (nowMs: number): Promise<Heard> => {
    const lags = (await consumer.lag()).filter((lag) => lag.topic === topic)
    const hadPause = performance.now() - lookedAtMs > LONGEST_PAUSE_MS
    lookedAtMs = performance.now()

    const mine = consumer.assigned(topic)
    const isNew = mine !== assigned
    assigned = mine
    for (const partition of since.keys()) if (hadPause || !mine.includes(partition)) since.delete(partition)
    for (const partition of mine) if (!since.has(partition)) since.set(partition, nowMs)

    const read = new Map(lags.map(({ partition, records, end }) => [partition, end - records]))
    const sinceMs = new Map(
      mine.map((partition) => {
        const end = ends.get(partition)
        const isRead = end !== undefined && (read.get(partition) ?? -1) >= end
        return [partition, isRead ? (since.get(partition) ?? null) : null]
      }),
    )
    ends = new Map(lags.map(({ partition, end }) => [partition, end]))
    return { partitions: lags.length, sinceMs, isNew }
  }
}
