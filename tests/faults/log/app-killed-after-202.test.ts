import { expect } from 'vitest'
import { type RunningApp, startApp } from '../../support/app.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

/** How long after a 202 the app dies, ms: before and after its own offsets, writes and pushes of that post. */
const ALL_DEATHS_MS = [0, 0, 1, 2, 3, 5, 5, 7, 10, 10, 15, 20, 25, 30, 40, 50, 75, 100, 200, 400]
const DEATHS_MS = ALL_DEATHS_MS.slice(-Number(process.env.APP_DEATHS ?? ALL_DEATHS_MS.length))
/** So many starts of an app take their time on a busy machine. */
const WITHIN_MS = 20 * 60_000

faultRow(
  '[FAULT5] app killed right after a 202',
  {
    promise: 'What a 202 has answered for is stored once and reaches every customer, whenever the app dies.',
    injected: `kill -9 of the app 0 to 400 ms after a 202, ${DEATHS_MS.length} times, started again on the same data each time; 8 riders at 20 points/s each, 8 customers`,
  },
  async () => {
    const dataDir = tempDir()
    let app = await startApp({ dataDir, env: UNLIMITED })
    let onAcknowledged = () => {}
    const traffic = await startTraffic({
      urls: () => [app.url],
      rides: 8,
      followersEach: 1,
      everyMs: 50,
      onAcknowledged: () => onAcknowledged(),
    })
    for (const afterMs of DEATHS_MS) {
      await traffic.flows(100)
      await new Promise<void>((resolve) => {
        onAcknowledged = () => {
          onAcknowledged = () => {}
          resolve(killAfter(app, afterMs))
        }
      })
      app = await startApp({ dataDir, env: UNLIMITED })
    }
    const recoveredInMs = await traffic.recovered()
    const figures = await traffic.settle()
    expect(traffic.answered(500)).toBe(0)
    return { ...figures, recoveredInMs }
  },
  WITHIN_MS,
)

async function killAfter(app: RunningApp, afterMs: number): Promise<void> {
  // The moment of the death, not a wait for something.
  if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs))
  await app.kill9()
}
