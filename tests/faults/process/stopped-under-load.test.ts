import { expect } from 'vitest'
import { faultRow } from '../support/fault-row.ts'
import { startInstallation } from '../support/installation.ts'
import { startTraffic } from '../support/traffic.ts'

const STOPPED_WITHIN_MS = 10_000
/** How it looks from outside that the door is closed: never taken in, or closed while idle. */
const CLOSED = ['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET']

faultRow(
  '[FAULT25] SIGTERM under load',
  {
    promise:
      'It ends with 0 within 10 s, leaves no post unanswered, and its customers miss nothing at the other instance.',
    injected:
      'SIGTERM of one of two instances; 20 riders at 5 points/s each over both, 200 customers on both; one PostgreSQL',
  },
  async () => {
    const { start } = await startInstallation()
    const [a, b] = await Promise.all([start('a'), start('b')])
    let urls = [a.url, b.url]
    const traffic = await startTraffic({ urls: () => urls, rides: 20, followersEach: 10, everyMs: 200 })
    await traffic.flows(300)

    const startedMs = performance.now()
    // Fails unless it ends by itself with 0.
    await b.stop()
    const stoppedInMs = Math.round(performance.now() - startedMs)
    expect(stoppedInMs).toBeLessThan(STOPPED_WITHIN_MS)
    urls = [a.url]
    const recoveredInMs = await traffic.recovered()
    await traffic.flows(200)
    for (const ride of traffic.rides) {
      for (const code of ride.failures) expect(CLOSED).toContain(code)
    }
    const seen = `it ended after ${(stoppedInMs / 1_000).toFixed(1)} s`
    return { ...(await traffic.settle()), recoveredInMs, seen }
  },
)
