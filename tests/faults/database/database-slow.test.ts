import { expect } from 'vitest'
import { faultRow } from '../support/fault-row.ts'
import { startInstallation } from '../support/installation.ts'
import { startTraffic } from '../support/traffic.ts'
import { askWithoutDatabase } from '../support/without-database.ts'

const SLOW_FOR_MS = 20_000
/** Each way, so that an answer takes twice that: longer than the app waits for any. */
const EACH_WAY_MS = 1_500

faultRow(
  '[FAULT14] database slow',
  {
    promise:
      'Points of known deliveries are acknowledged and pushed as ever; what needs the database is answered within 2 s, or told to come later; the history catches up.',
    injected: 'each answer of PostgreSQL takes 3 s, for 20 s; 10 riders at 10 points/s each, 20 customers',
  },
  async () => {
    const installation = await startInstallation()
    const app = await installation.start('a')
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    const others = await askWithoutDatabase(app)
    await traffic.flows(200)

    const untilMs = performance.now() + SLOW_FOR_MS
    installation.database.slow(EACH_WAY_MS)
    do {
      await others.ask()
      await traffic.recovered()
    } while (performance.now() < untilMs)
    for (const ride of traffic.rides) expect([...ride.answers.keys()]).toEqual([202])

    installation.database.pass()
    const recoveredInMs = await traffic.recovered()
    await others.settle()
    return { ...(await traffic.settle()), recoveredInMs, seen: others.seen() }
  },
)
