import { openAdmin } from './client.ts'

/** Where the log of each partition starts, and the offset that its next message gets. */
export async function logEnds(topic: string): Promise<{ low: number[]; high: number[] }> {
  const admin = await openAdmin()
  const partitions = (await admin.fetchTopicOffsets(topic)).sort((a, b) => a.partition - b.partition)
  return { low: partitions.map(({ low }) => Number(low)), high: partitions.map(({ high }) => Number(high)) }
}

/** Deletes what partition 0 has before this offset. */
export async function deleteBefore(topic: string, offset: number): Promise<void> {
  const admin = await openAdmin()
  // kafkajs deletes records only of a topic that this admin has asked about before.
  await admin.fetchTopicOffsets(topic)
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] })
}
