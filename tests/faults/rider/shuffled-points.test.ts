import fc from 'fast-check'
import { expect } from 'vitest'
import { type CreateDeliveryAnswer, postLocationsAnswerSchema } from '#contracts/http.ts'
import { type Fix, locationSchema } from '#contracts/location.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { createApi, fixAt } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { faultRow } from '../support/fault-row.ts'
import { startFollower } from '../support/follower.ts'
import { seed } from '../support/seed.ts'
import { settleAccounts } from '../support/settle-accounts.ts'
import { UNLIMITED } from '../support/traffic.ts'

const RIDES = 4
const POINTS = 300

faultRow(
  '[FAULT11] shuffled and late points',
  {
    promise: 'Every point is stored and held by every customer; the current location never goes back.',
    injected: `${RIDES} riders with ${POINTS} points each: half of them in any order, half with neighbours swapped and every tenth kept back until the end; posts of 1 to 25 points`,
  },
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const api = createApi(app.url)
    const random = seed()
    let late = 0

    const accounts = await Promise.all(
      Array.from({ length: RIDES }, async (_, ride) => {
        const created = await api.createDelivery()
        await api.postStatus(created, 'picked_up')
        const followers = [1, 2].map(() => startFollower(created, () => [app.url]))
        // All before the delivery was made: what was captured between that and the pick-up is not for the customers.
        const startMs = created.delivery.createdAtMs - (POINTS + 1) * 1_000
        const fixes = Array.from({ length: POINTS }, (_, index) =>
          fixAt(created, index + 1, { recordedAtMs: startMs + index * 1_000 }),
        )
        const acknowledged = new Set<number>()
        for (const post of inPosts(ride % 2 === 0 ? anyOrder(fixes) : withGaps(fixes), random + ride)) {
          const newest = Math.max(0, ...acknowledged)
          late += post.filter(({ seq }) => seq < newest).length
          const response = await api.postLocations(created, post)
          expect(response.status).toBe(202)
          const { lastSeq } = postLocationsAnswerSchema.parse(await response.json())
          for (const { seq } of post) acknowledged.add(seq)
          expect(lastSeq).toBe(Math.max(...acknowledged))
          expect(await currentSeqs(created)).toEqual([lastSeq, lastSeq, lastSeq])
        }
        return { created, acknowledged, followers }

        function anyOrder(points: Fix[]): Fix[] {
          return shuffled(points, random + ride)
        }
        function withGaps(points: Fix[]): Fix[] {
          const windows = Array.from({ length: POINTS / 20 }, (_, w) =>
            shuffled(points.slice(w * 20, w * 20 + 20), random + ride + w),
          ).flat()
          const keptBack = (fix: Fix) => fix.seq % 10 === 0
          return [...windows.filter((fix) => !keptBack(fix)), ...windows.filter(keptBack)]
        }
      }),
    )

    /** As the polling twin, the customer's snapshot and the rider's snapshot have it. */
    async function currentSeqs({ delivery, customer, rider }: CreateDeliveryAnswer) {
      const path = `/api/deliveries/${delivery.id}`
      const get = async (what: string, token: string) => await (await api.call(what, { token })).json()
      const [twin, ...snapshots] = [
        locationSchema.parse(await get(`${path}/location`, customer.token)).seq,
        snapshotSchema.parse(await get(path, customer.token)).lastLocation?.seq,
        snapshotSchema.parse(await get(path, rider.token)).lastSeq,
      ]
      return [twin, ...snapshots]
    }

    for (const { acknowledged } of accounts) expect(acknowledged.size).toBe(POINTS)
    return {
      ...(await settleAccounts(() => app.url, accounts)),
      seen: `${late.toLocaleString('en')} points came after a newer one; seed ${random}`,
    }
  },
)

function shuffled<T>(list: T[], seed: number): T[] {
  const [order] = fc.sample(fc.shuffledSubarray(list, { minLength: list.length }), { seed, numRuns: 1 })
  return order ?? []
}

function inPosts(fixes: Fix[], seed: number): Fix[][] {
  const sizes = fc.sample(fc.integer({ min: 1, max: 25 }), { seed, numRuns: fixes.length })
  const posts: Fix[][] = []
  for (let from = 0; from < fixes.length; from += posts.at(-1)?.length ?? 0) {
    posts.push(fixes.slice(from, from + (sizes[posts.length] ?? 1)))
  }
  return posts
}
