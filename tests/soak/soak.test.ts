import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startKafkaThatBreaks } from '../faults/support/kafka-that-breaks.ts'
import { startTraffic } from '../faults/support/traffic.ts'
import { startApp } from '../support/app.ts'
import { isRunning } from '../support/child-processes.ts'
import { watchMemory } from './support/memory-watch.ts'
import { randomFaults } from './support/random-faults.ts'

const MINUTE_MS = 60_000
const MINUTES = Number(process.env.SOAK_MINUTES ?? 30)
const RIDES = 200
const CUSTOMERS_EACH = 5
/** One fault a minute, this long; then everybody is served again, usually within the rest of it. */
const FAULT_MS = 8_000
/** A thousand customers in one process need longer for it than the app on a busy machine. */
const RECOVER_WITHIN_MS = 180_000
/** Caches are full by then, and the compilers have seen everything. */
const WARM_MS = Math.min(5, MINUTES / 3) * MINUTE_MS
const MOST_GROWTH = 0.1
/** A shorter run is over before memory has settled. */
const MINUTES_TO_JUDGE_MEMORY = 10

it(`[SOAK1] ${MINUTES} minutes, ${RIDES} posts/s, ${RIDES * CUSTOMERS_EACH} customers, a random fault each minute: nothing is lost, and memory stays flat`, async () => {
  const kafka = await startKafkaThatBreaks()
  // One rider's flood is to be limited as ever; all riders together come from one address here.
  const app = await startApp({ env: { ...kafka.settings, RATE_LIMIT_ADDRESS: '100000' } })
  const traffic = await startTraffic({
    urls: () => [app.url],
    rides: RIDES,
    followersEach: CUSTOMERS_EACH,
    everyMs: 1_000,
  })
  const faults = randomFaults(app, kafka, traffic)
  const memory = watchMemory(() => app.pid)
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const happened: { fault: string; recoveredInMs: number }[] = []
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const fault = faults[Math.floor(Math.random() * faults.length)]
    if (!fault) throw new Error('there is no fault')
    await fault.begin()
    // How long the fault lasts, not a wait for something.
    await delay(FAULT_MS)
    await fault.end()
    happened.push({ fault: fault.name, recoveredInMs: await traffic.recovered(RECOVER_WITHIN_MS) })
    console.log(
      `minute ${minute + 1}: ${JSON.stringify(happened.at(-1))}, ${traffic.acknowledged()} acknowledged`,
    )
    await delay(Math.max(0, (minute + 1) * MINUTE_MS - elapsed()))
  }
  const endMs = elapsed()
  const windowMs = Math.min(2 * MINUTE_MS, WARM_MS)
  const early = memory.medianMb(WARM_MS, WARM_MS + windowMs)
  const late = memory.medianMb(endMs - windowMs, endMs)
  memory.stop()

  const figures = await traffic.settle()
  const fetched = traffic.followers.reduce((sum, { counts }) => sum + counts.fetched, 0)
  console.log(
    JSON.stringify({
      ...figures,
      fetched,
      slowestRecoveryMs: Math.max(...happened.map(({ recoveredInMs }) => recoveredInMs)),
      memoryMb: {
        early: Math.round(early),
        late: Math.round(late),
        growth: Number((late / early - 1).toFixed(3)),
      },
    }),
  )
  expect(figures.stored).toBe(figures.acknowledged)
  expect(figures.delivered).toBe(figures.acknowledged * CUSTOMERS_EACH)
  // Node ends a process with an unhandled rejection; what is merely logged as an error is none to be expected either.
  expect(isRunning(app.pid)).toBe(true)
  const errors = app.logs().match(/"level":(50|60)[^\n]{0,400}/g) ?? []
  expect(errors.slice(0, 5)).toEqual([])
  if (MINUTES >= MINUTES_TO_JUDGE_MEMORY) expect(late / early).toBeLessThan(1 + MOST_GROWTH)
})
