import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import { CustomerRooms } from '#server/push/customer-rooms.ts'
import type { CustomerSocket } from '#server/push/customer-socket.ts'
import { pollUntil } from '../../support/poll-until.ts'

/** The rooms on a real Socket.IO server, with a clock that can be set; customers join with the expiry they name. */
async function openRooms() {
  const clock = { nowMs: 1_000 }
  const http = createServer()
  const io = new Server(http, { perMessageDeflate: false })
  const rooms = new CustomerRooms({ encoder: io.encoder, now: () => clock.nowMs })
  io.of(TRACKING_NAMESPACE).on('connection', (socket: CustomerSocket) => {
    const { deliveryId, expiresAtMs } = socket.handshake.auth as { deliveryId: string; expiresAtMs: number }
    Object.assign(socket, {
      data: { claims: { deliveryId, role: 'customer', version: 1, expiresAtMs }, afterSeq: undefined },
    })
    socket.once('disconnect', () => rooms.leave(socket))
    rooms.join(socket)
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => io.close())

  async function follow(deliveryId: string, { expiresAtMs = 2_000, transport = 'websocket' } = {}) {
    const heard: unknown[][] = []
    const socket = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}${TRACKING_NAMESPACE}`, {
      ...{ transports: [transport], forceNew: true, reconnection: false },
      auth: { deliveryId, expiresAtMs },
    })
    onTestFinished(() => void socket.disconnect())
    socket.onAny((...event: unknown[]) => heard.push(event))
    await once(socket as never, 'connect')
    const hears = (count: number) =>
      pollUntil(() => heard.length >= count, { withinMs: 20_000, what: `${count} events` })
    return { socket, heard, hears }
  }
  const say = (atMs: number, status: 'picked_up' | 'arriving' = 'arriving', deliveryId = 'ours') =>
    rooms.emit(deliveryId, 'delivery:status', { status, atMs })
  return { rooms, clock, follow, say, tracking: io.of(TRACKING_NAMESPACE) }
}

it('[SOCK12] everybody in a room gets each event once and in order, by WebSocket and by polling; nobody of another', async () => {
  const { rooms, follow, say, tracking } = await openRooms()
  const socket = await follow('ours')
  const polling = await follow('ours', { transport: 'polling' })
  const other = await follow('another')
  const wanted: number[] = []
  for (let atMs = 0; atMs < 300; atMs += 1) {
    wanted.push(atMs)
    // What Socket.IO sends by itself goes the long way: it must not be overtaken.
    if (atMs % 50 === 25)
      for (const each of rooms.socketsIn('ours')) each.emit('delivery:status', { status: 'arriving', atMs })
    else say(atMs)
    if (atMs % 100 === 99) await new Promise(setImmediate)
  }
  for (const { heard, hears } of [socket, polling]) {
    await hears(wanted.length)
    expect(heard).toEqual(wanted.map((atMs) => ['delivery:status', { status: 'arriving', atMs }]))
  }
  say(1, 'picked_up', 'another')
  await other.hears(1)
  expect(other.heard).toEqual([['delivery:status', { status: 'picked_up', atMs: 1 }]])

  socket.socket.disconnect()
  polling.socket.disconnect()
  await pollUntil(() => tracking.sockets.size === 1, { withinMs: 20_000, what: 'their leaving' })
  expect([rooms.has('ours'), rooms.has('another')]).toEqual([false, true])
})

it('[SOCK12] packets of every length that a frame tells in another way arrive whole', async () => {
  const { rooms, follow } = await openRooms()
  const { heard, hears } = await follow('ours')
  const texts = [1, 20, 200, 40_000, 90_000].map((length) => '한'.repeat(length))
  for (const reason of texts) rooms.emit('ours', 'delivery:closed', { code: reason as never })
  await hears(texts.length)
  expect(heard).toEqual(texts.map((code) => ['delivery:closed', { code }]))
})

it('[SOCK12] a customer who reads too slowly loses nothing', async () => {
  const { rooms, follow } = await openRooms()
  const { socket, heard, hears } = await follow('ours')
  const [served] = rooms.socketsIn('ours')
  if (!served) throw new Error('not in the room')
  // More than the kernel takes of a client that does not come to read while this loop runs.
  const code = 'x'.repeat(100_000)
  const count = 200
  for (let i = 0; i < count; i += 1) rooms.emit('ours', 'delivery:closed', { code: `${i}${code}` as never })
  await hears(count)
  expect(heard.map(([, message]) => Number.parseInt((message as { code: string }).code, 10))).toEqual(
    Array.from({ length: count }, (_, i) => i),
  )
  expect(socket.connected).toBe(true)
})

it('[LINK15] after its expiry a link is shown nothing, however early the next event comes; the others are', async () => {
  const { clock, follow, say, rooms } = await openRooms()
  const first = await follow('ours', { expiresAtMs: 2_000 })
  const second = await follow('ours', { expiresAtMs: 3_000 })
  const third = await follow('ours', { expiresAtMs: 4_000 })
  say(1)
  clock.nowMs = 2_000
  say(2)
  clock.nowMs = 3_500
  say(3)
  await third.hears(3)
  const told = (...times: number[]) => times.map((atMs) => ['delivery:status', { status: 'arriving', atMs }])
  const closed = ['delivery:closed', { code: 'unauthenticated' }]
  await first.hears(2)
  await second.hears(3)
  expect(first.heard).toEqual([...told(1), closed])
  expect(second.heard).toEqual([...told(1, 2), closed])
  expect(third.heard).toEqual(told(1, 2, 3))
  clock.nowMs = 4_000
  rooms.closeExpired()
  expect(rooms.has('ours')).toBe(false)
})
