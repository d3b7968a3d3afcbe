import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Server } from 'socket.io'
import { type WebSocket, WebSocketServer } from 'ws'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import { atPace } from '../load/at-pace.ts'
import { answerCalls } from '../support/worker.ts'

/**
 * The floors of pushing: a server that does nothing but write one message to all sockets of a room, again and again.
 * Its argument says by what: `socket.io`, or `ws` alone, with the same text.
 */
export type Rooms = {
  port: () => number
  /** How long the event loop stood at most since it was last asked. */
  loop: () => { mostMs: number }
  emit: (load: { rooms: string[]; text: string; perSecond: number; seconds: number }) => Promise<number>
}

const delays = monitorEventLoopDelay({ resolution: 1 })
delays.enable()
const http = createServer()
const emitterTo = process.argv[2] === 'ws' ? onWs() : onSocketIo()
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))

/** `text` is the packet as it is on the wire, e.g. `42/tracking,["delivery:location",{…}]`. */
function onSocketIo() {
  const tracking = new Server(http, { serveClient: false, perMessageDeflate: false }).of(TRACKING_NAMESPACE)
  tracking.on('connection', (socket) => {
    void socket.join(String(socket.handshake.auth.room))
    socket.emit('ready')
  })
  return (text: string) => {
    const [event, message] = JSON.parse(text.slice(text.indexOf('['))) as [string, unknown]
    return (room: string) => void tracking.to(room).emit(event, message)
  }
}

function onWs() {
  const sockets = new Map<string, Set<WebSocket>>()
  new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
    const room = String(request.url).slice(1)
    const inRoom = sockets.get(room) ?? new Set()
    sockets.set(room, inRoom.add(socket))
    socket.once('close', () => inRoom.delete(socket))
    socket.send('ready')
  })
  return (text: string) => (room: string) => {
    for (const socket of sockets.get(room) ?? []) socket.send(text)
  }
}

answerCalls({
  port: () => (http.address() as AddressInfo).port,
  loop() {
    const mostMs = delays.max / 1e6
    delays.reset()
    return { mostMs }
  },
  async emit({ rooms, text, perSecond, seconds }) {
    const emit = emitterTo(text)
    return await atPace({ perSecond, seconds }, (i) => emit(rooms[i % rooms.length] as string))
  },
} satisfies Rooms)
