// Node finds the constant by the default export only: the named one lies behind what its parser of CommonJS reads.
import kafkajs, { type Admin, type Kafka } from 'kafkajs'
import type { Names } from '../../kafka/names.ts'
import { type GroupReading, readGroups } from './group-readings.ts'
import { LAB_PREFIX } from './lab-name.ts'
import type { ReadSegments } from './segments.ts'

/** A topic at one moment. Topics and groups are named as the product names them. */
export type LogReading = {
  /** All there are of this installation. */
  topics: string[]
  /** By number; empty when there is no such topic. */
  partitions: { low: number; high: number; segments: number[] | null }[]
  /** null where records are kept for ever, or the broker does not tell. */
  retentionMs: number | null
  /** Those that read this topic, or have. */
  groups: GroupReading[]
}

export type LogReader = {
  /** @throws when the broker does not answer */
  read(): Promise<LogReading>
  close(): Promise<void>
}

export type OpenLogReader = (topic: string) => Promise<LogReader>

const MOST_GROUPS = 30

/** Reads one topic, again and again, with an admin of its own for the reason that `withAdmin` tells. */
export async function openLogReader(
  { kafka, names, segments }: { kafka: Kafka; names: Names; segments: ReadSegments },
  topic: string,
): Promise<LogReader> {
  const admin = kafka.admin()
  await admin.connect()
  const inKafka = names.inKafka(topic)
  let retentionMs: number | null | undefined
  const mine = (found: string[]) => found.filter((name) => name.startsWith(names.inKafka('')))

  return {
    async read() {
      const listed = mine(await admin.listTopics())
      const topics = listed
        .map(names.plain)
        .filter((name) => !name.startsWith('__'))
        .sort()
      if (!listed.includes(inKafka)) return { topics, partitions: [], retentionMs: null, groups: [] }
      retentionMs ??= await readRetention(admin, inKafka)
      const ends = (await admin.fetchTopicOffsets(inKafka)).sort((a, b) => a.partition - b.partition)
      const partitions = await Promise.all(
        ends.map(async ({ partition, low, high }) => ({
          low: Number(low),
          high: Number(high),
          segments: await segments(inKafka, partition),
        })),
      )
      const { groups } = await admin.listGroups()
      const groupIds = mine(groups.map(({ groupId }) => groupId))
        .filter((groupId) => mayRead(topic, names.plain(groupId)))
        .sort()
        .slice(0, MOST_GROUPS)
      const readings = await readGroups(admin, { topic: inKafka, partitions: partitions.length, groupIds })
      return {
        topics,
        partitions,
        retentionMs,
        groups: readings.map((group) => ({ ...group, groupId: names.plain(group.groupId) })),
      }
    },
    close: () => admin.disconnect(),
  }
}

async function readRetention(admin: Admin, name: string): Promise<number | null> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: ['retention.ms'] }],
  })
  const ms = Number(resources[0]?.configEntries[0]?.configValue)
  return ms > 0 ? ms : null
}

/** The groups of a lab read that lab's topic only, and no other group reads it. */
function mayRead(topic: string, group: string): boolean {
  return topic.startsWith(LAB_PREFIX) ? group.startsWith(`${topic}-`) : !group.startsWith(LAB_PREFIX)
}
