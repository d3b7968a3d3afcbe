import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import { tellCpu } from './tell-cpu.ts'

/** The floor of emitting: Socket.IO alone, a room for each customer, one message of the usual size, as fast as it goes. */
const [rooms, events] = process.argv.slice(2).map(Number) as [number, number]
const message = {
  location: {
    deliveryId: 'V1StGXR8_Z5jdHi6B-myT',
    seq: 123,
    lat: 37.4979,
    lng: 127.0276,
    recordedAtMs: 1_767_225_600_000,
    accuracyM: 8,
    headingDeg: 70,
    speedMps: 6,
    receivedAtMs: 1_767_225_600_123,
  },
  eta: { fromMs: 1_767_225_900_000, toMs: 1_767_226_100_000 },
  trace: {
    requestId: '3f0e2b1c-7a52-4a55-9d0e-000000000000',
    traceparent: `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`,
  },
}
const http = createServer()
/** As many at once as come out of the log. */
const AT_ONCE = 40

const io = new Server(http, { serveClient: false, perMessageDeflate: false })
const tracking = io.of(TRACKING_NAMESPACE)
let connected = 0
let emitted = 0
tracking.on('connection', (socket) => {
  void socket.join(`room-${connected}`)
  connected += 1
  socket.emit('ready')
})

function emitSome(): void {
  for (let i = 0; i < AT_ONCE && emitted < events; i += 1, emitted += 1)
    tracking.to(`room-${emitted % rooms}`).emit('delivery:location', message)
  if (emitted < events) setImmediate(emitSome)
}

http.listen(0, '127.0.0.1', () => tellCpu({ begin: emitSome, port: (http.address() as AddressInfo).port }))
