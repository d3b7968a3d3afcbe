import { beforeAll, describe, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { locationSchema } from '#contracts/location.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMIT_TOKEN: '1000/1000', RATE_LIMIT_ADDRESS: '5000/5000' } })
  api = createApi(app.url)
})

/** A ride that has had three good points. */
async function riding(): Promise<CreateDeliveryAnswer> {
  const created = await api.createPickedUp()
  for (const seq of [1, 2, 3]) expect((await post(created, fixAt(created, seq))).accepted).toBe(1)
  return created
}
async function post(created: CreateDeliveryAnswer, ...fixes: unknown[]) {
  const response = await api.postLocations(created, fixes)
  expect(response.status).toBe(202)
  return await response.json()
}
async function currentOf({ delivery, customer }: CreateDeliveryAnswer) {
  const response = await api.call(`/api/deliveries/${delivery.id}/location`, { token: customer.token })
  return locationSchema.parse(await response.json())
}
const nullIsland = (seq: number) => ({ seq, lat: 0, lng: 0, recordedAtMs: Date.now(), accuracyM: 10 })

describe('optional fields', () => {
  it.each([
    ['headingDeg', -1],
    ['headingDeg', null],
    ['headingDeg', 'north'],
    ['speedMps', -1],
    ['speedMps', null],
    ['speedMps', 1e9],
    ['accuracyM', null],
  ])('[LOC8] R1: %s %o is dropped and counted, and the point is taken and shown', async (field, value) => {
    const created = await riding()
    const before = await readMetric(app.url, 'rider_live_fields_dropped_total', `field="${field}"`)
    const answer = await post(created, { ...fixAt(created, 4), [field]: value })
    expect(answer).toMatchObject({ accepted: 1, duplicates: 0, lastSeq: 4 })
    const current = await currentOf(created)
    expect(current.seq).toBe(4)
    expect(current).not.toHaveProperty(field)
    expect(await readMetric(app.url, 'rider_live_fields_dropped_total', `field="${field}"`)).toBe(before + 1)
  })

  it('[LOC9] R1: an accuracy out of range is very uncertain: taken, not shown', async () => {
    const created = await riding()
    await post(created, { ...fixAt(created, 4), accuracyM: -1 })
    expect((await currentOf(created)).seq).toBe(3)
    const history = await api.historyOf(created, created.rider.token)
    expect(history.at(-1)).toMatchObject({ seq: 4, accuracyM: 100_000, implausible: true })
  })

  it.each([
    [{ lat: null }, 'lat'],
    [{ lng: 181 }, 'lng'],
    [{ recordedAtMs: '1' }, 'recordedAtMs'],
    [{ seq: 0 }, 'seq'],
  ])('[LOC8] R1: %o is no reading: 400', async (wrong, field) => {
    const created = await api.createPickedUp()
    const response = await api.postLocations(created, [{ ...fixAt(created, 1), ...wrong }])
    expect(await expectProblem(response, 400, 'invalid_body')).toMatchObject({
      field: `locations.0.${field}`,
    })
  })
})

it.each([0, 1_024 * 7 * 86_400_000])(
  '[LOC5] R3: a capture time from before the delivery (%s ms back, or 0) cannot be: the receipt stands in, also on a retry',
  async (backMs) => {
    const created = await api.createPickedUp()
    const odd = fixAt(created, 1, { recordedAtMs: backMs === 0 ? 0 : Date.now() - backMs })
    expect(await post(created, odd)).toMatchObject({ accepted: 1, duplicates: 0, lastSeq: 1 })
    expect(await post(created, odd)).toMatchObject({ accepted: 0, duplicates: 1, lastSeq: 1 })
    const { recordedAtMs, receivedAtMs } = await currentOf(created)
    expect(recordedAtMs).toBe(receivedAtMs)
  },
)

