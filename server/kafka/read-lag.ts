import type { Admin } from 'kafkajs'

/** Records of one partition that a group has not got yet, and the offset that the next one will get. */
export type PartitionLag = { topic: string; partition: number; records: number; end: number }

/**
 * How far a group is behind the end of its topics. `positions` are offsets by `topic/partition`, for a group that
 * does not commit; a partition that it does not read is left out. Otherwise its committed offsets count, and before its
 * first commit the whole partition.
 */
export async function readLag(
  admin: Admin,
  {
    groupId,
    topics,
    positions,
  }: { groupId: string; topics: string[]; positions: Map<string, string> | null },
): Promise<PartitionLag[]> {
  const held = positions ?? (await committed(admin, groupId, topics))
  const lags = await Promise.all(
    topics.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).flatMap(({ partition, low, high }) => {
        const position = held.get(`${topic}/${partition}`) ?? (positions ? undefined : low)
        if (position === undefined) return []
        const records = Math.max(0, Number(BigInt(high) - BigInt(position)))
        return [{ topic, partition, records, end: Number(high) }]
      }),
    ),
  )
  return lags.flat()
}

/** What a group has committed, by `topic/partition`. */
export async function committed(
  admin: Admin,
  groupId: string,
  topics: string[],
): Promise<Map<string, string>> {
  const offsets = new Map<string, string>()
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics })) {
    for (const { partition, offset } of partitions) {
      // -1: never committed.
      if (offset !== '-1') offsets.set(`${topic}/${partition}`, offset)
    }
  }
  return offsets
}
