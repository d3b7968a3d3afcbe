import { expect } from 'vitest'
import { type CreateDeliveryAnswer, postLocationsAnswerSchema } from '#contracts/http.ts'
import { locationSchema } from '#contracts/location.ts'
import { type Eta, snapshotSchema } from '#contracts/snapshot.ts'
import { createApi, fixAt } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { connectCustomer } from '../../support/customer.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startFollower } from '../support/follower.ts'
import { settleAccounts } from '../support/settle-accounts.ts'
import { UNLIMITED } from '../support/traffic.ts'

const HOUR_MS = 3_600_000
const POINTS = 60

/** How far the rider's clock is off at each point. */
const CLOCKS: Record<string, (seq: number) => number> = {
  ahead: () => HOUR_MS,
  behind: () => -HOUR_MS,
  'ahead for one point': (seq) => (seq === 20 ? HOUR_MS : 0),
  'to and fro': (seq) => (seq % 2 === 0 ? HOUR_MS : -HOUR_MS),
}

faultRow(
  '[FAULT12] rider clock an hour ahead or behind',
  {
    promise:
      'A stamp from the future, or from before the delivery, becomes the moment of receipt; each point moves the position, and the arrival stays sensible.',
    injected: `${POINTS} points each with a clock that is ${Object.keys(CLOCKS).join(', ')}; each posted twice`,
  },
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const api = createApi(app.url)
    let widestEtaMs = 0

    const accounts = await Promise.all(
      Object.values(CLOCKS).map(async (offMs) => {
        const created = await api.createDelivery()
        await api.postStatus(created, 'picked_up')
        const customer = connectCustomer(app.url, { token: created.customer.token })
        await customer.greeted()
        const followers = [startFollower(created, () => [app.url])]
        const told = new Map<number, number>()
        for (let seq = 1; seq <= POINTS; seq += 1) {
          const recordedAtMs = Date.now() + offMs(seq)
          told.set(seq, recordedAtMs)
          const fix = fixAt(created, seq, { recordedAtMs })
          expect(await post(created, fix)).toMatchObject({ accepted: 1, duplicates: 0, lastSeq: seq })
          expect(await post(created, fix)).toMatchObject({ accepted: 0, duplicates: 1, lastSeq: seq })
          await expectCurrent(created, seq)
        }
        await pollUntil(() => customer.locations.length === POINTS, { withinMs: 60_000, what: 'every point' })
        for (const [index, { location, eta }] of customer.locations.entries()) {
          const { seq, recordedAtMs, receivedAtMs } = location
          expect(seq).toBe(index + 1)
          const byTheDevice = told.get(seq) ?? 0
          // An hour before there was a delivery cannot be, and neither can the future.
          const isPossible = byTheDevice <= receivedAtMs && byTheDevice > receivedAtMs - HOUR_MS / 2
          expect(recordedAtMs).toBe(isPossible ? byTheDevice : receivedAtMs)
          expectSensible(eta, receivedAtMs)
        }
        return { created, acknowledged: new Set(told.keys()), followers }
      }),
    )
    const metrics = await (await api.call('/metrics')).text()
    expect(metrics).toMatch(/^rider_live_locations_conflicting_total\{.*\} 0$/m)
    return {
      ...(await settleAccounts(() => app.url, accounts)),
      seen: `no stamp after its receipt; the widest arrival range was ${Math.round(widestEtaMs / 60_000)} min`,
    }

    async function post(created: CreateDeliveryAnswer, fix: unknown) {
      return postLocationsAnswerSchema.parse(await (await api.postLocations(created, [fix])).json())
    }

    async function expectCurrent({ delivery, customer }: CreateDeliveryAnswer, seq: number) {
      const path = `/api/deliveries/${delivery.id}`
      const get = async (what: string) => await (await api.call(what, { token: customer.token })).json()
      const location = locationSchema.parse(await get(`${path}/location`))
      const snapshot = snapshotSchema.parse(await get(path))
      expect([location.seq, snapshot.lastLocation?.seq, snapshot.lastSeq]).toEqual([seq, seq, seq])
      expect(location.recordedAtMs).toBeLessThanOrEqual(location.receivedAtMs)
      expectSensible(snapshot.eta, location.receivedAtMs)
    }

    /** Not in the past, a range, and within what any ride of the demo takes. */
    function expectSensible(eta: Eta | null, receivedAtMs: number) {
      if (eta === null) throw new Error('no arrival')
      expect(eta.fromMs).toBeGreaterThanOrEqual(receivedAtMs)
      expect(eta.toMs).toBeGreaterThan(eta.fromMs)
      expect(eta.toMs - receivedAtMs).toBeLessThan(HOUR_MS)
      widestEtaMs = Math.max(widestEtaMs, eta.toMs - eta.fromMs)
    }
  },
)
