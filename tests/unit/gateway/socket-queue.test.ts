import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { problemSchema } from '#contracts/problem.ts'
import { createSocketQueue, type SocketQueue } from '#server/gateway/socket-queue.ts'
import { createSocketsHandler } from '#server/gateway/sockets-handler.ts'
import { createUpgradeEntry } from '#server/gateway/upgrade-entry.ts'
import { noteContext } from '#server/ground/request-context.ts'

const logger = pino({ level: 'silent' })

it('[SOCK14] who comes when eight seconds of others wait is told how long they take', async () => {
  let room = false
  const queue = createSocketQueue(() => room)
  const letIn: number[] = []
  // 500 a second until it is known better.
  const waiting = Array.from({ length: 4_001 }, (_, i) => queue.enter().then(() => letIn.push(i)))
  await expect(queue.enter()).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 8_002 })
  expect(letIn).toEqual([])
  room = true
  await Promise.all(waiting)
  expect(letIn).toEqual(Array.from({ length: 4_001 }, (_, i) => i))
  await queue.enter()
})

/** Socket.IO behind the gateway's two ways in, with a queue that the test holds. */
async function serverBehind(queue: SocketQueue): Promise<number> {
  const sockets = createServer()
  const socketIo = new Server(sockets)
  const server = createServer()
  const context = (requestId: string) => ({
    requestId,
    traceparent: '',
    receivedAtMs: 0,
    address: '127.0.0.1',
    origin: '',
    answerHeaders: ['X-Request-Id', requestId],
  })
  const handle = createSocketsHandler({ sockets, queue, logger })
  const onRequest: RequestListener = (request, response) => {
    noteContext(request, context('by-polling'))
    handle(request, response)
  }
  server.on('request', onRequest)
  server.on(
    'upgrade',
    createUpgradeEntry({
      handlers: { '/socket.io/': (request, socket, head) => sockets.emit('upgrade', request, socket, head) },
      admission: { request: async () => {}, upgrade: async () => {} },
      queue,
      mostPerAddress: 100,
      proxies: { clientAddress: () => '127.0.0.1' } as never,
      logger,
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await socketIo.close()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Refuses so many, as if a storm were in front of them. */
function refusingFirst(count: number): SocketQueue {
  const full = createSocketQueue(() => false)
  for (let i = 0; i <= 4_000; i += 1) void full.enter()
  let refused = 0
  return { enter: async () => (refused++ < count ? await full.enter() : undefined) }
}

it('[SOCK14] by polling the answer is 429 with Retry-After', async () => {
  const port = await serverBehind(refusingFirst(1))
  const answer = await fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`)
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('9')
  expect(answer.headers.get('x-request-id')).toBe('by-polling')
  expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'rate_limited' })
})

it('[SOCK14] by WebSocket too, with the id of the request', async () => {
  const port = await serverBehind(refusingFirst(1))
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
    headers: { 'x-request-id': 'a-request' },
  })
  const [, answer] = await once(socket, 'unexpected-response')
  expect(answer.statusCode).toBe(429)
  expect(answer.headers).toMatchObject({ 'retry-after': '9', 'x-request-id': 'a-request' })
  answer.destroy()
})

it('[SOCK14] a stock client comes back by itself', async () => {
  const port = await serverBehind(refusingFirst(2))
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 1,
  })
  onTestFinished(() => void socket.disconnect())
  let failures = 0
  socket.on('connect_error', () => {
    failures += 1
  })
  await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
  expect(failures).toBe(2)
})
