import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Kafka, logLevel, type Message, Partitioners } from 'kafkajs'
import { PARTITIONS, TOPIC } from '#contracts/topics.ts'

const GATHER_MS = 2
const topic = TOPIC.locationUpdated

/**
 * The floor of a post: bare `node:http`, `JSON.parse`, and kafkajs, gathered over 2 ms and acknowledged by all in-sync
 * replicas. Nobody is asked who they are, and nothing is checked.
 */
export async function startAccepting(
  broker: string,
): Promise<{ kafka: Kafka; server: Server; port: number }> {
  const kafka = new Kafka({ clientId: 'floor', brokers: [broker], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }] })
  await admin.disconnect()
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  let waiting: { messages: Message[]; done: (status: number) => void }[] = []

  async function flush(): Promise<void> {
    const batch = waiting
    waiting = []
    const status = await producer
      .send({ topic, acks: -1, messages: batch.flatMap(({ messages }) => messages) })
      .then(
        () => 202,
        () => 503,
      )
    for (const { done } of batch) done(status)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { locations } = JSON.parse(Buffer.concat(chunks).toString()) as { locations: { seq: number }[] }
      const key = request.url?.split('/')[3] ?? ''
      const messages = locations.map((location) => ({ key, value: JSON.stringify(location) }))
      const done = (status: number) => {
        const lastSeq = locations.at(-1)?.seq
        const body = JSON.stringify({ accepted: locations.length, duplicates: 0, lastSeq })
        response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length })
        response.end(body)
      }
      waiting.push({ messages, done })
      if (waiting.length === 1) setTimeout(flush, GATHER_MS)
    })
  })
  // As the product: a line that waits for its next turn in the bench is not closed just as it is used again.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { kafka, server, port: (server.address() as AddressInfo).port }
}
