import { expect } from 'vitest'
import { faultRow } from '../support/fault-row.ts'
import { startInstallation } from '../support/installation.ts'
import { startTraffic } from '../support/traffic.ts'
import { askWithoutDatabase } from '../support/without-database.ts'

const EACH_MS = 15_000
/** Longer than any deadline of the app: no answer at all. */
const SILENT_MS = 60_000

faultRow(
  '[FAULT13] database down for 30 s',
  {
    promise:
      'Points of known deliveries are acknowledged and pushed as ever; what needs the database is answered 503 with Retry-After within 2 s; the history catches up.',
    injected:
      'PostgreSQL silent for 15 s, then refusing connections for 15 s; 10 riders at 10 points/s each, 20 customers',
  },
  async () => {
    const installation = await startInstallation()
    const app = await installation.start('a')
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    const others = await askWithoutDatabase(app)
    await traffic.flows(200)
    const answersBefore = traffic.answered(202)

    for (const away of [() => installation.database.slow(SILENT_MS), installation.database.down]) {
      const untilMs = performance.now() + EACH_MS
      away()
      do {
        await others.ask()
        await traffic.recovered()
      } while (performance.now() < untilMs)
    }
    for (const ride of traffic.rides) expect([...ride.answers.keys()]).toEqual([202])
    expect(traffic.answered(202)).toBeGreaterThan(answersBefore)

    installation.database.pass()
    const recoveredInMs = await traffic.recovered()
    await others.settle()
    return { ...(await traffic.settle()), recoveredInMs, seen: others.seen() }
  },
)
