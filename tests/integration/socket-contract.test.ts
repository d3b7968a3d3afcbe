import { request } from 'node:http'
import { io } from 'socket.io-client'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type CommonApp, commonDemo } from '../support/common-apps.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

let app: CommonApp
let api: Api

beforeAll(async () => {
  app = await commonDemo()
  api = createApi(app.url)
})

async function pickedUp(): Promise<CreateDeliveryAnswer> {
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  return created
}
const customerOf = (created: CreateDeliveryAnswer, afterSeq?: number) =>
  connectCustomer(app.url, { token: created.customer.token, ...(afterSeq === undefined ? {} : { afterSeq }) })

describe('stream', () => {
  it('[SOCK1] snapshot first, then each location as it is accepted, with an arrival range', async () => {
    const created = await pickedUp()
    await api.postLocations(created, [fixAt(created, 1)])
    const customer = customerOf(created)
    expect(await customer.greeted()).toMatchObject({
      delivery: { status: 'picked_up' },
      lastSeq: 1,
      lastLocation: { seq: 1 },
    })
    await api.postLocations(created, [fixAt(created, 2), fixAt(created, 3)])
    await pollUntil(() => customer.locations.at(-1)?.location.seq === 3, {
      withinMs: 20_000,
      what: 'seq 3 at the customer',
    })
    const seqs = customer.locations.map(({ location }) => location.seq).filter((seq) => seq > 1)
    expect(seqs).toEqual([2, 3])
    const eta = customer.locations.at(-1)?.eta
    expect(eta && eta.fromMs >= Date.now() - 5_000 && eta.toMs > eta.fromMs).toBe(true)
    expect(customer.events[0]).toBe('delivery:snapshot')
    expect(customer.snapshots).toHaveLength(1)
  })

  it('[API10] the rider is asked for a report every 3 s while a customer looks on, and seldom before the pick-up', async () => {
    const created = await api.createDelivery()
    let seq = 0
    const rate = async () => {
      seq += 1
      const answer = await api.postLocations(created, [fixAt(created, seq)])
      const { nextReportMs } = await answer.json()
      const snapshot = await api.snapshotOf(created, created.rider.token)
      expect(snapshot.nextReportMs).toBe(nextReportMs)
      expect(await api.snapshotOf(created, created.customer.token)).not.toHaveProperty('nextReportMs')
      return nextReportMs
    }
    expect(await rate()).toBe(10_000)
    await api.postStatus(created, 'picked_up')
    // The database of the tests may serve other instances, which may have the customers.
    expect(await rate()).toBeUndefined()
    const customer = customerOf(created)
    await customer.greeted()
    expect(await rate()).toBe(3_000)
    customer.socket.disconnect()
    await pollUntil(async () => (await rate()) === undefined, { withinMs: 20_000, what: 'the usual rate' })
  })

  it('[RIDE22] the rider is told the arrival that the customer is shown', async () => {
    const created = await pickedUp()
    await api.postLocations(created, [fixAt(created, 1)])
    const { eta: shown } = await customerOf(created).greeted()
    const { eta: told } = await api.snapshotOf(created, created.rider.token)
    const middle = (eta: typeof told) => (eta ? (eta.fromMs + eta.toMs) / 2 : Number.NaN)
    // Both grow with the age of the position, by half of it.
    expect(Math.abs(middle(told) - middle(shown))).toBeLessThan(10_000)
  })

  it('[PUSH2] the trace goes only where it is asked for, and an update is at most 300 B without it', async () => {
    const created = await pickedUp()
    const customer = customerOf(created)
    const updates: string[] = []
    customer.socket.io.engine.on('data', (data) => {
      if (String(data).includes('delivery:location')) updates.push(`4${data}`)
    })
    await customer.greeted()
    const raw = {
      lat: 37.50000000001,
      lng: 127.03000000001,
      accuracyM: 8.04,
      headingDeg: 70.04,
      speedMps: 6.04,
    }
    await api.postLocations(
      created,
      [1, 2, 3].map((seq) => fixAt(created, seq, { ...raw, lat: 37.5000001 + seq / 1e5 + 1e-12 })),
    )
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    // Beside the others: where the route begins may be too far to get there at once.
    const beside = fixAt(created, 4, { ...raw, lat: 37.50005 })
    const response = await api.postLocations(created, [beside], { traceparent })
    await pollUntil(() => customer.locations.length === 4, { withinMs: 20_000, what: 'all of them' })

    const traceOf = (seq: number) => customer.locations.find(({ location }) => location.seq === seq)?.trace
    expect(traceOf(4)?.traceparent).toContain('a'.repeat(32))
    expect(traceOf(4)?.requestId).toBe(response.headers.get('x-request-id'))
    // One in some fifty is asked for its paint.
    const withTrace = [1, 2, 3].flatMap((seq) => traceOf(seq) ?? [])
    expect(withTrace.length).toBeLessThanOrEqual(1)
    for (const { painted } of withTrace) expect(painted).toBe('tell')
    const sizes = updates.filter((text) => !text.includes('"trace"')).map((text) => Buffer.byteLength(text))
    expect(sizes.length).toBeGreaterThanOrEqual(2)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300)
  })

  it('[SOCK2] with afterSeq, what was missed comes after the snapshot, in order, before anything new', async () => {
    const created = await pickedUp()
    const present = customerOf(created)
    await present.greeted()
    await api.postLocations(
      created,
      [1, 2, 3, 4, 5].map((seq) => fixAt(created, seq)),
    )
    // By then they are through the log: nothing of it is still to come when the other one is back.
    await pollUntil(() => present.locations.length === 5, { withinMs: 20_000, what: 'all of them, in time' })
    const customer = customerOf(created, 2)
    await pollUntil(() => customer.locations.length >= 3, { withinMs: 20_000, what: 'the missed locations' })
    await api.postLocations(created, [fixAt(created, 6)])
    await pollUntil(() => customer.locations.at(-1)?.location.seq === 6, {
      withinMs: 20_000,
      what: 'the new one',
    })
    expect(customer.events[0]).toBe('delivery:snapshot')
    expect(customer.locations.map(({ location }) => location.seq)).toEqual([3, 4, 5, 6])
  })

  it('[SOCK3] each status reaches the customer, and the server decides arriving', async () => {
    const created = await api.createDelivery()
    const customer = customerOf(created)
    expect(await customer.greeted()).toMatchObject({ lastLocation: null, eta: null, lastSeq: 0 })
    await api.postStatus(created, 'picked_up')
    const { lat, lng } = created.delivery.destination
    await api.postLocations(created, [fixAt(created, 1, { lat: lat + 0.001, lng })])
    await api.postStatus(created, 'delivered')
    await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
    expect(customer.statuses.map(({ status }) => status)).toEqual(['picked_up', 'arriving', 'delivered'])
    expect(customer.statuses.every(({ atMs }) => Math.abs(Date.now() - atMs) < 10_000)).toBe(true)
  })

  it('[VIS1] before pick-up the stream is silent', async () => {
    const created = await api.createDelivery()
    const customer = customerOf(created)
    await customer.greeted()
    await api.postLocations(
      created,
      [1, 2, 3].map((seq) => fixAt(created, seq)),
    )
    await api.postStatus(created, 'picked_up')
    await api.postLocations(created, [fixAt(created, 4)])
    await pollUntil(() => customer.locations.at(-1)?.location.seq === 4, { withinMs: 20_000, what: 'seq 4' })
    // The position at pick-up may be told; the way to the store is not.
    expect(customer.locations.every(({ location }) => location.seq >= 3)).toBe(true)
    expect(customer.events.indexOf('delivery:location')).toBeGreaterThan(
      customer.events.indexOf('delivery:status'),
    )
  })

  it('[ROOM1] a customer gets nothing of another delivery', async () => {
    const [mine, other] = [await pickedUp(), await pickedUp()]
    const [customer, stranger] = [customerOf(mine), customerOf(other)]
    await Promise.all([customer.greeted(), stranger.greeted()])
    stranger.socket.emit('join', `delivery:${mine.delivery.id}`)
    await api.postLocations(mine, [fixAt(mine, 1)])
    await pollUntil(() => customer.locations.length === 1, {
      withinMs: 20_000,
      what: 'the location in its own room',
    })
    // The other's own point comes through the same bridge later: had the first leaked, it would be here by now.
    await api.postLocations(other, [fixAt(other, 7)])
    await pollUntil(() => stranger.locations.length > 0, {
      withinMs: 20_000,
      what: "the other room's own point",
    })
    expect(stranger.locations.map(({ location }) => location.deliveryId)).toEqual([other.delivery.id])
  })
})

