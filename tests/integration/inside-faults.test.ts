import { beforeAll, describe, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { type Fault, type FaultsState, FELT_BY_ALL, type Lever } from '#contracts/inside/faults.ts'
import type { CallInput } from '#contracts/inside/protocol.ts'
import { storedSeqs } from '../faults/support/settle-accounts.ts'
import { createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { commonService } from '../support/common-apps.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'
import { type Visitor, visitInside } from '../support/visitor.ts'

const EMBEDDED = !process.env[APP_KAFKA]
const BROKER: Fault = { lever: 'broker', signal: 'SIGKILL' }
const SLOW: Fault = { lever: 'slow', byMs: 300 }
const CONSUMER: Fault = { lever: 'consumer' }
const ofDelivery = (deliveryId: string): Fault[] => [
  { lever: 'duplicate', deliveryId },
  { lever: 'reorder', deliveryId },
  { lever: 'network', deliveryId },
  { lever: 'token', deliveryId },
]
const LONG_MS = 20_000

let app: RunningApp
beforeAll(async () => {
  // Plays the gateway, so that visitors may come from several addresses.
  app = await startApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
})

const codeOf = async (visitor: Visitor, name: string, input: unknown) =>
  ((await visitor.ask('call', name, input)) as { code?: string }).code

/** The newest of what the server tells, and how to wait for some of it. */
async function watchFaults(visitor: Visitor) {
  const { events } = await visitor.watch('faults:state', {})
  const until = async (what: string, is: (state: FaultsState) => boolean, withinMs = 30_000) => {
    await pollUntil(() => events.length > 0 && is(events.at(-1) as FaultsState), { withinMs, what })
    return events.at(-1) as FaultsState
  }
  /** Also when it is over by the time we look. */
  const untilSeen = (what: string, is: (state: FaultsState) => boolean) =>
    pollUntil(() => events.some(is), { withinMs: 30_000, what })
  const isPulled = (lever: Lever) => events.at(-1)?.pulled.some((each) => each.lever === lever) ?? false
  return { until, untilSeen, isPulled }
}

/** What everyone feels, once the rest after the last one is over. */
async function pullRested(visitor: Visitor, input: CallInput<'faults:pull'>) {
  const watched = await watchFaults(visitor)
  await watched.until(
    'the end of the rest',
    ({ pulled, restsForMs }) => restsForMs === 0 && !pulled.some(({ lever }) => FELT_BY_ALL.includes(lever)),
  )
  return await visitor.call('faults:pull', input)
}

async function startRide(visitor: Visitor): Promise<CreateDeliveryAnswer> {
  const created = await visitor.call('faults:ride', {})
  expect((await createApi(app.url).postStatus(created, 'picked_up')).status).toBe(200)
  return created
}

describe('who may break what', () => {
  it('[LEVER1] outside the demo nothing can be broken, by dispatch neither', async () => {
    const service = await commonService()
    const dispatcher = visitInside(service.url, { token: service.dispatchToken })
    await dispatcher.connected()
    expect(await codeOf(dispatcher, 'faults:ride', {})).toBe('forbidden')
    for (const fault of [BROKER, SLOW, CONSUMER, ...ofDelivery('any')])
      expect(await codeOf(dispatcher, 'faults:pull', { fault })).toBe('forbidden')
    expect(await codeOf(dispatcher, 'faults:undo', { lever: 'slow' })).toBe('forbidden')
    const state = await (await watchFaults(dispatcher)).until('the state', () => true)
    expect(state).toMatchObject({ levers: [], pulled: [], breaker: { state: 'Closed' } })
  })

  it('[LEVER2] the levers of a delivery work on what was started to be broken, and on nothing else', async () => {
    const visitor = visitInside(app.url)
    const { delivery } = await createApi(app.url).createDelivery()
    for (const fault of ofDelivery(delivery.id))
      expect(await codeOf(visitor, 'faults:pull', { fault })).toBe('forbidden')
    const watched = await watchFaults(visitor)
    expect((await watched.until('nothing pulled', ({ pulled }) => pulled.length === 0)).levers).toEqual([
      ...(EMBEDDED ? ['broker'] : []),
      ...['slow', 'consumer', 'duplicate', 'reorder', 'network', 'token'],
    ])
  })

  it.skipIf(EMBEDDED)('[LEVER2] a broker that is not the app’s own is not stopped', async () => {
    expect(await codeOf(visitInside(app.url), 'faults:pull', { fault: BROKER })).toBe('forbidden')
  })
})

describe('a lever', () => {
  it('[LEVER3] goes back by itself', async () => {
    const visitor = visitInside(app.url)
    const watched = await watchFaults(visitor)
    const { endsAtMs } = await pullRested(visitor, { fault: SLOW, forMs: 1_500 })
    expect(endsAtMs - Date.now()).toBeGreaterThan(500)
    await watched.untilSeen('the lever', ({ pulled }) => pulled.length === 1)
    await watched.until('its end', ({ pulled }) => pulled.length === 0, 20_000)
    expect(Date.now()).toBeGreaterThanOrEqual(endsAtMs)
  })

  it('[LEVER3] goes back when anybody undoes it', async () => {
    const [visitor, other] = [visitInside(app.url), visitInside(app.url)]
    const watched = await watchFaults(other)
    await pullRested(visitor, { fault: SLOW, forMs: LONG_MS })
    const { pulled } = await watched.until('the lever', (state) => state.pulled.length === 1)
    expect(Object.keys(pulled[0] ?? {}).sort()).toEqual(['endsInMs', 'lever'])
    await other.call('faults:undo', { lever: 'slow' })
    await watched.until('its end', (state) => state.pulled.length === 0, 10_000)
  })

  it('[LEVER3] goes back when its visitor leaves, and those of others stay', async () => {
    const [visitor, other] = [visitInside(app.url), visitInside(app.url)]
    const watched = await watchFaults(other)
    const [duplicate] = ofDelivery((await other.call('faults:ride', {})).delivery.id)
    await pullRested(visitor, { fault: SLOW, forMs: LONG_MS })
    await other.call('faults:pull', { fault: duplicate as Fault, forMs: LONG_MS })
    await watched.until('both', ({ pulled }) => pulled.length === 2)
    visitor.socket.disconnect()
    await watched.until('the end of one', ({ pulled }) => pulled.length === 1, 10_000)
    expect(watched.isPulled('duplicate')).toBe(true)
    await other.call('faults:undo', { lever: 'duplicate' })
  })

  it('[LEVER4] is pulled by one at a time, for no longer than allowed, and not without end', async () => {
    const [visitor, other] = [visitInside(app.url), visitInside(app.url)]
    await pullRested(visitor, { fault: SLOW })
    expect(await codeOf(other, 'faults:pull', { fault: SLOW })).toBe('rate_limited')
    expect(await codeOf(other, 'faults:pull', { fault: CONSUMER, forMs: 60_000 })).toBe('invalid_body')
    expect(await codeOf(other, 'faults:pull', { fault: { lever: 'slow', byMs: 1 } })).toBe('invalid_body')
    await visitor.call('faults:undo', { lever: 'slow' })

    const service = await startApp()
    const puller = visitInside(service.url)
    const codes = new Set<string | undefined>()
    for (let pulls = 0; pulls < 40; pulls += 1) {
      codes.add(await codeOf(puller, 'faults:pull', { fault: SLOW }))
      await puller.call('faults:undo', { lever: 'slow' })
    }
    expect(codes).toEqual(new Set([undefined, 'rate_limited']))
  })

  it('[LEVER14] S5: what everyone feels is pulled one at a time, and rests afterwards as long as it lasted', async () => {
    const [visitor, other] = [visitInside(app.url), visitInside(app.url)]
    const watched = await watchFaults(other)
    await pullRested(visitor, { fault: SLOW, forMs: 7_000 })
    for (const fault of [CONSUMER, BROKER])
      expect(await other.ask('call', 'faults:pull', { fault })).toMatchObject({
        ok: false,
        code: 'rate_limited',
      })
    await watched.until('the end of the lever', ({ pulled }) => pulled.length === 0)
    const { restsForMs } = await watched.until('the rest', (state) => state.restsForMs > 0)
    expect(restsForMs).toBeGreaterThan(5_000)
    // Whoever asks, and whichever of them.
    for (const withQuestion of [visitor, other])
      for (const fault of [SLOW, CONSUMER])
        expect(await withQuestion.ask('call', 'faults:pull', { fault })).toMatchObject({
          ...{ ok: false, code: 'rate_limited' },
          detail: expect.stringMatching(/^Everyone feels this lever.*try again in \d s\.$/),
        })
    // What concerns one ride need not wait.
    const [duplicate] = ofDelivery((await other.call('faults:ride', {})).delivery.id)
    await other.call('faults:pull', { fault: duplicate as Fault })
    await other.call('faults:undo', { lever: 'duplicate' })
    await pullRested(other, { fault: CONSUMER, forMs: 1_000 })
  })

  it('[LEVER15] S5: of a ride is for whoever started it or holds its rider’s link, and for nobody else', async () => {
    const [owner, other] = ['203.0.113.1', '203.0.113.2'].map((address) =>
      visitInside(app.url, {}, { 'x-forwarded-for': address }),
    ) as [Visitor, Visitor]
    const ride = await owner.call('faults:ride', {})
    const foreign = await other.call('faults:ride', {})
    const wrongTokens = [
      [ride.customer.token, 'forbidden'],
      [foreign.rider.token, 'forbidden'],
      [`${ride.rider.token}=`, 'unauthenticated'],
      ['', 'unauthenticated'],
      [{ toString: 1 }, 'invalid_body'],
    ]
    for (const fault of ofDelivery(ride.delivery.id)) {
      // Refusals count as pulls: only the first is tried with everything.
      const wrong = fault.lever === 'duplicate' ? wrongTokens : []
      expect(await codeOf(other, 'faults:pull', { fault })).toBe('forbidden')
      for (const [riderToken, code] of wrong)
        expect(await codeOf(other, 'faults:pull', { fault: { ...fault, riderToken } })).toBe(code)
      await owner.call('faults:pull', { fault })
      await owner.call('faults:undo', { lever: fault.lever })
      // As the same page over another connection.
      await other.call('faults:pull', { fault: { ...fault, riderToken: ride.rider.token } as Fault })
      await other.call('faults:undo', { lever: fault.lever })
    }
  })

  for (const [name, faults] of [
    ...(EMBEDDED ? [['the broker stopped', () => [BROKER]] as const] : []),
    ['the way to the broker slow', () => [{ lever: 'slow', byMs: 1_500 } as Fault]] as const,
    [
      'the push consumer killed, and a delivery’s faults',
      (deliveryId: string) => [CONSUMER, ...ofDelivery(deliveryId)],
    ] as const,
  ])
    it(`[LEVER5] the app stops cleanly with ${name}`, async () => {
      const service = await startApp()
      const api = createApi(service.url)
      const visitor = visitInside(service.url)
      const created = await visitor.call('faults:ride', {})
      // An app that has just started may answer "later".
      await pollUntil(async () => (await api.postLocations(created, [fixAt(created, 1)])).ok, {
        withinMs: 30_000,
        what: 'the first point is taken',
      })
      for (const fault of faults(created.delivery.id))
        await visitor.call('faults:pull', { fault, forMs: LONG_MS })
      // Somebody waits for an answer, or is cut off.
      const post = api.postLocations(created, [fixAt(created, 2)]).catch(() => null)
      await service.stop()
      await post
    })
})

describe('what a lever does', () => {
  it('[LEVER9] with records twice, each group leaves out the second, and each customer gets one', async () => {
    const visitor = visitInside(app.url)
    const created = await startRide(visitor)
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const watched = await watchFaults(visitor)
    const before = (await watched.until('the counts', () => true)).counters
    const [duplicate] = ofDelivery(created.delivery.id)
    await visitor.call('faults:pull', { fault: duplicate as Fault, forMs: LONG_MS })
    for (let seq = 1; seq <= 5; seq += 1)
      expect((await createApi(app.url).postLocations(created, [fixAt(created, seq)])).status).toBe(202)
    const { counters } = await watched.until(
      'what was left out',
      ({ counters: { repeated } }) =>
        repeated.push >= before.repeated.push + 5 && repeated.history >= before.repeated.history + 5,
    )
    expect(counters.repeated).toEqual({
      push: before.repeated.push + 5,
      history: before.repeated.history + 5,
    })
    expect(await readMetric(app.url, 'rider_live_locations_repeated_total', 'group="push"')).toBe(
      counters.repeated.push,
    )
    await pollUntil(async () => (await storedSeqs(app.url, created)).length === 5, {
      withinMs: 20_000,
      what: 'each stored once',
    })
    expect(customer.locations.map(({ location }) => location.seq)).toEqual([1, 2, 3, 4, 5])
    await visitor.call('faults:undo', { lever: 'duplicate' })
  })

  it('[LEVER10] points in swapped pairs are counted late, stored, and none is lost', async () => {
    const visitor = visitInside(app.url)
    const created = await startRide(visitor)
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const lateBefore = await readMetric(app.url, 'rider_live_locations_late_total')
    await visitor.call('faults:pull', {
      fault: { lever: 'reorder', deliveryId: created.delivery.id },
      forMs: LONG_MS,
    })
    const api = createApi(app.url)
    const pair = await api.postLocations(
      created,
      [1, 2, 3].map((seq) => fixAt(created, seq)),
    )
    expect(await pair.json()).toMatchObject({ accepted: 3, lastSeq: 3 })
    const alone = await Promise.all([4, 5].map((seq) => api.postLocations(created, [fixAt(created, seq)])))
    expect(alone.map(({ status }) => status)).toEqual([202, 202])
    // Nobody comes after this one: it goes on by itself.
    expect((await api.postLocations(created, [fixAt(created, 6)])).status).toBe(202)
    await pollUntil(() => customer.locations.length >= 6, { withinMs: 30_000, what: 'all points' })
    const came = customer.locations.map(({ location }) => location.seq)
    expect(came.slice(0, 3)).toEqual([2, 1, 3])
    expect(came.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
    const late = (await readMetric(app.url, 'rider_live_locations_late_total')) - lateBefore
    expect(late).toBe(came.filter((seq, at) => seq < Math.max(...came.slice(0, at + 1))).length)
    expect(late).toBeGreaterThanOrEqual(1)
    await pollUntil(async () => (await storedSeqs(app.url, created)).length === 6, {
      withinMs: 20_000,
      what: 'all stored',
    })
    await visitor.call('faults:undo', { lever: 'reorder' })
  })

  it('[LEVER11] only that rider is cut off, and only as long as the lever is pulled', async () => {
    const visitor = visitInside(app.url)
    const [created, other] = [await startRide(visitor), await startRide(visitor)]
    const api = createApi(app.url)
    await visitor.call('faults:pull', {
      fault: { lever: 'network', deliveryId: created.delivery.id },
      forMs: LONG_MS,
    })
    await expect(api.postLocations(created, [fixAt(created, 1)])).rejects.toThrow()
    expect((await api.postLocations(other, [fixAt(other, 1)])).status).toBe(202)
    expect((await api.snapshotOf(created, created.customer.token)).delivery.id).toBe(created.delivery.id)
    await visitor.call('faults:undo', { lever: 'network' })
    expect((await api.postLocations(created, [fixAt(created, 1)])).status).toBe(202)
  })

  it('[LEVER12] the link expires with the lever, and the others stay', async () => {
    const visitor = visitInside(app.url)
    const created = await startRide(visitor)
    const { customerToken } = await visitor.call('faults:pull', {
      fault: { lever: 'token', deliveryId: created.delivery.id },
      // Long enough to be connected before it ends; it ends with a full second.
      forMs: 6_000,
    })
    const customer = connectCustomer(app.url, { token: customerToken ?? '' })
    const stays = connectCustomer(app.url, { token: created.customer.token })
    await Promise.all([customer.greeted(), stays.greeted()])
    await pollUntil(() => customer.closings.length > 0, { withinMs: 30_000, what: 'the end of the link' })
    const late = connectCustomer(app.url, { token: customerToken ?? '' })
    await pollUntil(() => late.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
    expect(late.refusals).toEqual(['unauthenticated'])
    expect(stays.socket.connected).toBe(true)
  })

  it('[LEVER8] the customer of a killed push consumer gets what was missed, each point once', async () => {
    const visitor = visitInside(app.url)
    const created = await startRide(visitor)
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const api = createApi(app.url)
    const post = async (seq: number) =>
      expect((await api.postLocations(created, [fixAt(created, seq)])).status).toBe(202)
    await post(1)
    await pollUntil(() => customer.locations.length === 1, { withinMs: 20_000, what: 'the first point' })
    await pullRested(visitor, { fault: CONSUMER, forMs: 6_000 })
    for (let seq = 2; seq <= 6; seq += 1) await post(seq)
    const watched = await watchFaults(visitor)
    await pollUntil(async () => (await fetch(`${app.url}/readyz`)).status === 503, {
      withinMs: 20_000,
      what: 'the crash of the consumer',
    })
    expect(customer.locations.length).toBe(1)
    await watched.until('the end of the lever', ({ pulled }) => pulled.length === 0)
    await pollUntil(() => customer.locations.length >= 6, { withinMs: 60_000, what: 'what was missed' })
    expect(customer.locations.map(({ location }) => location.seq)).toEqual([1, 2, 3, 4, 5, 6])
  })
})
