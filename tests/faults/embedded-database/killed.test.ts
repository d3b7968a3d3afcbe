import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { embeddedPostgresOf } from '../support/embedded-postgres.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const KILLS = Number(process.env.DATABASE_KILLS ?? 20)

faultRow(
  '[FAULT27] embedded PostgreSQL killed',
  {
    promise:
      'Points of known deliveries are acknowledged and pushed as ever; it is back by itself each time, and what was acknowledged is stored once.',
    injected: `kill -9 of the app's PostgreSQL, ${KILLS} times, each some time after it was back; 10 riders at 20 points/s each, 20 customers`,
  },
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const postgres = embeddedPostgresOf(app)
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 50 })
    await traffic.flows(200)
    const backInMs: number[] = []
    for (let round = 0; round < KILLS; round += 1) {
      // The moment of the kill, not a wait for something.
      await delay(Math.random() * 1_000)
      const pid = postgres.pid()
      const startedMs = performance.now()
      process.kill(pid, 'SIGKILL')
      await postgres.replaced(pid)
      backInMs.push(Math.round(performance.now() - startedMs))
      await traffic.flows(100)
    }
    const recoveredInMs = await traffic.recovered()
    for (const ride of traffic.rides) expect([...ride.answers.keys()]).toEqual([202])
    const [fastest, slowest] = [Math.min(...backInMs), Math.max(...backInMs)]
    const seen = `back by itself after ${fastest} to ${slowest} ms`
    return { ...(await traffic.settle()), recoveredInMs, seen }
  },
)
