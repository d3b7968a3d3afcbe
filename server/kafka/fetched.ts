import type { EachBatchPayload } from 'kafkajs'
import type { Batch, Member } from './consume-options.ts'
import type { Names } from './names.ts'

/** What one partition had at a fetch. */
export type Fetched = {
  batch: Batch
  member: Member
  /** As Kafka calls the topic; `next` is the offset that follows the batch. */
  at: { topic: string; partition: number; next: string }
  /** Whether the log has more of it by now. */
  more: boolean
}

export function toFetched({ batch, heartbeat, isRunning }: EachBatchPayload, names: Names): Fetched {
  const { topic, partition, messages } = batch
  const next = (BigInt(batch.lastOffset()) + 1n).toString()
  return {
    batch: { topic: names.plain(topic), partition, messages },
    member: { heartbeat, stopping: () => !isRunning() },
    at: { topic, partition, next },
    more: BigInt(batch.highWatermark) > BigInt(next),
  }
}
