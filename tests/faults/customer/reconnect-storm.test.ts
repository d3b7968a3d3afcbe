import { expect } from 'vitest'
import { memoryOf } from '../../../bench/support/memory.ts'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic } from '../support/traffic.ts'

const RIDES = 100
const CUSTOMERS = 2_000
/** Linux answers on all of 127.0.0.0/8. One address alone would be told that it knocks too often. */
const ADDRESSES = 200
const addressOf = (customer: number) => `127.0.1.${1 + (customer % ADDRESSES)}`

/** All of them are in the one process of this test, which needs longer for it than the server on a busy machine. */
const BACK_WITHIN_MS = 120_000

faultRow(
  '[FAULT24] reconnect storm of 2,000 customers',
  {
    promise: 'All come back by themselves within their usual jitter, and miss nothing; riders go on.',
    injected: `kill -9 of the app with ${CUSTOMERS.toLocaleString('en')} customers of ${RIDES} deliveries connected from ${ADDRESSES} addresses, and its start on the same port; default limits`,
  },
  async ({ skip }) => {
    skip(process.platform !== 'linux', 'one address of this machine is not enough')
    let app = await startApp()
    const traffic = await startTraffic({
      urls: () => [app.url],
      rides: RIDES,
      followersEach: CUSTOMERS / RIDES,
      everyMs: 2_000,
      followerAddress: addressOf,
    })
    await traffic.flows(2 * RIDES)
    const calm = memoryOf(app.pid)

    const { port, dataDir } = app
    await app.kill9()
    await pollUntil(() => traffic.followers.every((follower) => !follower.connected()), {
      withinMs: 10_000,
      what: 'every connection cut',
    })
    app = await startApp({ dataDir, env: { PORT: String(port) } })
    const upAtMs = performance.now()
    await pollUntil(() => traffic.followers.every((follower) => follower.connected()), {
      withinMs: BACK_WITHIN_MS,
      what: 'every customer back',
    })
    const backInMs = Math.round(performance.now() - upAtMs)
    await traffic.recovered(BACK_WITHIN_MS)
    const recoveredInMs = Math.round(performance.now() - upAtMs)
    const storm = memoryOf(app.pid)

    const figures = await traffic.settle()
    const answers = new Map<string, number>()
    for (const ride of traffic.rides)
      for (const [status, count] of ride.answers)
        answers.set(String(status), (answers.get(String(status)) ?? 0) + count)
    // 408: one process with 2,000 customers in it is slow to send what its riders post.
    // 429: all riders are at one address, and try again five times a second while the app starts.
    const expected = ['202', '408', '429', '503', 'none']
    expect([...answers.keys()].filter((status) => !expected.includes(status))).toEqual([])
    const told = [...answers].map(([status, count]) => `${count} × ${status}`).join(', ')
    return {
      ...figures,
      recoveredInMs,
      seen: `all connected ${(backInMs / 1_000).toFixed(1)} s after the app was ready; memory ${calm.rssMb.toFixed(0)} MB before, at most ${storm.peakMb.toFixed(0)} MB in the storm; posts: ${told}`,
    }
  },
)