describe('the end', () => {
  it.each(['delivered', 'cancelled'])(
    '[END3] %s: the last status, then the disconnect, then no way in',
    async (end) => {
      const created = await pickedUp()
      const customer = customerOf(created)
      await customer.greeted()
      await api.postStatus(created, end)
      await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
      expect(customer.events.at(-1)).toBe('delivery:status')
      expect(customer.statuses.at(-1)?.status).toBe(end)
      expect(customer.disconnects).toEqual(['io server disconnect'])
      const again = customerOf(created)
      await pollUntil(() => again.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
      expect(again.refusals).toEqual(['delivery_ended'])
    },
  )
})

describe('handshake', () => {
  it('[SOCK4] is refused with the listed codes', async () => {
    const created = await pickedUp()
    const attempts: [Record<string, unknown>, string][] = [
      [{}, 'unauthenticated'],
      [{ token: 7 }, 'unauthenticated'],
      [{ token: `${created.customer.token}x` }, 'unauthenticated'],
      [{ token: created.rider.token }, 'forbidden'],
      [{ token: created.customer.token, afterSeq: -1 }, 'invalid_body'],
    ]
    for (const [auth, code] of attempts) {
      const customer = connectCustomer(app.url, { auth })
      await pollUntil(() => customer.refusals.length > 0, { withinMs: 20_000, what: `the refusal ${code}` })
      expect(customer.refusals).toEqual([code])
      expect(customer.events).toEqual([])
    }
  })

  it('[SOCK5] a foreign Origin is refused, by websocket and by polling; the own one is let in', async () => {
    const created = await pickedUp()
    const foreign = connectCustomer(app.url, {
      token: created.customer.token,
      headers: { origin: 'https://evil.example' },
    })
    await pollUntil(() => foreign.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
    expect(foreign.events).toEqual([])
    const polling = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'https://evil.example' },
    })
    expect(polling.status).toBe(403)
    const own = connectCustomer(app.url, { token: created.customer.token, headers: { origin: app.url } })
    await own.greeted()
  })

  it('[SOCK6] the default namespace has nothing to offer', async () => {
    const socket = io(app.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    onTestFinished(() => {
      socket.disconnect()
    })
    const errors: unknown[] = []
    socket.on('connect_error', (error: Error & { data?: unknown }) => errors.push(error.data))
    await pollUntil(() => errors.length > 0, { withinMs: 20_000, what: 'the refusal' })
    expect(errors).toEqual([{ code: 'not_found' }])
  })

  it('[SOCK7] a WebSocket anywhere else is not opened', async () => {
    const opened = await new Promise<number | string>((resolve) => {
      const handshake = request(`${app.url}/elsewhere`, {
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'c29ja2V0LW9mLW5vLW9uZQ==',
        },
      })
      handshake.on('response', (response) => resolve(response.statusCode ?? 0))
      handshake.on('upgrade', () => resolve('open'))
      handshake.on('error', (error) => resolve(error.message))
      handshake.end()
    })
    expect(opened).toBe(404)
  })
})
