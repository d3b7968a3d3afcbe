import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { embeddedPostgresOf } from '../support/embedded-postgres.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'
import { askWithoutDatabase } from '../support/without-database.ts'

const ASKED_FOR_MS = 8_000

faultRow(
  '[FAULT28] embedded PostgreSQL frozen',
  {
    promise:
      'Points of known deliveries are acknowledged and pushed as ever; what needs the database is answered 503 with Retry-After within 2 s; after 15 s without an answer it is ended and started again.',
    injected:
      "SIGSTOP of all processes of the app's PostgreSQL, for good; 10 riders at 10 points/s each, 20 customers",
  },
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const postgres = embeddedPostgresOf(app)
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    const others = await askWithoutDatabase(app)
    await traffic.flows(200)

    const pid = postgres.pid()
    const startedMs = performance.now()
    postgres.signal('SIGSTOP')
    do {
      await others.ask()
      await postgres.expectAlive()
    } while (performance.now() - startedMs < ASKED_FOR_MS)
    await postgres.replaced(pid)
    const replacedAfterS = Math.round((performance.now() - startedMs) / 1_000)
    const recoveredInMs = await traffic.recovered()
    await others.settle()
    for (const ride of traffic.rides) expect([...ride.answers.keys()]).toEqual([202])
    const seen = `replaced after ${replacedAfterS} s; ${others.seen()}`
    return { ...(await traffic.settle()), recoveredInMs, seen }
  },
)
