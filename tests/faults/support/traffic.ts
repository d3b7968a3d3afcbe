import { expect } from 'vitest'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi } from '../../support/api.ts'
import { pollUntil } from '../../support/poll-until.ts'
import type { Figures } from './fault-row.ts'
import { type Follower, startFollower } from './follower.ts'
import { type Ride, startRide } from './ride.ts'

const SETTLE_WITHIN_MS = 90_000

export type Traffic = {
  rides: Ride[]
  followers: Follower[]
  acknowledged(): number
  /** How often riders' posts were answered so. */
  answered(status: number | 'none'): number
  /** Resolves once so many points in all have been acknowledged from now on. */
  flows(points: number, withinMs?: number): Promise<void>
  /**
   * Resolves once every ride has had a point acknowledged that was made from now on, and each customer has it; answers
   * how long that took.
   */
  recovered(withinMs?: number): Promise<number>
  /** Ends the traffic, waits until everything acknowledged is stored and held by every customer, and sums it up. */
  settle(): Promise<Required<Pick<Figures, 'acknowledged' | 'stored' | 'delivered' | 'lost' | 'duplicated'>>>
}

/** Settings for apps under this traffic: all of it comes from one address. */
export const UNLIMITED = { RATE_LIMIT_TOKEN: '100000', RATE_LIMIT_ADDRESS: '100000' }

/** Riders who ride and customers who watch, and a ledger of what was promised to them. */
export async function startTraffic({
  urls,
  followerUrls = urls,
  rides: rideCount = 5,
  followersEach = 2,
  everyMs = 100,
  onAcknowledged,
}: {
  urls: () => readonly string[]
  /** Where customers go, if not to the same instances. */
  followerUrls?: () => readonly string[]
  rides?: number
  followersEach?: number
  everyMs?: number
  /** Called at each 202. */
  onAcknowledged?: () => void
}): Promise<Traffic> {
  const rides: Ride[] = []
  for (let i = 0; i < rideCount; i += 1) rides.push(await startRide({ urls, everyMs, onAcknowledged }))
  const followers = rides.flatMap((ride) =>
    Array.from({ length: followersEach }, () => startFollower(ride.created, followerUrls)),
  )
  await pollUntil(() => followers.every((follower) => follower.connected()), {
    withinMs: 60_000,
    what: 'every customer connected',
  })
  const acknowledged = () => rides.reduce((sum, ride) => sum + ride.acknowledged.size, 0)
  const followersOf = (ride: Ride) => followers.filter(({ created }) => created === ride.created)

  return {
    rides,
    followers,
    acknowledged,
    answered: (status) => rides.reduce((sum, { answers }) => sum + (answers.get(status) ?? 0), 0),
    async flows(points, withinMs = 60_000) {
      const enough = acknowledged() + points
      await pollUntil(() => acknowledged() >= enough, { withinMs, what: `${points} points more` })
    },
    async recovered(withinMs = 60_000) {
      const sinceMs = Date.now()
      const started = performance.now()
      const isServed = (ride: Ride): boolean => {
        const fresh = [...ride.acknowledged].find((seq) => (ride.madeAtMs.get(seq) ?? 0) >= sinceMs)
        return fresh !== undefined && followersOf(ride).every(({ held }) => held.has(fresh))
      }
      await pollUntil(() => rides.every(isServed), { withinMs, what: 'everybody served as before' })
      return Math.round(performance.now() - started)
    },
    async settle() {
      for (const ride of rides) await ride.finish(SETTLE_WITHIN_MS)
      const stored = new Map<Ride, number[]>()
      for (const ride of rides) {
        const [url] = urls()
        await pollUntil(
          async () => {
            const seqs = await storedSeqs(url as string, ride)
            stored.set(ride, seqs)
            const set = new Set(seqs)
            return [...ride.acknowledged].every((seq) => set.has(seq))
          },
          { withinMs: SETTLE_WITHIN_MS, what: 'everything acknowledged, stored' },
        ).catch(() => {})
      }
      const lacks = (follower: Follower, ride: Ride) =>
        [...ride.acknowledged].filter((seq) => !follower.held.has(seq))
      await pollUntil(
        async () => {
          const behind = rides.flatMap((ride) =>
            followersOf(ride).flatMap((follower) =>
              lacks(follower, ride).length > 0 ? [{ follower, ride }] : [],
            ),
          )
          await Promise.all(behind.map(({ follower, ride }) => follower.fill(Math.max(...ride.acknowledged))))
          return behind.length === 0
        },
        { withinMs: SETTLE_WITHIN_MS, what: 'everything acknowledged, held by every customer' },
      ).catch(() => {})
      for (const follower of followers) follower.stop()

      const sum = { acknowledged: acknowledged(), stored: 0, delivered: 0, lost: 0, duplicated: 0 }
      for (const ride of rides) {
        const seqs = stored.get(ride) ?? []
        const set = new Set(seqs)
        const kept = [...ride.acknowledged].filter((seq) => set.has(seq)).length
        sum.stored += kept
        sum.lost += ride.acknowledged.size - kept
        sum.duplicated += seqs.length - set.size
        for (const follower of followersOf(ride)) {
          const missing = lacks(follower, ride).length
          sum.delivered += ride.acknowledged.size - missing
          sum.lost += missing
          sum.duplicated += follower.counts.repeated
        }
      }
      expect(sum).toMatchObject({ lost: 0, duplicated: 0 })
      return sum
    },
  }
}

async function storedSeqs(url: string, { created }: Ride): Promise<number[]> {
  const seqs: number[] = []
  for (let afterSeq: number | null = 0; afterSeq !== null; ) {
    const path = `/api/deliveries/${created.delivery.id}/locations?afterSeq=${afterSeq}`
    const response = await createApi(url).call(path, { token: created.rider.token })
    const page = listLocationsAnswerSchema.parse(await response.json())
    seqs.push(...page.locations.map(({ seq }) => seq))
    afterSeq = page.nextAfterSeq
  }
  return seqs
}
