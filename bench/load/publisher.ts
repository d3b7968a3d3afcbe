import { Kafka, logLevel, type Message, Partitioners } from 'kafkajs'
import { HEADER, type LocationEvent, TOPIC } from '#contracts/topics.ts'
import { answerCalls } from '../support/worker.ts'
import { atPace } from './at-pace.ts'
import { nextFix, type PostingRider } from './post-line.ts'

// Puts points into the log as other instances would, in a process of its own. Its argument is the broker's address.

type Load = { perSecond: number; seconds: number }
export type Publisher = {
  /** The product's own topic, for these deliveries in turn; resolves with how many. */
  toProduct: (load: Load & { riders: Omit<PostingRider, 'seq'>[] }) => Promise<number>
  /** As Centrifugo's consumer takes them. */
  toCentrifugo: (load: Load & { rooms: string[]; data: unknown }) => Promise<number>
}

/** After a standstill much is due: more than a broker takes in one batch (1 MB). */
const MOST_AT_ONCE = 500

const kafka = new Kafka({
  clientId: 'bench',
  brokers: [process.argv[2] as string],
  logLevel: logLevel.NOTHING,
})
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
await producer.connect()

async function publish(load: Load, topic: string, messageOf: (i: number) => Message): Promise<number> {
  let due: Message[] = []
  const sends: Promise<unknown>[] = []
  const flush = () => {
    if (due.length > 0) sends.push(producer.send({ topic, acks: -1, messages: due }))
    due = []
  }
  const flushing = setInterval(flush, 5)
  const count = await atPace(load, (i) => {
    due.push(messageOf(i))
    if (due.length >= MOST_AT_ONCE) flush()
  })
  clearInterval(flushing)
  flush()
  await Promise.all(sends)
  return count
}

const known = new Map<string, PostingRider>()

answerCalls({
  toProduct({ riders, ...load }) {
    return publish(load, TOPIC.locationUpdated, (i) => {
      const { id, ...rest } = riders[i % riders.length] as PostingRider
      const rider = known.get(id) ?? { id, ...rest, seq: 0 }
      known.set(id, rider)
      const receivedAtMs = Date.now()
      const event: LocationEvent = { v: 1, riderId: 'bench', ...nextFix(rider), deliveryId: id, receivedAtMs }
      const headers = {
        [HEADER.requestId]: `bench-${rider.seq}`,
        [HEADER.receivedAtMs]: String(receivedAtMs),
        [HEADER.publishedAtMs]: String(receivedAtMs),
      }
      return { key: id, value: JSON.stringify(event), headers }
    })
  },
  toCentrifugo({ rooms, data, ...load }) {
    return publish(load, 'centrifugo', (i) => {
      const channel = rooms[i % rooms.length] as string
      return { key: channel, value: JSON.stringify({ method: 'publish', payload: { channel, data } }) }
    })
  },
} satisfies Publisher)
