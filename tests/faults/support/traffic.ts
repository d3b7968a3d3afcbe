import { percentile } from '../../../bench/support/percentile.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { type Follower, type Reach, startFollower } from './follower.ts'
import { type Ride, startRide } from './ride.ts'
import { type Settled, settleAccounts } from './settle-accounts.ts'

const SETTLE_WITHIN_MS = 180_000
const CREATED_AT_ONCE = 10

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
  /** Of the posts answered 202 since it was last asked; ms. */
  postsP99Ms(): number
  /** Ends the traffic, waits until everything acknowledged is stored and held by every customer, and sums it up. */
  settle(): Promise<Settled>
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
  followerAddress = () => undefined,
  reach,
}: {
  urls: () => readonly string[]
  /** Where customers go, if not to the same instances. */
  followerUrls?: () => readonly string[]
  rides?: number
  followersEach?: number
  everyMs?: number
  /** Called at each 202. */
  onAcknowledged?: () => void
  /** Where the n-th customer comes from. */
  followerAddress?: (index: number) => string | undefined
  /** Customers go where they are told that their delivery is. */
  reach?: Reach
}): Promise<Traffic> {
  const rides: Ride[] = []
  while (rides.length < rideCount) {
    const some = Math.min(CREATED_AT_ONCE, rideCount - rides.length)
    const starting = Array.from({ length: some }, () => startRide({ urls, everyMs, onAcknowledged }))
    rides.push(...(await Promise.all(starting)))
  }
  const followers = rides
    .flatMap(({ created }) => Array<typeof created>(followersEach).fill(created))
    .map((created, index) => startFollower(created, followerUrls, followerAddress(index), reach))
  await pollUntil(() => followers.every((follower) => follower.connected()), {
    withinMs: 120_000,
    what: 'every customer connected',
  })
  const acknowledged = () => rides.reduce((sum, ride) => sum + ride.acknowledged.size, 0)
  const followersOf = (ride: Ride) => followers.filter(({ created }) => created === ride.created)

  return {
    rides,
    followers,
    acknowledged,
    answered: (status) => rides.reduce((sum, { answers }) => sum + (answers.get(status) ?? 0), 0),
    async flows(points, withinMs = 120_000) {
      const enough = acknowledged() + points
      await pollUntil(() => acknowledged() >= enough, { withinMs, what: `${points} points more` })
    },
    async recovered(withinMs = 120_000) {
      const sinceMs = Date.now()
      const started = performance.now()
      const isServed = (ride: Ride): boolean => {
        const fresh = [...ride.acknowledged].find((seq) => (ride.madeAtMs.get(seq) ?? 0) >= sinceMs)
        return fresh !== undefined && followersOf(ride).every(({ held }) => held.has(fresh))
      }
      await pollUntil(() => rides.every(isServed), { withinMs, what: 'everybody served as before' })
      return Math.round(performance.now() - started)
    },
    postsP99Ms: () =>
      Math.round(
        percentile(
          rides.flatMap(({ tookMs }) => tookMs.splice(0)),
          0.99,
        ),
      ),
    async settle() {
      for (const ride of rides) await ride.finish(SETTLE_WITHIN_MS)
      return await settleAccounts(
        () => urls()[0] as string,
        rides.map((ride) => ({
          created: ride.created,
          acknowledged: ride.acknowledged,
          followers: followersOf(ride),
        })),
      )
    },
  }
}
