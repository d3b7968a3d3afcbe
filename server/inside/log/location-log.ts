// Node finds the constant by the default export only: the named one lies behind what its parser of CommonJS reads.
import kafkajs, { type Admin, type Kafka, Partitioners } from 'kafkajs'
import { TOPIC } from '#contracts/topics.ts'
import type { Names } from '../../kafka/names.ts'
import type { Logger } from '../../logger.ts'
import { createRecordReader, type RecordReader } from './read-records.ts'

/** Where the records of one partition begin and where the next one will lie; what a group has committed, if it has. */
export type PartitionBounds = { low: number; high: number; committed: number | null }

/** The topic of the locations, as an administrator sees it, and its records. */
export type LocationLog = RecordReader & {
  /** Whether the records' times are the broker's, or the producer's. */
  carriesAppendTime(): Promise<boolean>
  /** Where the key leads, by the partitioner that the producer uses. */
  partitionOf(key: string): Promise<number>
  /** By partition. */
  bounds(groupId: string): Promise<Map<number, PartitionBounds>>
  /** Of the first record that is not older; the end of the partition when there is none. */
  offsetAt(partition: number, timeMs: number): Promise<number>
  /** Everything before the offset goes, as when its retention time has ended. */
  deleteBefore(partition: number, offset: number): Promise<void>
}

type Dependencies = { kafka: Kafka; admin: Admin; names: Names; readerGroupId: string; logger: Logger }

export function openLocationLog({ kafka, admin, names, readerGroupId, logger }: Dependencies): LocationLog {
  const topic = names.inKafka(TOPIC.locationUpdated)
  const reader = createRecordReader({ kafka, admin, topic, groupId: names.inKafka(readerGroupId), logger })
  const partitionFor = Partitioners.DefaultPartitioner()

  return {
    ...reader,
    async carriesAppendTime() {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [
          { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['message.timestamp.type'] },
        ],
      })
      return resources[0]?.configEntries[0]?.configValue === 'LogAppendTime'
    },
    async partitionOf(key) {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
      const partitionMetadata = topics[0]?.partitions ?? []
      return partitionFor({ topic, partitionMetadata, message: { key, value: null } })
    },
    async bounds(groupId) {
      const [offsets, committed] = await Promise.all([
        admin.fetchTopicOffsets(topic),
        admin.fetchOffsets({ groupId: names.inKafka(groupId), topics: [topic] }),
      ])
      const committedOf = new Map(
        committed[0]?.partitions.map(({ partition, offset }) => [partition, +offset]),
      )
      return new Map(
        offsets.map(({ partition, low, high }) => {
          // -1: never committed.
          const at = committedOf.get(partition) ?? -1
          return [partition, { low: Number(low), high: Number(high), committed: at < 0 ? null : at }]
        }),
      )
    },
    async offsetAt(partition, timeMs) {
      const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, timeMs)
      return Number(offsets.find((each) => each.partition === partition)?.offset ?? 0)
    },
    async deleteBefore(partition, offset) {
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] })
    },
  }
}
