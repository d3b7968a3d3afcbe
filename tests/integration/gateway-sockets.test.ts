import { beforeAll, describe, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { type Api, createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { type Customer, connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp({
    env: {
      MAX_SOCKETS_TOKEN: '2',
      MAX_SOCKETS_DELIVERY: '3',
      MAX_SOCKETS_ADDRESS: '4',
      // Plays the proxy, so that the tests can speak for several addresses.
      TRUSTED_PROXIES: '127.0.0.1',
    },
  })
  api = createApi(app.url)
})

const follow = (token: string, address: string, requestId?: string): Customer =>
  connectCustomer(app.url, {
    token,
    headers: { 'x-forwarded-for': address, ...(requestId ? { 'x-request-id': requestId } : {}) },
  })
const refusal = (customer: Customer) =>
  pollUntil(() => customer.refusals[0], { withinMs: 20_000, what: 'the refusal' })
const answer = (customer: Customer) =>
  pollUntil(() => (customer.snapshots.length > 0 ? 'greeted' : customer.refusals[0]), {
    withinMs: 20_000,
    what: 'an answer',
  })
/** Another link of the same delivery, as the demo's list hands them out; within one second they are the same. */
const anotherLink = ({ delivery, customer }: CreateDeliveryAnswer) =>
  pollUntil(
    async () => {
      const page = await (await fetch(app.url)).text()
      const token = new RegExp(`/track/${delivery.id}#([A-Za-z0-9._-]+)`).exec(page)?.[1]
      return token === customer.token ? undefined : token
    },
    { withinMs: 20_000, what: 'another link' },
  )

describe('how many may follow', () => {
  it('[GW10] one link: the next is refused rate_limited, until a place is free', async () => {
    const { customer } = await api.createDelivery()
    const first = follow(customer.token, '203.0.113.1')
    await Promise.all([first.greeted(), follow(customer.token, '203.0.113.2').greeted()])
    expect(await refusal(follow(customer.token, '203.0.113.3'))).toBe('rate_limited')
    first.socket.disconnect()
    await pollUntil(async () => (await answer(follow(customer.token, '203.0.113.3'))) === 'greeted', {
      withinMs: 20_000,
      what: 'the free place',
    })
  })

  it('[GW11] one delivery, however many links it has', async () => {
    const created = await api.createDelivery()
    const second = await anotherLink(created)
    for (const token of [created.customer.token, created.customer.token, second]) {
      await follow(token, '203.0.113.10').greeted()
    }
    expect(await refusal(follow(second, '203.0.113.11'))).toBe('rate_limited')
  })

  it('[GW12] one address, whatever it follows', async () => {
    for (let customers = 0; customers < 4; customers++) {
      const { customer } = await api.createDelivery()
      await follow(customer.token, '203.0.113.20').greeted()
    }
    const { customer } = await api.createDelivery()
    expect(await refusal(follow(customer.token, '203.0.113.20'))).toBe('rate_limited')
    await follow(customer.token, '203.0.113.21').greeted()
    // The addresses of one IPv6 network are one customer's.
    const [a, b] = [await api.createDelivery(), await api.createDelivery()]
    for (const host of [1, 2]) await follow(a.customer.token, `2001:db8:1:2::${host}`).greeted()
    for (const host of [3, 4]) await follow(b.customer.token, `2001:db8:1:2::${host}`).greeted()
    expect(await refusal(follow((await api.createDelivery()).customer.token, '2001:db8:1:2::5'))).toBe(
      'rate_limited',
    )
  })
})

it('[GW13] a client that goes on talking is cut off', async () => {
  const { customer } = await api.createDelivery()
  const talker = follow(customer.token, '203.0.113.30')
  await talker.greeted()
  for (let word = 0; word < 30; word++) talker.socket.emit('join', 'anything')
  await pollUntil(() => talker.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
})

it('[GW14] sockets leave lines in the log: connected, disconnected, refused; with request id and address, never a token', async () => {
  const created = await api.createDelivery()
  const address = '203.0.113.40'
  const customer = follow(created.customer.token, address, 'request-connected')
  await customer.greeted()
  customer.socket.disconnect()
  await refusal(follow(`${created.customer.token}x`, address, 'request-refused'))
  const lines = await pollUntil(
    () => {
      const found = app
        .logs()
        .split('\n')
        .filter((line) => line.includes(address))
        .map((line) => JSON.parse(line))
      return found.length >= 3 && found
    },
    { withinMs: 20_000, what: 'the three lines' },
  )
  const deliveryId = created.delivery.id
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'socket connected', requestId: 'request-connected', deliveryId }),
    expect.objectContaining({ msg: 'socket disconnected', requestId: 'request-connected', deliveryId }),
    expect.objectContaining({ msg: 'socket refused', requestId: 'request-refused', code: 'unauthenticated' }),
  ])
  for (const { token } of [created.customer, created.rider]) {
    const [, payload = '', signature = ''] = token.split('.')
    expect(app.logs()).not.toContain(payload)
    expect(app.logs()).not.toContain(signature)
  }
})
