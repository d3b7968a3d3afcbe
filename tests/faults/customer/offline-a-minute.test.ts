import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic } from '../support/traffic.ts'

const OFFLINE_MS = 60_000
/** The greeting holds 500 from the database and the last 200 of the instance's memory. */
const MORE_THAN_A_GREETING = 700

faultRow(
  '[FAULT9] customer offline for 60 s, then back',
  {
    promise:
      'What was missed comes with the greeting, what is more than that over HTTP; nothing comes twice.',
    injected:
      'the connections of 8 customers cut without a word for 60 s; 4 of them miss a point a second, 4 of them 25 a second; 8 others stay; default limits',
  },
  async () => {
    const app = await startApp()
    const urls = () => [app.url]
    const usual = await startTraffic({ urls, rides: 2, followersEach: 4, everyMs: 1_000 })
    const dense = await startTraffic({ urls, rides: 2, followersEach: 4, everyMs: 40 })
    const away = [usual, dense].flatMap(({ followers }) => followers.filter((_, index) => index % 2 === 0))
    await usual.flows(10)
    await dense.flows(50)

    const heldBefore = new Map(away.map((follower) => [follower, follower.held.size]))
    for (const follower of away) follower.offline()
    // How long they are away, not a wait for something.
    await new Promise((resolve) => setTimeout(resolve, OFFLINE_MS))
    for (const follower of away) expect(follower.held.size).toBe(heldBefore.get(follower))

    const missed = [usual, dense].flatMap(({ rides }) =>
      rides.map(({ created, acknowledged }) => ({ created, seqs: [...acknowledged] })),
    )
    const backAtMs = performance.now()
    for (const follower of away) follower.online()
    const hasAll = (follower: (typeof away)[number]) =>
      missed.find(({ created }) => created === follower.created)?.seqs.every((seq) => follower.held.has(seq))
    await pollUntil(() => away.every(hasAll), { withinMs: 60_000, what: 'all that was missed' })
    const recoveredInMs = Math.round(performance.now() - backAtMs)
    await Promise.all([usual.recovered(), dense.recovered()])

    const most = Math.max(...missed.map(({ seqs }) => seqs.length))
    expect(most).toBeGreaterThan(MORE_THAN_A_GREETING)
    const fetched = away.reduce((sum, { counts }) => sum + counts.fetched, 0)
    expect(fetched).toBeGreaterThan(0)
    const [a, b] = [await usual.settle(), await dense.settle()]
    return {
      acknowledged: a.acknowledged + b.acknowledged,
      stored: a.stored + b.stored,
      delivered: a.delivered + b.delivered,
      lost: a.lost + b.lost,
      duplicated: a.duplicated + b.duplicated,
      recoveredInMs,
      seen: `one delivery had ${most.toLocaleString('en')} points by then; ${fetched.toLocaleString('en')} were fetched over HTTP, the others greeted with`,
    }
  },
)
