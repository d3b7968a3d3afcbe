import { expect } from 'vitest'
import { createApi, expectProblem } from '../../support/api.ts'
import type { RunningApp } from '../../support/app.ts'
import { connectCustomer } from '../../support/customer.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { BEFORE_THE_FAULT } from './ride.ts'

/** The app promises 2 s; the test shares its machine. */
const ANSWERED_WITHIN_MS = 3_000

export type WithoutDatabase = {
  /** Asks for everything that needs the database: each answer is what it should be, or "later", and comes soon. */
  ask(): Promise<void>
  /** The status that was asked for in vain is taken now, and its customer hears of it once. */
  settle(): Promise<void>
  seen(): string
}

/** What riders and customers ask of the database while it is away. To be made before. */
export async function askWithoutDatabase(app: RunningApp): Promise<WithoutDatabase> {
  const api = createApi(app.url)
  const known = await pollUntil(() => api.createDelivery(), BEFORE_THE_FAULT)
  const customer = connectCustomer(app.url, { token: known.customer.token })
  await customer.greeted()
  const counts = { answered: 0, later: 0 }
  let slowestMs = 0

  async function call(what: () => Promise<Response>): Promise<void> {
    const startedMs = performance.now()
    const response = await what()
    const tookMs = performance.now() - startedMs
    slowestMs = Math.max(slowestMs, tookMs)
    expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS)
    if (response.ok) {
      counts.answered += 1
      await response.arrayBuffer()
      return
    }
    counts.later += 1
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    await expectProblem(response, 503, 'log_unavailable')
  }

  return {
    async ask() {
      const { token } = known.rider
      await call(() => api.call('/api/deliveries', { method: 'POST', body: {} }))
      await call(() => api.call(`/api/deliveries/${known.delivery.id}/locations`, { token }))
      await call(() => api.postStatus(known, 'picked_up'))
      // Known by heart.
      expect((await api.call(`/api/deliveries/${known.delivery.id}`, { token })).status).toBe(200)
      const ready = await api.call('/readyz')
      expect(await ready.json()).not.toMatchObject({ database: 'ok' })
      expect(ready.status).toBe(503)
    },
    async settle() {
      await pollUntil(async () => (await api.postStatus(known, 'picked_up')).status === 200, {
        withinMs: 30_000,
        what: 'the status taken',
      })
      await pollUntil(() => customer.statuses.length > 0, { withinMs: 30_000, what: 'the status told' })
      expect(customer.statuses.map(({ status }) => status)).toEqual(['picked_up'])
      await pollUntil(async () => (await api.call('/readyz')).status === 200, {
        withinMs: 30_000,
        what: 'readiness',
      })
    },
    seen: () =>
      `of what needs the database ${counts.later} requests were told "later", ${counts.answered} answered; the slowest after ${Math.round(slowestMs)} ms`,
  }
}
