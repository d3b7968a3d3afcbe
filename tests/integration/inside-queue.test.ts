import { beforeAll, expect, it } from 'vitest'
import type { Burst, BurstSide, BurstState } from '#contracts/inside/queue.ts'
import { percentile } from '#domain/percentile.ts'
import { createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { commonService } from '../support/common-apps.ts'
import { lookOn } from '../support/kafka-admin.ts'
import { pollUntil } from '../support/poll-until.ts'
import { type Visitor, visitInside } from '../support/visitor.ts'

const BURST: Burst = { jobs: 20, jobMs: 50, dies: false }

let app: RunningApp
beforeAll(async () => {
  // Plays the gateway, so that visitors may come from several addresses.
  app = await startApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
})

/** Starts it, and answers with its last state once it is over. */
async function seeThrough(visitor: Visitor, burst: Burst): Promise<BurstState> {
  const { events, stop } = await visitor.watch('queue:burst', {})
  await visitor.call('queue:start', burst)
  await pollUntil(() => events.at(-1)?.over, { withinMs: 80_000, what: 'the end of the burst' })
  stop()
  const last = events.at(-1)
  if (!last) throw new Error('There was no event')
  return last
}

const countOf = async (url: string): Promise<{ worked: number }> =>
  (await (await fetch(`${url}/count`)).json()) as { worked: number }
const tookMs = ({ asked, answered }: BurstSide) =>
  answered.map((atMs, job) => (atMs ?? Number.NaN) - (asked[job] ?? 0))

it('[BURST1] by HTTP each waits for the worker; through the log for the append only; both have all of it done', async () => {
  const { http, queue } = await seeThrough(visitInside(app.url), { ...BURST, jobMs: 200 })
  const inOrder = [...http.done].every((atMs, job, all) => atMs !== null && atMs >= (all[job - 1] ?? 0))
  expect(inOrder).toBe(true)
  expect(percentile(tookMs(http), 0.99)).toBeGreaterThanOrEqual(20 * 200)
  expect(percentile(tookMs(queue), 0.99)).toBeLessThan(percentile(tookMs(http), 0.5))
  expect(http.failed).toEqual([])
  expect(await countOf(http.url)).toMatchObject({ worked: 20 })

  expect(queue).toMatchObject({ failed: [], repeated: 0, committed: 20 })
  expect(queue.done).not.toContain(null)
  const onlooker = lookOn(app)
  expect(await onlooker.ends(queue.topic)).toEqual([{ partition: 0, low: 0, high: 20 }])
  expect(await onlooker.committed(queue.group, queue.topic)).toEqual([20])
})

it('[BURST2] when the worker dies half-way, HTTP loses what waits; the log loses nothing, and one job is done again', async () => {
  const { http, queue } = await seeThrough(visitInside(app.url), { ...BURST, dies: true })
  expect(http.done.filter((atMs) => atMs !== null)).toHaveLength(10)
  expect(http.failed).toHaveLength(10)
  expect(await countOf(http.url)).toMatchObject({ worked: 10 })
  expect(http.away?.toMs).toBeGreaterThanOrEqual((http.away?.fromMs ?? 0) + 1_900)

  expect(queue).toMatchObject({ failed: [], repeated: 1, committed: 20 })
  expect(queue.done).not.toContain(null)
  expect(queue.away?.toMs).toBeGreaterThan(queue.away?.fromMs ?? 0)
  const onlooker = lookOn(app)
  expect(await onlooker.ends(queue.topic)).toEqual([{ partition: 0, low: 0, high: 20 }])
  expect(await onlooker.committed(queue.group, queue.topic)).toEqual([20])
})

it('[BURST3] S5: one at a time for each address, two on an instance; nothing of it is left when the visitor has gone', async () => {
  const from = (address: string) => visitInside(app.url, {}, { 'x-forwarded-for': address })
  const [first, second, third] = [from('203.0.113.1'), from('203.0.113.2'), from('203.0.113.3')]
  // It is not over before the second has begun, however long that takes.
  const long: Burst = { jobs: 80, jobMs: 200, dies: false }
  const { events } = await first.watch('queue:burst', {})
  await first.call('queue:start', long)
  await expect(first.call('queue:start', BURST)).rejects.toThrow('rate_limited')
  await expect(from('203.0.113.1').call('queue:start', BURST)).rejects.toThrow('rate_limited')
  await second.call('queue:start', long)
  await expect(third.call('queue:start', BURST)).rejects.toThrow('rate_limited')
  const state = await pollUntil(() => events[0], { withinMs: 20_000, what: 'the burst' })

  const onlooker = lookOn(app)
  expect(await onlooker.topics()).toContain(state.queue.topic)
  expect(await countOf(state.http.url)).toHaveProperty('worked')

  first.socket.disconnect()
  second.socket.disconnect()
  const isGone = async () =>
    !(await onlooker.topics()).includes(state.queue.topic) &&
    !(await onlooker.groups()).includes(state.queue.group)
  await pollUntil(isGone, { withinMs: 60_000, what: 'the topic and its group to be gone' })
  await expect(countOf(state.http.url)).rejects.toThrow()
  await third.call('queue:start', BURST)
})

it('[BURST4] [READ3] outside the demo nothing is started, and what is not offered is refused', async () => {
  const service = await commonService()
  const dispatcher = visitInside(service.url, { token: service.dispatchToken })
  await expect(dispatcher.call('queue:start', BURST)).rejects.toThrow('forbidden')
  await expect(dispatcher.call('reader:start', {})).rejects.toThrow('forbidden')
  await expect(visitInside(app.url).call('queue:start', { ...BURST, jobs: 1_000 } as never)).rejects.toThrow(
    'invalid_body',
  )
})

it('[READ1] [READ2] [READ3] one more reader tells one more receiver; what it does not take waits longer each time, and then comes in order', async () => {
  const visitor = visitInside(app.url)
  const { events } = await visitor.watch('reader:state', {})
  const state = () => events.at(-1)
  await visitor.call('reader:start', {})
  // One on an instance: a second start changes nothing.
  await visitInside(app.url).call('reader:start', {})
  const reader = await pollUntil(() => state()?.reader, { withinMs: 20_000, what: 'the reader' })
  expect(await lookOn(app).groups()).toEqual(expect.arrayContaining(reader.groups))

  const api = createApi(app.url)
  const created = await api.createPickedUp()
  const { id } = created.delivery
  const mine = () => (state()?.received ?? []).filter(({ deliveryId }) => deliveryId === id).toReversed()
  const taken = () => mine().flatMap(({ type, answered }) => (answered === 204 ? [type] : []))
  const took = (...types: string[]) =>
    pollUntil(() => taken().length >= types.length, { withinMs: 60_000, what: types.join() }).then(() =>
      expect(taken()).toEqual(types),
    )
  await took('delivery.created', 'delivery.picked_up')
  const forged = await fetch(reader.url, {
    method: 'POST',
    headers: { 'webhook-id': 'msg_forged', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' },
    body: '{}',
  })
  expect(forged.status).toBe(400)

  await visitor.call('reader:fail', { fails: true })
  await api.postStatus(created, 'failed')
  const other = await api.createPickedUp()
  const waits: number[] = []
  await pollUntil(
    () => {
      const waiting = state()?.waiting.find(({ deliveryId }) => deliveryId === id)
      if (waiting)
        waits[waiting.attempts] = Math.max(waits[waiting.attempts] ?? 0, waiting.nextAttemptInMs ?? 0)
      return mine().some(({ attempt }) => attempt === 3)
    },
    { withinMs: 60_000, what: 'a third try' },
  )
  expect(waits[2]).toBeGreaterThan(waits[1] ?? 0)
  expect(state()).toMatchObject({ waitingCount: 3 })
  await visitor.call('reader:fail', { fails: false })
  await took('delivery.created', 'delivery.picked_up', 'delivery.failed')
  const tries = mine().filter(({ type }) => type === 'delivery.failed')
  expect(tries.length).toBeGreaterThan(3)
  expect(new Set(tries.map((each) => each.id)).size).toBe(1)
  expect(mine().every(({ verified }) => verified)).toBe(true)
  const others = () =>
    (state()?.received ?? [])
      .toReversed()
      .flatMap(({ deliveryId, type, answered }) =>
        deliveryId === other.delivery.id && answered === 204 ? [type] : [],
      )
  await pollUntil(() => others().length >= 2, { withinMs: 60_000, what: 'the other delivery' })
  expect(others()).toEqual(['delivery.created', 'delivery.picked_up'])
  expect(state()?.received.find((each) => each.id === 'msg_forged')).toMatchObject({ verified: false })
  // Receivers of the shop's there are none.
  const listed = await api.call(`/api/deliveries/${id}/webhooks`)
  expect(await listed.json()).toEqual({ webhooks: [] })

  await visitor.call('reader:stop', {})
  await pollUntil(() => state()?.reader === null, { withinMs: 20_000, what: 'no reader' })
  await expect(fetch(reader.url)).rejects.toThrow()
})