describe('implausible places', () => {
  it('[PUSH1] R5: Null Island is in the history, flagged, and neither pushed nor shown; the arrival stays', async () => {
    const created = await riding()
    const customer = connectCustomer(app.url, { token: created.customer.token })
    const before = await customer.greeted()
    expect(await post(created, nullIsland(4))).toMatchObject({ accepted: 1, duplicates: 0, lastSeq: 4 })
    const snapshot = await api.snapshotOf(created, created.customer.token)
    expect([snapshot.lastLocation?.seq, snapshot.lastSeq]).toEqual([3, 4])
    const width = (eta: typeof snapshot.eta) => (eta ? eta.toMs - eta.fromMs : Number.NaN)
    expect(Math.abs(width(snapshot.eta) - width(before.eta))).toBeLessThan(60_000)
    expect((await currentOf(created)).seq).toBe(3)

    await post(created, fixAt(created, 5))
    await pollUntil(() => customer.locations.at(-1)?.location.seq === 5, { withinMs: 20_000, what: 'seq 5' })
    expect(customer.locations.map(({ location }) => location.seq)).not.toContain(4)
    const history = await api.historyOf(created, created.customer.token)
    expect(history.map(({ seq, implausible }) => [seq, implausible])).toEqual([
      ...[1, 2, 3].map((seq) => [seq, undefined]),
      ...[
        [4, true],
        [5, undefined],
      ],
    ])
    const again = connectCustomer(app.url, { token: created.customer.token, afterSeq: 2 })
    await pollUntil(() => again.locations.length >= 2, { withinMs: 20_000, what: 'what was missed' })
    expect(again.locations.map(({ location }) => location.seq)).toEqual([3, 5])
    expect(
      await readMetric(app.url, 'rider_live_locations_implausible_total', 'reason="null_island"'),
    ).toBeGreaterThan(0)
  })

  it('[LOC12] R5: a jump is believed with the third reading that agrees, and shown from there', async () => {
    const created = await riding()
    const { lat, lng } = fixAt(created, 3)
    const far = (seq: number) => fixAt(created, seq, { lat: lat + 0.3 + seq * 1e-4, lng })
    await post(created, far(4))
    expect((await currentOf(created)).seq).toBe(3)
    await post(created, far(5))
    expect((await currentOf(created)).seq).toBe(3)
    await post(created, far(6))
    expect((await currentOf(created)).seq).toBe(6)
    await post(created, far(7))
    expect((await currentOf(created)).seq).toBe(7)
  })

  it('[LIFE3] R5: no arriving by a place at the door that is not certain, but by the next one that is', async () => {
    const created = await riding()
    const { lat, lng } = created.delivery.destination
    const status = async () => (await api.snapshotOf(created, created.customer.token)).delivery.status
    for (const [seq, accuracyM] of [
      [4, 100_000],
      [5, 900],
      [6, 1e9],
    ] as const) {
      await post(created, { ...fixAt(created, seq, { lat, lng }), accuracyM })
      expect(await status()).toBe('picked_up')
    }
    for (const seq of [7, 8, 9]) await post(created, fixAt(created, seq, { lat, lng, accuracyM: 20 }))
    await pollUntil(async () => (await status()) === 'arriving', { withinMs: 20_000, what: 'arriving' })
  })
})

describe('numbers', () => {
  it('[LOC13] R17: a number far beyond a ride is refused with how far one may go, and the ride goes on', async () => {
    const created = await riding()
    for (const seq of [2_147_483_647, 100_001, 10_004]) {
      const response = await api.postLocations(created, [fixAt(created, 4), fixAt(created, seq)])
      const problem = await expectProblem(response, 400, 'invalid_body')
      expect(problem).toMatchObject({ field: 'locations.1.seq' })
      expect(JSON.stringify(problem)).toMatch(seq > 100_000 ? /100000/ : /10003/)
    }
    expect(await post(created, fixAt(created, 4))).toMatchObject({ accepted: 1, duplicates: 0, lastSeq: 4 })
    expect((await currentOf(created)).seq).toBe(4)
    expect((await post(created, fixAt(created, 10_004))).lastSeq).toBe(10_004)
  })

  it('[LOC4] R18: other content under a known number is answered in conflicts, however far back; nothing of it is taken', async () => {
    const created = await api.createPickedUp()
    const fixes = Array.from({ length: 350 }, (_, i) => fixAt(created, i + 1))
    for (let from = 0; from < fixes.length; from += 70) await post(created, ...fixes.slice(from, from + 70))
    const other = (seq: number) => ({ ...fixes[seq - 1], lat: 37.1 })
    const answer = { accepted: 0, duplicates: 2, lastSeq: 350, conflicts: [5, 340] }
    // How far the history is behind this instance's memory is a matter of moments.
    await pollUntil(async () => (await api.postLocations(created, [other(5), other(340)])).status === 202, {
      withinMs: 20_000,
      what: 'the history has the first points',
    })
    expect(await post(created, other(5), other(340))).toMatchObject(answer)
    expect(await post(created, fixes[4], fixes[339])).toMatchObject({
      accepted: 0,
      duplicates: 2,
      lastSeq: 350,
    })
    const history = await api.historyOf(created, created.rider.token)
    expect(history.map(({ seq }) => seq)).toEqual(fixes.map(({ seq }) => seq))
    expect(history[4]?.lat).toBe(fixes[4]?.lat)
  })

  it('[LOC4] R18: late ones that nobody has had are still taken', async () => {
    const created = await api.createPickedUp()
    await post(created, fixAt(created, 9))
    expect(await post(created, fixAt(created, 2))).toMatchObject({ accepted: 1, duplicates: 0, lastSeq: 9 })
  })

  it('[LOC4] R18: of two posts at once with the same number and other content one is answered in conflicts', async () => {
    const created = await riding()
    const both = await Promise.all(
      [4.5, 6.5].map((speedMps) => post(created, fixAt(created, 4, { recordedAtMs: 0, speedMps }))),
    )
    expect(both.map(({ accepted }) => accepted).sort()).toEqual([0, 1])
    expect(both.find(({ accepted }) => accepted === 0)).toMatchObject({ conflicts: [4] })
  })
})
