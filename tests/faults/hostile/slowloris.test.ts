import { expect } from 'vitest'
import { createApi } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { openRaw, type RawConnection } from '../../support/raw-connection.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic } from '../support/traffic.ts'

const CONNECTIONS = 500
const ATTACK_MS = 30_000
/** Headers have 10 s, whole requests 15 s; the rest is for a busy machine. */
const CLOSED_WITHIN_MS = 25_000
/** Linux answers on all of 127.0.0.0/8. */
const SOMEBODY_ELSE = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1'

faultRow(
  '[FAULT22] slowloris: 500 connections',
  {
    promise: 'Each is closed after its time, and nobody waits for it.',
    injected: `${CONNECTIONS} connections held open for ${ATTACK_MS / 1_000} s, each that is closed opened anew: a third never finish their headers, a third their body, a third say nothing; 5 riders at 5 points/s each, 10 customers`,
  },
  async () => {
    const app = await startApp()
    const traffic = await startTraffic({ urls: () => [app.url], everyMs: 200 })
    await traffic.flows(100)
    const before = traffic.postsP99Ms()

    const { delivery, rider } = await createApi(app.url).createDelivery()
    const beginnings = [
      'GET /healthz HTTP/1.1\r\nHost: here\r\n',
      `POST /api/deliveries/${delivery.id}/locations HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${rider.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{"locations":[',
      '',
    ]
    const drips = ['X-Slow: 1\r\n', ' ', '']
    const open: { connection: RawConnection; kind: number }[] = []
    const livedMs: number[] = []
    let opened = 0
    let over = false
    async function hold(kind: number): Promise<void> {
      while (!over) {
        const connection = await openRaw(app.port, SOMEBODY_ELSE)
        opened += 1
        const mine = { connection, kind }
        open.push(mine)
        connection.socket.write(beginnings[kind] ?? '')
        livedMs.push(await connection.closed)
        open.splice(open.indexOf(mine), 1)
      }
    }
    const dripping = setInterval(() => {
      for (const { connection, kind } of open) if (drips[kind]) connection.socket.write(drips[kind])
    }, 1_000)
    const attack = Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => hold(index % 3)))
    // How long it lasts, not a wait for something.
    await new Promise((resolve) => setTimeout(resolve, ATTACK_MS))
    const during = traffic.postsP99Ms()
    over = true
    await pollUntil(() => open.length === 0, { withinMs: CLOSED_WITHIN_MS, what: 'all of them closed' })
    clearInterval(dripping)
    await attack
    expect(Math.max(...livedMs)).toBeLessThan(CLOSED_WITHIN_MS)
    expect(opened).toBeGreaterThan(2 * CONNECTIONS - 1)
    for (const { answers } of traffic.rides) expect([...answers.keys()]).toEqual([202])

    const figures = await traffic.settle()
    return {
      ...figures,
      seen: `${opened.toLocaleString('en')} connections opened, none lived longer than ${(Math.max(...livedMs) / 1_000).toFixed(1)} s; p99 of posts ${before} ms before, ${during} ms meanwhile`,
    }
  },
)
