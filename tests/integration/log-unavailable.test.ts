import { describe, expect, it } from 'vitest'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi, expectProblem, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { childrenOf } from '../support/child-processes.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

/** 2 s are promised; the rest is for a machine that is busy. kafkajs by itself would take 5 s and more. */
const ANSWER_WITHIN_MS = 4_000

async function ridingOn(url: string) {
  const api = createApi(url)
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  return { api, created }
}

/** The broker is our own child here: it can be frozen and killed. */
describe.skipIf(process.env[APP_KAFKA])('the embedded broker', () => {
  it('[ERR7] while it is frozen a post gets 503 with Retry-After within 2 s, and goes through afterwards', async () => {
    const app = await startApp()
    const { api, created } = await ridingOn(app.url)
    const [broker] = childrenOf(app.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    process.kill(broker, 'SIGSTOP')
    try {
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        const started = performance.now()
        const refused = await api.postLocations(created, [fixAt(created, 1)])
        expect(performance.now() - started).toBeLessThan(ANSWER_WITHIN_MS)
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
        await expectProblem(refused, 503, 'log_unavailable')
      }
      expect((await api.call('/healthz')).status).toBe(200)
      expect((await api.call('/readyz')).status).toBe(503)
    } finally {
      process.kill(broker, 'SIGCONT')
    }
    await pollUntil(async () => (await api.postLocations(created, [fixAt(created, 1)])).status === 202, {
      withinMs: 40_000,
      what: 'the post going through',
    })
    await pollUntil(async () => (await api.call('/readyz')).status === 200, {
      withinMs: 40_000,
      what: 'readiness',
    })
  })

  it('[PATH5] killed in the middle of traffic it comes back, and every acknowledged point arrives once', async () => {
    const app = await startApp()
    const { api, created } = await ridingOn(app.url)
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const total = 60
    for (let seq = 1; seq <= total; seq += 1) {
      if (seq === 20)
        for (const broker of childrenOf(app.pid, 'embedded-kafka')) process.kill(broker, 'SIGKILL')
      await pollUntil(async () => (await api.postLocations(created, [fixAt(created, seq)])).status === 202, {
        withinMs: 40_000,
        what: `a 202 for seq ${seq}`,
      })
    }
    const everything = Array.from({ length: total }, (_, i) => i + 1)
    // Once each; in an outage a send that was given up may overtake a later one, and the seq tells the order.
    const received = () => customer.locations.map(({ location }) => location.seq)
    await pollUntil(() => received().length >= total, {
      withinMs: 40_000,
      what: 'everything at the customer',
    })
    expect(received().sort((a, b) => a - b)).toEqual(everything)
    const history = await api.call(`/api/deliveries/${created.delivery.id}/locations`, {
      token: created.rider.token,
    })
    expect(listLocationsAnswerSchema.parse(await history.json()).locations.map(({ seq }) => seq)).toEqual(
      everything,
    )
  })
})
