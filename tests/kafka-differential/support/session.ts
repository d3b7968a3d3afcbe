import { type Admin, Kafka, logLevel, type Producer } from 'kafkajs'
import { WireClient } from '../../../packages/embedded-kafka/tests/support/wire-client.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { type KafkajsBroker, openKafkajsBroker } from './kafkajs-broker.ts'

/** What the steps of a session share. */
export type Session = {
  kafka: Kafka
  /** A new client for each call: kafkajs' asks on and on about every topic it has dealt with, deleted or not. */
  admin: Admin
  producer: Producer
  /** kafkajs without its retries. */
  broker: KafkajsBroker
  /** For the calls that kafkajs does not know. */
  wire: WireClient
  nodeId: number
  /** The full name of a topic or group: the same in the sessions of one run, on whatever broker. */
  named(name: string): string
  /** Until every partition answers: a broker that has said "created" may still be spreading the news. */
  usable(topic: string, partitions: number): Promise<void>
  /** What one step leaves for another. */
  remember<T>(what: string, value: T): T
  recall(what: string): string
}

const LATEST = -1

export type Step = readonly [name: string, run: (session: Session) => Promise<unknown>]

export async function openSession(address: string, runId: string): Promise<Session> {
  const kafka = new Kafka({
    clientId: 'differential',
    brokers: address.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 5 },
  })
  const producer = kafka.producer()
  await producer.connect()
  atEnd(() => producer.disconnect())
  const broker = await openKafkajsBroker(kafka)
  await awake(broker)
  const admin = freshAdmin(kafka)
  const { controller } = await admin.describeCluster()
  const [host = '', port] = (address.split(',')[0] ?? '').split(':')
  const wire = await WireClient.connect({ host, port: Number(port) })
  const memory = new Map<string, string>()
  const named = (name: string) => `differential-${runId}-${name}`
  atEnd(() => removeAll(admin, named('')))
  return {
    ...{ kafka, admin, producer, broker, wire, nodeId: controller ?? -1 },
    named,
    usable: (topic, partitions) => usable(broker, topic, partitions),
    remember: (what, value) => {
      memory.set(what, String(value))
      return value
    },
    recall: (what) => {
      const value = memory.get(what)
      if (value === undefined) throw new Error(`No step has left ${what}`)
      return value
    },
  }
}

function freshAdmin(kafka: Kafka): Admin {
  const call =
    (method: string | symbol) =>
    async (...parameters: unknown[]) => {
      const client = kafka.admin()
      await client.connect()
      try {
        return await Reflect.get(client, method)(...parameters)
      } finally {
        await client.disconnect()
      }
    }
  return new Proxy(kafka.admin(), { get: (_, method) => call(method) })
}

/** A broker that was given to the tests gets back as it was. */
async function removeAll(admin: Admin, prefix: string): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix))
  await admin.deleteTopics({ topics })
  const { groups } = await admin.listGroups()
  const ours = groups.map(({ groupId }) => groupId).filter((groupId) => groupId.startsWith(prefix))
  if (ours.length > 0) await admin.deleteGroups(ours)
}

/** A broker just started has its coordinators ready a moment after it answers. */
async function awake(broker: KafkajsBroker): Promise<void> {
  const ready = async () => {
    await broker.initProducerId({ transactionTimeout: 1_000 })
    await broker.findGroupCoordinator({ groupId: 'any', coordinatorType: 0 })
    return await broker.describeGroups({ groupIds: ['a', 'b', 'c', 'd', 'e', 'f'] })
  }
  await pollUntil(ready, { withinMs: 60_000, what: 'the broker to know its groups' })
}

async function usable(broker: KafkajsBroker, topic: string, count: number): Promise<void> {
  const partitions = Array.from({ length: count }, (_, partition) => ({ partition, timestamp: LATEST }))
  await pollUntil(() => broker.listOffsets({ topics: [{ topic, partitions }] }), {
    withinMs: 30_000,
    what: `${topic} to be usable`,
  })
}
