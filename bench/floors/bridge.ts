import { Server } from 'socket.io'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import { PARTITIONS, TOPIC } from '#contracts/topics.ts'
import { answerCalls } from '../support/worker.ts'
import { startAccepting } from './accept.ts'

/**
 * The floor of the way from a post to a socket: the bare post, kafkajs, and Socket.IO, in one process as the product is.
 * The room is what the client asks for. Its one argument is the broker's address.
 */
export type BridgeFloor = { port: () => number }

const { kafka, server, port } = await startAccepting(process.argv[2] as string)
const io = new Server(server, { serveClient: false, perMessageDeflate: false })
const tracking = io.of(TRACKING_NAMESPACE)
tracking.on('connection', (socket) => {
  void socket.join(String(socket.handshake.auth.room))
  socket.emit('ready')
})
const consumer = kafka.consumer({ groupId: 'bridge' })
await consumer.connect()
await consumer.subscribe({ topic: TOPIC.locationUpdated })
await consumer.run({
  partitionsConsumedConcurrently: PARTITIONS,
  eachMessage: async ({ message: { key, value } }) => {
    tracking.to(String(key)).emit('delivery:location', { location: JSON.parse(String(value)) })
  },
})
answerCalls({ port: () => port } satisfies BridgeFloor)
