import { beforeAll, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type CommonApp, commonPair } from '../support/common-apps.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

let here: CommonApp
let there: CommonApp
let rider: Api

/** The rider on one instance, the customers on both. */
beforeAll(async () => {
  ;[here, there] = await commonPair()
  rider = createApi(here.url)
})

/** So many points from `first` on, captured before the pick-up: no later than the delivery was created. */
const captured = (created: CreateDeliveryAnswer, first: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    fixAt(created, first + i, { recordedAtMs: created.delivery.createdAtMs }),
  )
const seqsOf = (locations: { seq: number }[]) => locations.map(({ seq }) => seq)

/** All that customers were pushed and can find by asking, on either instance, once `seq` has come. */
async function seenUpTo(
  created: CreateDeliveryAnswer,
  watching: Awaited<ReturnType<typeof watch>>,
  seq: number,
) {
  const { token } = created.customer
  const seen = new Set<number>()
  for (const [app, customer] of watching) {
    await pollUntil(() => customer.locations.at(-1)?.location.seq === seq, {
      withinMs: 20_000,
      what: `seq ${seq} on ${app.url}`,
    })
    for (const { location } of customer.locations) seen.add(location.seq)
    const api = createApi(app.url)
    for (const each of seqsOf(await api.historyOf(created, token))) seen.add(each)
    const snapshot = await api.snapshotOf(created, token)
    expect([snapshot.lastLocation?.seq, snapshot.lastSeq]).toEqual([seq, seq])
    const late = connectCustomer(app.url, { token, afterSeq: 0 })
    await pollUntil(() => late.locations.at(-1)?.location.seq === seq, { withinMs: 20_000, what: 'greeting' })
    for (const { location } of late.locations) seen.add(location.seq)
  }
  return [...seen].sort((a, b) => a - b)
}
/** Connected by then: what comes in later is pushed. */
const watch = ({ customer: { token } }: CreateDeliveryAnswer) =>
  Promise.all(
    [here, there].map(async (app) => {
      const customer = connectCustomer(app.url, { token })
      await customer.greeted()
      return [app, customer] as const
    }),
  )

it.each(['in one post', 'one by one'])(
  '[VIS3] V1: ten queued points captured before the pick-up, sent after it %s, are never shown',
  async (how) => {
    const created = await rider.createDelivery()
    const watching = await watch(created)
    const queued = captured(created, 1, 10)
    await rider.postStatus(created, 'picked_up')
    for (const batch of how === 'in one post' ? [queued] : queued.map((fix) => [fix]))
      expect((await rider.postLocations(created, batch)).status).toBe(202)
    const { lastLocation, eta } = await rider.snapshotOf(created, created.customer.token)
    expect([lastLocation, eta]).toEqual([null, null])
    await rider.postLocations(created, [fixAt(created, 11)])
    expect(await seenUpTo(created, watching, 11)).toEqual([11])
    expect(seqsOf(await rider.historyOf(created, created.rider.token))).toHaveLength(11)
  },
)

it('[VIS3] V1: the last place known at pick-up is shown, and stays until there is a newer one', async () => {
  const created = await rider.createDelivery()
  const watching = await watch(created)
  await rider.postLocations(created, captured(created, 1, 3))
  const queued = captured(created, 4, 10)
  await rider.postStatus(created, 'picked_up')
  await rider.postLocations(created, queued)
  const { lastLocation, lastSeq } = await rider.snapshotOf(created, created.customer.token)
  expect([lastLocation?.seq, lastSeq]).toEqual([3, 3])
  await rider.postLocations(created, [fixAt(created, 14)])
  expect(await seenUpTo(created, watching, 14)).toEqual([3, 14])
})

it('[VIS2] V1: with atSeq the number decides, whatever the clock says and however late points come', async () => {
  const created = await rider.createDelivery()
  const watching = await watch(created)
  const queued = captured(created, 1, 10)
  await rider.postStatus(created, 'picked_up', { atSeq: 10 })
  // The device's clock is slow: what it captures now looks as if it were from before the pick-up.
  const slow = fixAt(created, 11, { recordedAtMs: Date.now() - 30_000 })
  await rider.postLocations(created, [...queued, slow])
  await rider.postLocations(created, [fixAt(created, 12)])
  expect(await seenUpTo(created, watching, 12)).toEqual([10, 11, 12])
})

it.each([-1, 1.5, '3', null, 100_001, 10_001])('[VIS4] R17: atSeq %o is refused', async (atSeq) => {
  const created = await rider.createDelivery()
  const response = await rider.postStatus(created, 'picked_up', { atSeq })
  expect(await expectProblem(response, 400, 'invalid_body')).toMatchObject({ field: 'atSeq' })
  expect((await rider.snapshotOf(created, created.rider.token)).delivery.status).toBe('accepted')
})
