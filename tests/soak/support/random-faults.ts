import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { KafkaThatBreaks } from '../../faults/support/kafka-that-breaks.ts'
import type { Traffic } from '../../faults/support/traffic.ts'
import { createApi, fixAt } from '../../support/api.ts'
import type { RunningApp } from '../../support/app.ts'
import { openRaw } from '../../support/raw-connection.ts'

export type Fault = { name: string; begin(): Promise<void>; end(): Promise<void> }

const DAWDLERS = 200
const FLOOD = 2_000
const FLOOD_AT_ONCE = 50

/** What one app on one broker and its own database can be hit with while riders ride and customers watch. */
export function randomFaults(app: RunningApp, kafka: KafkaThatBreaks, traffic: Traffic): Fault[] {
  const nothing = async () => {}
  const half = traffic.followers.filter((_, index) => index % 2 === 0)
  return [
    { name: 'broker killed', begin: kafka.kill9, end: kafka.start },
    {
      name: 'broker frozen',
      begin: async () => void process.kill(kafka.pid(), 'SIGSTOP'),
      end: async () => void process.kill(kafka.pid(), 'SIGCONT'),
    },
    {
      name: 'broker slow',
      begin: async () => kafka.proxy.slow(2_000),
      end: async () => kafka.proxy.pass(),
    },
    {
      name: 'broker cut off',
      begin: async () => kafka.proxy.down(),
      end: async () => kafka.proxy.pass(),
    },
    {
      name: 'answers of the broker cut in the middle',
      begin: async () => kafka.proxy.cutMidFrame(64),
      end: async () => kafka.proxy.pass(),
    },
    {
      name: 'half of the customers offline',
      begin: async () => half.forEach((follower) => void follower.offline()),
      end: async () => half.forEach((follower) => void follower.online()),
    },
    { name: 'poison in the topic', begin: () => poison(kafka), end: nothing },
    { name: `a flood of ${FLOOD} posts with one token`, begin: () => flood(app), end: nothing },
    { name: `${DAWDLERS} connections that dawdle`, begin: () => dawdle(app), end: nothing },
  ]
}

async function poison({ settings }: KafkaThatBreaks): Promise<void> {
  const kafka = new Kafka({ brokers: [settings.KAFKA_BROKERS], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const messages = ['not JSON', '{"v":99}', '[]'].map((value, index) => ({ key: `poison-${index}`, value }))
  await producer.send({ topic: `${settings.KAFKA_PREFIX}delivery-location-updated`, messages })
  await producer.disconnect()
}

async function flood(app: RunningApp): Promise<void> {
  const api = createApi(app.url)
  const created = await api.createDelivery()
  for (let sent = 0; sent < FLOOD; sent += FLOOD_AT_ONCE) {
    await Promise.all(
      Array.from({ length: FLOOD_AT_ONCE }, async () => {
        await (await api.postLocations(created, [fixAt(created, 1)])).arrayBuffer()
      }),
    )
  }
}

/** The app closes them after their time. */
async function dawdle(app: RunningApp): Promise<void> {
  for (let opened = 0; opened < DAWDLERS; opened += 1) {
    const { socket } = await openRaw(app.port)
    socket.write('POST /api/deliveries HTTP/1.1\r\nHost: here\r\nX-Slow: ')
  }
}
