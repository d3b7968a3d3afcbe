import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLocationVisible, type ViewBegins } from '#domain/visibility.ts'
import { insertLocations, type LocationQuery, listLocations, newestLocations } from '#server/db/locations.ts'
import {
  findDelivery,
  newDelivery,
  newLocation,
  openTestDatabase,
  storeDelivery,
} from '../support/database.ts'
import { anyFix } from '../unit/domain/arbitraries.ts'

const AT_MS = 1_700_000_060_456
/** The end of the year 9999. */
const LATEST_MS = 253_402_300_799_999

describe('locations in the database', async () => {
  const { db } = await openTestDatabase()
  const wholly = { visibleFromSeq: null, visibleSeqTold: true, pickedUpAtMs: null }
  const newest = async (id: string) => (await newestLocations(db, [{ id, view: wholly }]))[0]
  const list = async (query: LocationQuery) => (await listLocations(db, [query]))[0] ?? []
  const create = async (more = {}) => (await storeDelivery(db, newDelivery(more))).delivery.id

  it('[DB5] come back exactly as they went in, absent values absent', async () => {
    const id = await create()
    const given = [3, 1, 2].map((seq) => newLocation(id, seq))
    expect(await insertLocations(db, given)).toEqual({
      inserted: 3,
      duplicates: 0,
      conflicts: [],
      unknown: [],
    })
    const listed = await list({ deliveryId: id, afterSeq: 0, limit: 10 })
    expect(listed).toStrictEqual([given[1], given[2], given[0]])
    expect(await newest(id)).toStrictEqual([given[0]])
  })

  it('[DB5] are listed after a seq, from the first visible one, up to the limit', async () => {
    const id = await create()
    await insertLocations(
      db,
      Array.from({ length: 9 }, (_, i) => newLocation(id, i + 1)),
    )
    const seqs = async (afterSeq: number, visibleFromSeq: number, limit: number) => {
      const visible = { visibleFromSeq, visibleSeqTold: true, pickedUpAtMs: AT_MS }
      return (await list({ deliveryId: id, afterSeq, visible, limit })).map(({ seq }) => seq)
    }
    expect(await seqs(0, 1, 3)).toEqual([1, 2, 3])
    expect(await seqs(3, 1, 3)).toEqual([4, 5, 6])
    expect(await seqs(3, 7, 9)).toEqual([7, 8, 9])
    expect(await seqs(9, 1, 9)).toEqual([])
    expect(await newest(await create())).toEqual([])
  })

  it('[SOCK11] of many deliveries are listed by one statement as each of them asks, and their newest found', async () => {
    const status = 'picked_up'
    const pickedUpAtMs = newLocation('', 5).recordedAtMs
    const views: ViewBegins[] = [
      wholly,
      { visibleFromSeq: 4, visibleSeqTold: true, pickedUpAtMs },
      { visibleFromSeq: 4, visibleSeqTold: false, pickedUpAtMs },
      { visibleFromSeq: 3, visibleSeqTold: false, pickedUpAtMs: newLocation('', 9).recordedAtMs },
    ]
    const rides = await Promise.all(
      views.map(async (view, i) => {
        const id = await create()
        const late = { recordedAtMs: pickedUpAtMs - 1, receivedAtMs: pickedUpAtMs + 1 }
        const points = Array.from({ length: 9 }, (_, n) =>
          newLocation(id, n + 1, { ...(n === 6 && late), ...(n > 8 - i && { implausible: true }) }),
        )
        await insertLocations(db, points)
        return { id, view, points, afterSeq: i, limit: 4 + i }
      }),
    )
    const queries = rides.flatMap(({ id: deliveryId, view, afterSeq, limit }) => [
      { deliveryId, visible: view, afterSeq, limit },
      { deliveryId, afterSeq: 0, limit: 20 },
      { deliveryId: 'nobody knows', afterSeq: 0, limit: 20 },
    ])
    expect(await listLocations(db, queries)).toEqual(
      rides.flatMap(({ view, points, afterSeq, limit }) => {
        const begun = { ...view, status, visibleFromSeq: view.visibleFromSeq ?? 1 } as const
        const seen = points.filter((each) => each.seq > afterSeq && isLocationVisible(begun, each))
        return [seen.slice(0, limit), points, []]
      }),
    )
    expect(await newestLocations(db, rides)).toEqual(
      rides.map(({ view, points }) => {
        const believed = points.filter(({ implausible }) => !implausible)
        const seen = believed.filter((each) => isLocationVisible({ ...view, status }, each))
        const isClockAsked = view.visibleFromSeq !== null && !view.visibleSeqTold
        return [...new Set([points.at(-1), believed.at(-1), ...(isClockAsked ? [seen.at(-1)] : [])])]
      }),
    )
  })

  it('[DB6] sent again are duplicates, in the next batch and within one', async () => {
    const id = await create()
    const [one, two, three] = [newLocation(id, 1), newLocation(id, 2), newLocation(id, 3)]
    expect(await insertLocations(db, [one, two, one])).toMatchObject({ inserted: 2, duplicates: 1 })
    expect(await insertLocations(db, [one, two])).toMatchObject({ inserted: 0, duplicates: 2 })
    expect(await insertLocations(db, [two, three, three])).toMatchObject({ inserted: 1, duplicates: 2 })
    expect(await insertLocations(db, [])).toMatchObject({ inserted: 0, duplicates: 0 })
  })

  it('[DB7] with other content are conflicts, and what was first stays', async () => {
    const id = await create()
    const first = newLocation(id, 1)
    const other = newLocation(id, 1, { lat: 1 })
    const within = [newLocation(id, 2), newLocation(id, 2, { speedMps: 9 })]
    expect(await insertLocations(db, [first])).toMatchObject({ inserted: 1 })
    expect(await insertLocations(db, [other, ...within])).toEqual({
      inserted: 1,
      duplicates: 0,
      conflicts: [other, within[1]],
      unknown: [],
    })
    const clamped = newLocation(id, 3, { recordedAtMs: AT_MS, receivedAtMs: AT_MS })
    const retry = newLocation(id, 3, { recordedAtMs: AT_MS + 9, receivedAtMs: AT_MS + 9 })
    expect(await insertLocations(db, [clamped, retry])).toMatchObject({ inserted: 1, duplicates: 1 })
    expect(await newest(id)).toStrictEqual([clamped])
  })

  it('[DB8] of an unknown delivery are handed back, and the rest of the batch is stored', async () => {
    const id = await create()
    const strays = [newLocation('nobody knows', 1), newLocation('nobody knows', 1)]
    const [stray, again] = strays as [(typeof strays)[0], (typeof strays)[0]]
    const result = await insertLocations(db, [stray, newLocation(id, 1), again])
    expect(result).toEqual({ inserted: 1, duplicates: 0, conflicts: [], unknown: strays })
  })

  it('[DB8] of ids that no database can hold are unknown too', async () => {
    const id = await create()
    const odd = newLocation('a\0b', 1)
    const result = await insertLocations(db, [odd, newLocation(id, 1)])
    expect(result).toEqual({ inserted: 1, duplicates: 0, conflicts: [], unknown: [odd] })
    expect(await findDelivery(db, 'a\0b')).toBeNull()
  })

  it('[DB5] whatever the wire lets through comes back the same, and is a duplicate when sent again', async () => {
    const fixes = fc.uniqueArray(anyFix, { selector: ({ seq }) => seq, minLength: 1, maxLength: 50 })
    const receivedAtMs = LATEST_MS
    await fc.assert(
      fc.asyncProperty(fixes, async (any) => {
        const deliveryId = await create()
        // Adding 0 makes a negative zero a plain one, as its way through text does.
        const given = any.map((fix) => ({
          ...fix,
          recordedAtMs: Math.min(fix.recordedAtMs, LATEST_MS),
          lat: fix.lat + 0,
          lng: fix.lng + 0,
          deliveryId,
          receivedAtMs,
        }))
        expect(await insertLocations(db, given)).toMatchObject({ inserted: given.length })
        const listed = await list({ deliveryId, afterSeq: 0, limit: 100 })
        expect(listed).toEqual(given.toSorted((a, b) => a.seq - b.seq))
        expect(await insertLocations(db, given)).toMatchObject({ inserted: 0, duplicates: given.length })
      }),
      { numRuns: 30 },
    )
  })

  it('[DB5] of clocks beyond the year 9999 are kept as of its end', async () => {
    const id = await create()
    await insertLocations(db, [newLocation(id, 1, { recordedAtMs: 8.64e15 })])
    expect(await newest(id)).toMatchObject([{ recordedAtMs: LATEST_MS }])
  })

  it('[DB9] in batches that overlap and run at once are stored once each', async () => {
    const id = await create()
    const batch = Array.from({ length: 200 }, (_, i) => newLocation(id, i + 1))
    const batches = Array.from({ length: 6 }, (_, i) => (i % 2 ? batch : batch.toReversed()))
    const results = await Promise.all(batches.map((each) => insertLocations(db, each)))
    const sum = (pick: (r: (typeof results)[0]) => number) => results.reduce((n, r) => n + pick(r), 0)
    expect(sum((r) => r.inserted)).toBe(200)
    expect(sum((r) => r.duplicates)).toBe(1_000)
  })
})
