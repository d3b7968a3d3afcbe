import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { readMetric } from '../../support/read-metric.ts'
import { faultRow } from '../support/fault-row.ts'
import { startKafkaThatBreaks } from '../support/kafka-that-breaks.ts'
import { watchIdleAnswers } from '../support/slowest-idle-answer.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const SLOW_FOR_MS = 20_000
/** Each way, so that an answer takes twice that. */
const EACH_WAY_MS = 2_500
const ANSWERED_WITHIN_MS = 2_000

faultRow(
  '[FAULT3] broker slow',
  {
    promise: 'Posts are refused within 2 s with Retry-After, soon at once; the riders keep their points.',
    injected: 'each answer of the broker takes 5 s, for 20 s; 10 riders at 10 points/s each, 20 customers',
  },
  async () => {
    const kafka = await startKafkaThatBreaks()
    const app = await startApp({ env: { ...kafka.settings, ...UNLIMITED } })
    const slowestIdleMs = watchIdleAnswers(app.url)
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    await traffic.flows(200)

    kafka.proxy.slow(EACH_WAY_MS)
    await Promise.all([
      // How long it is slow, not a wait for something.
      delay(SLOW_FOR_MS),
      pollUntil(() => readMetric(app.url, 'rider_live_log_breaker_state', 'state="Open"'), {
        withinMs: 3 * SLOW_FOR_MS,
        what: 'the open breaker',
      }),
    ])
    kafka.proxy.pass()
    const recoveredInMs = await traffic.recovered()

    const slowestMs = Math.max(...traffic.rides.map((ride) => ride.slowestMs()))
    const idleMs = await slowestIdleMs()
    expect(slowestMs).toBeLessThan(ANSWERED_WITHIN_MS + 2 * idleMs)
    expect(traffic.answered(503)).toBeGreaterThan(0)
    for (const ride of traffic.rides) {
      expect(ride.withoutRetryAfter()).toBe(0)
      expect(ride.answers.get('none') ?? 0).toBe(0)
    }
    const seen = `${traffic.answered(503)} posts refused, the slowest answer after ${slowestMs} ms`
    return { ...(await traffic.settle()), recoveredInMs, seen }
  },
)
