import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { childrenOf, isRunning } from '../../support/child-processes.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

faultRow(
  '[FAULT26] broker frozen',
  {
    promise:
      'Posts are refused meanwhile; after 15 s without an answer the app’s own broker is ended and started again; nothing acknowledged is lost.',
    injected:
      'SIGSTOP of the embedded broker under 10 riders at 10 points/s each, 20 customers; no SIGCONT follows',
  },
  // S13
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const brokers = () => childrenOf(app.pid, 'embedded-kafka')
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    await traffic.flows(200)
    const [frozen] = brokers() as [number]
    const stoppedAt = performance.now()
    process.kill(frozen, 'SIGSTOP')
    await pollUntil(() => !isRunning(frozen), { withinMs: 60_000, what: 'the end of the frozen broker' })
    const silentMs = performance.now() - stoppedAt
    // Not at the first hiccup, and not only after a minute.
    expect(silentMs).toBeGreaterThan(11_500)
    expect(silentMs).toBeLessThan(40_000)
    const recoveredInMs = await traffic.recovered()
    expect(brokers()).toHaveLength(1)
    expect(brokers()).not.toContain(frozen)
    const refused = traffic.answered(503)
    return {
      ...(await traffic.settle()),
      recoveredInMs,
      seen: `it was ended after ${(silentMs / 1_000).toFixed(1)} s; ${refused} posts refused`,
    }
  },
)
