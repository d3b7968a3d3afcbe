import { expect } from 'vitest'
import { createApi, fixAt } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { expectListedProblem } from '../support/expect-listed-problem.ts'
import { faultRow } from '../support/fault-row.ts'
import { requestFrom } from '../support/request-from.ts'
import { startTraffic } from '../support/traffic.ts'

const FLOOD_MS = 12_000
/** The default: 20 a second, in bursts of 60. */
const PER_SECOND = 20
const BURST = 60
/** Linux answers on all of 127.0.0.0/8. */
const SOMEBODY_ELSE = '127.0.0.2'

faultRow(
  '[FAULT18] rate-limit flood from one token while others are served',
  {
    promise:
      'The token gets its rate and no more, each refusal says when to come back, and nobody else is refused.',
    injected: `posts with one rider's token, 16 at a time, from an address of its own, and 5 times its rate from the address of the others, for ${FLOOD_MS / 1_000} s each; 5 riders, 10 customers; default limits`,
  },
  async ({ skip }) => {
    skip(process.platform !== 'linux', 'this machine has one address')
    const app = await startApp()
    const traffic = await startTraffic({ urls: () => [app.url], everyMs: 200 })
    await traffic.flows(60)
    const before = traffic.postsP99Ms()

    const api = createApi(app.url)
    const flooder = await api.createDelivery()
    await api.postStatus(flooder, 'picked_up')
    let newest = 0
    const refused: number[] = []
    const posted = { accepted: new Set<number>(), refused: 0 }
    const post = async (from: ReturnType<typeof requestFrom>) => {
      // A rider sends again what was refused: numbers thousands beyond the accepted ones would be refused as such.
      const fix = fixAt(flooder, refused.pop() ?? ++newest)
      const answer = await from({
        method: 'POST',
        path: `/api/deliveries/${flooder.delivery.id}/locations`,
        headers: { authorization: `Bearer ${flooder.rider.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ locations: [fix] }),
      })
      if (answer.status === 202) return void posted.accepted.add(fix.seq)
      expect(expectListedProblem(answer, 'a post of the flood').code).toBe('rate_limited')
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
      refused.push(fix.seq)
      posted.refused += 1
    }

    const startedMs = performance.now()
    const elsewhere = requestFrom(SOMEBODY_ELSE, app.port)
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        while (performance.now() - startedMs < FLOOD_MS) await post(elsewhere)
      }),
    )
    const here = requestFrom('127.0.0.1', app.port)
    const waiting: Promise<void>[] = []
    while (performance.now() - startedMs < 2 * FLOOD_MS) {
      waiting.push(post(here))
      // The pace of the flood, not a wait for something.
      await new Promise((resolve) => setTimeout(resolve, 1_000 / (5 * PER_SECOND)))
    }
    await Promise.all(waiting)
    const seconds = (performance.now() - startedMs) / 1_000
    const during = traffic.postsP99Ms()

    // A window more, for the burst that a window begins with.
    expect(posted.accepted.size).toBeLessThanOrEqual(PER_SECOND * seconds + BURST)
    expect(posted.accepted.size).toBeGreaterThanOrEqual(BURST)
    expect(posted.refused).toBeGreaterThan(posted.accepted.size)
    for (const { answers } of traffic.rides) expect([...answers.keys()]).toEqual([202])
    const figures = await traffic.settle()
    return {
      ...figures,
      seen: `${(posted.accepted.size + posted.refused).toLocaleString('en')} posts of the flood, ${posted.accepted.size} accepted; p99 of the others ${before} ms before, ${during} ms meanwhile`,
    }
  },
)
