import { beforeAll, describe, expect, it } from 'vitest'
import { listen } from '#server/gateway/listen.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { openRaw } from '../support/raw-connection.ts'

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp({ env: { MAX_CONNECTIONS_ADDRESS: '2000' } })
  api = createApi(app.url)
})

/** What the limit is, and how much later it may be noticed on a busy machine. */
const between = (ms: number) => [ms - 500, ms + 10_000] as const

// Each waits for a time-out of the server; they wait together.
describe.concurrent('slow clients', () => {
  it('[GW1] headers that are not there within 10 s close the connection, with 408', async () => {
    const silent = await openRaw(app.port)
    const dripping = await openRaw(app.port)
    dripping.socket.write('GET /healthz HTTP/1.1\r\nHost: here\r\n')
    const drip = setInterval(() => dripping.socket.write('X-Slow: 1\r\n'), 500)
    const [least, most] = between(10_000)
    for (const connection of [silent, dripping]) {
      const ms = await connection.closed
      expect(ms).toBeGreaterThan(least)
      expect(ms).toBeLessThan(most)
      expect(connection.received()).toMatch(/^HTTP\/1\.1 408 /)
    }
    clearInterval(drip)
  })

  it('[GW2] a request that is not complete within 15 s is answered 408, and its connection closed', async () => {
    const { delivery, rider } = await api.createDelivery()
    const slow = await openRaw(app.port)
    slow.socket.write(
      `POST /api/deliveries/${delivery.id}/locations HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${rider.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{"locations":[',
    )
    const drip = setInterval(() => slow.socket.write(' '), 500)
    const ms = await slow.closed
    clearInterval(drip)
    const [least, most] = between(13_500)
    expect(ms).toBeGreaterThan(least)
    expect(ms).toBeLessThan(most)
    expect(slow.received()).toMatch(/^HTTP\/1\.1 408 /)
    expect(app.logs()).not.toContain('"level":50')
  })

  it('[GW3] an answer that nobody reads is dropped: nothing may stand still for 15 s, twice at most', async () => {
    // More than the buffers in between take; no answer of the app's own is as large.
    const answer = Buffer.alloc(64 * 1_024 * 1_024)
    const connections = { onConnection: () => {}, isBeyond: () => false }
    const door = await listen({ host: '127.0.0.1', port: 0, production: true, connections })
    const answerClosed = new Promise<number>((resolve) => {
      door.open(
        (_request, response) => {
          const startedAt = performance.now()
          response.once('close', () => resolve(performance.now() - startedAt))
          response.end(answer)
        },
        (_request, socket) => socket.destroy(),
      )
    })
    const lazy = await openRaw(door.port)
    lazy.socket.pause()
    lazy.socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
    const [least] = between(15_000)
    const [, most] = between(30_000)
    const ms = await answerClosed
    expect(ms).toBeGreaterThan(least)
    expect(ms).toBeLessThan(most)
    lazy.socket.destroy()
    await door.close()
  })

  it('[GW4] 500 connections that dawdle keep nobody waiting, and are gone after their time', async () => {
    const dawdlers = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const connection = await openRaw(app.port)
        connection.socket.write('POST /api/deliveries HTTP/1.1\r\nHost: here\r\nX-Slow: ')
        return connection
      }),
    )
    const created = await api.createDelivery()
    let slowestMs = 0
    let gone = false
    const all = Promise.all(dawdlers.map(({ closed }) => closed)).then((times) => {
      gone = true
      return times
    })
    for (let seq = 1; !gone; seq++) {
      const startedAt = performance.now()
      expect((await api.postLocations(created, [fixAt(created, seq)])).status).toBe(202)
      slowestMs = Math.max(slowestMs, performance.now() - startedAt)
      // The pace of the rider, not a wait for something.
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(Math.max(...(await all))).toBeLessThan(between(10_000)[1])
    // What takes the app longer than 2 s is no 202; the rest is for a machine that is busy.
    expect(slowestMs).toBeLessThan(5_000)
    console.log(`500 dawdlers: the slowest post of others took ${Math.round(slowestMs)} ms`)
  })

  it('[GW5] headers of more than 16 KiB are refused', async () => {
    const large = await openRaw(app.port)
    large.socket.write(`GET /healthz HTTP/1.1\r\nHost: here\r\nX-Large: ${'x'.repeat(17 * 1_024)}\r\n\r\n`)
    await large.closed
    expect(large.received()).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('[GW6] an idle connection is kept longer than a proxy keeps its side', async () => {
    expect((await api.call('/healthz')).headers.get('keep-alive')).toBe('timeout=65')
  })

  it('[GW23] a connection that pipelines more than ten requests is closed', async () => {
    const greedy = await openRaw(app.port)
    greedy.socket.write('GET /icon.svg HTTP/1.1\r\nHost: here\r\n\r\n'.repeat(500))
    await greedy.closed
    expect(greedy.received().split('HTTP/1.1 200 OK').length - 1).toBeLessThan(500)
  })
})
