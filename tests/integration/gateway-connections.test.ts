import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Api, createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { openRaw, type RawConnection } from '../support/raw-connection.ts'

const CAP = 50
const GET = 'GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n'
/** Linux answers on all of 127.0.0.0/8. */
const SOMEBODY_ELSE = '127.0.0.2'

const ask = async (connection: RawConnection): Promise<string> => {
  connection.socket.write(GET)
  return await pollUntil(() => connection.received(), { withinMs: 5_000, what: 'an answer' })
}
const open = (app: RunningApp, count: number, address: string) =>
  Promise.all(Array.from({ length: count }, () => openRaw(app.port, address)))

describe.runIf(process.platform === 'linux')('connections of one address', () => {
  let app: RunningApp
  let api: Api
  beforeAll(async () => {
    app = await startApp({ env: { MAX_CONNECTIONS_ADDRESS: String(CAP) } })
    api = createApi(app.url)
  })

  it('[GW7] beyond the cap are told 429 and closed; a place that is given back can be taken', async () => {
    const held = await open(app, CAP, SOMEBODY_ELSE)
    expect(await ask(held[0] as RawConnection)).toMatch(/^HTTP\/1\.1 200 /)

    const beyond = await openRaw(app.port, SOMEBODY_ELSE)
    expect(await ask(beyond)).toMatch(/^HTTP\/1\.1 429 .*"code":"rate_limited"/s)
    expect(beyond.received()).toMatch(/^Retry-After: 1$/im)
    await beyond.closed
    expect((await api.call('/healthz')).status).toBe(200)

    held[1]?.socket.destroy()
    await pollUntil(async () => /^HTTP\/1\.1 200 /.test(await ask(await openRaw(app.port, SOMEBODY_ELSE))), {
      withinMs: 30_000,
      what: 'the place is free again',
    })
    for (const { socket } of held) socket.destroy()
  })

  it('[GW8] 10,000 connects from one address: others are served, and afterwards it is served again', async () => {
    let over = false
    let slowestMs = 0
    let served = 0
    const others = (async () => {
      while (!over) {
        const startedAt = performance.now()
        await api.createDelivery()
        slowestMs = Math.max(slowestMs, performance.now() - startedAt)
        served++
        // The pace of the others, not a wait for something.
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    })()
    const flood: RawConnection[] = []
    onTestFinished(() => {
      for (const { socket } of flood) socket.destroy()
    })
    for (let round = 0; round < 20; round++) flood.push(...(await open(app, 500, SOMEBODY_ELSE)))
    over = true
    await others
    expect(served).toBeGreaterThan(5)
    // The flood comes from this very process, and has its core busy.
    expect(slowestMs).toBeLessThan(8_000)
    await pollUntil(() => flood.filter(({ socket }) => !socket.closed).length <= CAP, {
      withinMs: 30_000,
      what: 'all beyond the cap are closed',
    })
    for (const { socket } of flood) socket.destroy()
    await pollUntil(
      async () => (await ask(await openRaw(app.port, SOMEBODY_ELSE))).startsWith('HTTP/1.1 200'),
      {
        withinMs: 30_000,
        what: 'an answer for the address of the flood',
      },
    )
    console.log(`10,000 connects: ${served} others served, slowest ${Math.round(slowestMs)} ms`)
  })
})

it('[GW9] a trusted proxy may open any number; behind it each client has its own cap of sockets', async () => {
  const app = await startApp({ env: { MAX_CONNECTIONS_ADDRESS: '3', TRUSTED_PROXIES: '127.0.0.1' } })
  const api = createApi(app.url)
  const held = await open(app, 10, '127.0.0.1')
  expect(await ask(held[9] as RawConnection)).toMatch(/^HTTP\/1\.1 200 /)

  const created = await api.createDelivery()
  const follow = (address: string) =>
    connectCustomer(app.url, { token: created.customer.token, headers: { 'x-forwarded-for': address } })
  const customers = ['203.0.113.7', '203.0.113.7', '203.0.113.7'].map(follow)
  await Promise.all(customers.map((customer) => customer.greeted()))
  const refused = follow('203.0.113.7')
  await pollUntil(() => refused.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
  await follow('203.0.113.8').greeted()
})
