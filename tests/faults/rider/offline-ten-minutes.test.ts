import { expect, onTestFinished, vi } from 'vitest'
import { createServerClock } from '#app/_http/server-clock.ts'
import { createMemoryOutbox } from '#app/_rider/outbox/memory-outbox.ts'
import type { LocationPost } from '#app/_rider/sending/post-locations.ts'
import { startSending } from '#app/_rider/sending/send-locations.ts'
import { createApi, fixAt } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startFollower } from '../support/follower.ts'
import { settleAccounts } from '../support/settle-accounts.ts'

const POINTS = 600
const CUSTOMERS = 3

faultRow(
  '[FAULT8] rider offline for 10 minutes, then back',
  {
    promise:
      'The page sends what it kept, oldest first, at a bounded rate; customers get every point, in order.',
    injected: `${POINTS} points, one a second of 10 minutes, in the outbox of the rider's page when its network comes back; ${CUSTOMERS} customers, default limits`,
  },
  async () => {
    const app = await startApp()
    const api = createApi(app.url)
    const created = await api.createDelivery()
    await api.postStatus(created, 'picked_up')
    const followers = Array.from({ length: CUSTOMERS }, () => startFollower(created, () => [app.url]))
    await pollUntil(() => followers.every((follower) => follower.connected()), {
      withinMs: 60_000,
      what: 'every customer connected',
    })

    let online = false
    const network = fetch
    vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
      if (!online) throw new TypeError('fetch failed')
      return await network(new URL(path, app.url), init)
    })
    onTestFinished(() => {
      vi.unstubAllGlobals()
    })
    const outbox = createMemoryOutbox()
    const posts: LocationPost[] = []
    const refused: unknown[] = []
    const sender = startSending({
      deliveryId: created.delivery.id,
      token: created.rider.token,
      deviceId: 'phone',
      outbox,
      clock: createServerClock(Date.now),
      onPost: (post) => posts.push(post),
      onClaim: () => {},
      onOtherDevice: () => {},
      onRefused: (failure) => refused.push(failure),
    })
    onTestFinished(() => sender.stop())
    // All before the delivery was made: what was captured between that and the pick-up is not for the customers.
    const startMs = created.delivery.createdAtMs - (POINTS + 1) * 1_000
    for (let seq = 1; seq <= POINTS; seq += 1) {
      const { seq: _seq, ...reading } = fixAt(created, seq, { recordedAtMs: startMs + seq * 1_000 })
      await outbox.add(reading)
    }
    sender.wake()
    await pollUntil(() => posts.length >= 2, { withinMs: 60_000, what: 'tries without a network' })

    online = true
    const backAtMs = performance.now()
    sender.retryNow()
    await pollUntil(async () => (await outbox.waiting()).count === 0, { withinMs: 120_000, what: 'all sent' })
    const sentInMs = performance.now() - backAtMs
    await pollUntil(() => followers.every(({ held }) => held.size === POINTS), {
      withinMs: 60_000,
      what: 'all of them with every customer',
    })
    const recoveredInMs = Math.round(performance.now() - backAtMs)

    const sent = posts.filter(({ failure }) => failure === null)
    const acknowledged = new Set(sent.flatMap(({ fixes }) => fixes.map(({ seq }) => seq)))
    expect(refused).toEqual([])
    expect(acknowledged.size).toBe(POINTS)
    const inOrder = Array.from({ length: POINTS }, (_, index) => index + 1)
    for (const { pushes } of followers) expect(pushes).toEqual(inOrder)
    const perSecond = Math.round(POINTS / (sentInMs / 1_000))
    return {
      ...(await settleAccounts(() => app.url, [{ created, acknowledged, followers }])),
      recoveredInMs,
      seen: `${sent.length} posts, ${perSecond} points/s; every customer was pushed them in order of seq`,
    }
  },
)
