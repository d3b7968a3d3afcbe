import { randomUUID } from 'node:crypto'
import { type Admin, type Consumer, Kafka, logLevel, type Producer } from 'kafkajs'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'

/** Set by choose-broker.ts: the addresses of the broker that the rules are tested on. */
export const BROKER_UNDER_TEST = 'TEST_BROKER_UNDER_TEST'

/** How long anything may take on a machine that is busy with other things. */
export const SOON = { withinMs: 60_000 }

/** A stock kafkajs, on the broker under test. */
export function stockClient(): Kafka {
  return new Kafka({
    clientId: 'semantics',
    brokers: (process.env[BROKER_UNDER_TEST] ?? '').split(','),
    logLevel: logLevel.NOTHING,
  })
}

/** Connected, and gone at the end of the test file. */
export async function connected<T extends Admin | Producer | Consumer>(client: T): Promise<T> {
  atEnd(() => client.disconnect())
  await client.connect()
  return client
}

export const openAdmin = (): Promise<Admin> => connected(stockClient().admin())
export const openProducer = (): Promise<Producer> => connected(stockClient().producer())

export type TopicSettings = { partitions?: number; configs?: Record<string, string> }

/** A topic that nobody else has: all tests share one broker. It is deleted at the end of the test file. */
export async function newTopic({ partitions = 1, configs = {} }: TopicSettings = {}): Promise<string> {
  const topic = `semantics-${randomUUID()}`
  const admin = await openAdmin()
  await admin.createTopics({
    // kafkajs would ask for the leaders at once, and fail where the news of the topic takes a moment.
    waitForLeaders: false,
    topics: [
      {
        topic,
        numPartitions: partitions,
        configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
      },
    ],
  })
  atEnd(() => admin.deleteTopics({ topics: [topic] }))
  // Until every leader is at work: a send that only some of them take is sent again whole, and duplicates the rest.
  await pollUntil(async () => (await admin.fetchTopicOffsets(topic)).length === partitions, {
    ...SOON,
    what: `${topic} to have its leaders`,
  })
  return topic
}

export const newGroup = (): string => `semantics-${randomUUID()}`
