import { describe, expect, it } from 'vitest'
import { changeStatus, createDelivery, findDelivery, listRunningDeliveries } from '#server/db/deliveries.ts'
import { insertLocations, lastLocation, listLocations } from '#server/db/locations.ts'
import { atEnd } from '../support/at-end.ts'
import { newDelivery, newLocation, openTestDatabase } from '../support/database.ts'
import { startPostgres } from '../support/postgres.ts'

const postgres = await startPostgres()
if ('skipped' in postgres) describe.skip(`PostgreSQL, skipped: ${postgres.skipped}`, () => it('is not here'))
else atEnd(postgres.stop)
const engines = [
  { engine: 'PGlite', serverUrl: undefined },
  ...('url' in postgres ? [{ engine: 'PostgreSQL', serverUrl: postgres.url }] : []),
]
const AT_MS = 1_700_000_060_456

describe.each(engines)('$engine', async ({ serverUrl }) => {
  const { db } = await openTestDatabase(serverUrl)
  const create = async (more = {}) => (await createDelivery(db, newDelivery(more))).delivery.id

  it('[DB1] answers', async () => {
    await db.ping()
    expect(db.kind).toBe(serverUrl ? 'postgresql' : 'pglite')
  })

  describe('deliveries', () => {
    it('[DB2] a created delivery is found as it was given', async () => {
      const given = newDelivery()
      const record = await createDelivery(db, given)
      expect(record.delivery).toEqual({
        id: given.id,
        status: 'accepted',
        store: given.store,
        destination: given.destination,
        rider: { name: given.riderName },
        route: given.route,
        createdAtMs: given.createdAtMs,
        statusAtMs: given.createdAtMs,
      })
      expect(record).toMatchObject({ visibleFromSeq: null, endedAtMs: null })
      expect(await findDelivery(db, given.id)).toEqual(record)
      expect(await findDelivery(db, 'nobody knows')).toBeNull()
    })

    it('[DB2] the same names are the same rider and customer', async () => {
      const first = await createDelivery(db, newDelivery({ riderName: 'Ara', customerName: 'Bora' }))
      const second = await createDelivery(db, newDelivery({ riderName: 'Ara', customerName: 'Bora' }))
      const third = await createDelivery(db, newDelivery({ riderName: 'Chan', customerName: 'Dan' }))
      expect(second).toMatchObject({ riderId: first.riderId, customerId: first.customerId })
      expect(third.riderId).not.toBe(first.riderId)
    })

    it('[DB3] a status changes only from what it was thought to be', async () => {
      const deliveryId = await create()
      const pickUp = {
        deliveryId,
        from: 'accepted',
        to: 'picked_up',
        atMs: AT_MS,
        visibleFromSeq: 4,
      } as const
      expect(await changeStatus(db, pickUp)).toBe(true)
      expect(await changeStatus(db, { ...pickUp, visibleFromSeq: 9 })).toBe(false)
      expect(await changeStatus(db, { ...pickUp, deliveryId: 'nobody knows' })).toBe(false)
      const record = await findDelivery(db, deliveryId)
      expect(record?.delivery).toMatchObject({ status: 'picked_up', statusAtMs: AT_MS })
      expect(record).toMatchObject({ visibleFromSeq: 4, endedAtMs: null })
    })

    it('[DB3] the end is dated, and visibility stays as it was', async () => {
      const deliveryId = await create()
      await changeStatus(db, {
        deliveryId,
        from: 'accepted',
        to: 'picked_up',
        atMs: AT_MS,
        visibleFromSeq: 1,
      })
      await changeStatus(db, { deliveryId, from: 'picked_up', to: 'delivered', atMs: AT_MS + 1 })
      expect(await findDelivery(db, deliveryId)).toMatchObject({ visibleFromSeq: 1, endedAtMs: AT_MS + 1 })
    })

    it('[DB3] of several who change it at once, one succeeds', async () => {
      const deliveryId = await create()
      const attempts = Array.from({ length: 20 }, (_, i) =>
        changeStatus(db, {
          deliveryId,
          from: 'accepted',
          to: i % 2 ? 'picked_up' : 'cancelled',
          atMs: AT_MS + i,
        }),
      )
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
    })

    it('[DB4] those that run are listed, newest first, up to the limit', async () => {
      const future = 4_000_000_000_000
      const oldest = await create({ createdAtMs: future })
      const ended = await create({ createdAtMs: future + 1 })
      const newest = await create({ createdAtMs: future + 2 })
      await changeStatus(db, { deliveryId: ended, from: 'accepted', to: 'cancelled', atMs: future + 3 })
      const listed = await listRunningDeliveries(db, 2)
      expect(listed.map(({ delivery }) => delivery.id)).toEqual([newest, oldest])
    })
  })

  describe('locations', () => {
    it('[DB5] come back exactly as they went in, absent values absent', async () => {
      const id = await create()
      const given = [3, 1, 2].map((seq) => newLocation(id, seq))
      expect(await insertLocations(db, given)).toEqual({
        inserted: 3,
        duplicates: 0,
        conflicts: [],
        unknown: [],
      })
      const listed = await listLocations(db, { deliveryId: id, afterSeq: 0, minSeq: 1, limit: 10 })
      expect(listed).toStrictEqual([given[1], given[2], given[0]])
      expect(await lastLocation(db, id)).toStrictEqual(given[0])
    })

    it('[DB5] are listed after a seq, from the first visible one, up to the limit', async () => {
      const id = await create()
      await insertLocations(
        db,
        Array.from({ length: 9 }, (_, i) => newLocation(id, i + 1)),
      )
      const seqs = async (afterSeq: number, minSeq: number, limit: number) =>
        (await listLocations(db, { deliveryId: id, afterSeq, minSeq, limit })).map(({ seq }) => seq)
      expect(await seqs(0, 1, 3)).toEqual([1, 2, 3])
      expect(await seqs(3, 1, 3)).toEqual([4, 5, 6])
      expect(await seqs(3, 7, 9)).toEqual([7, 8, 9])
      expect(await seqs(9, 1, 9)).toEqual([])
      expect(await lastLocation(db, await create())).toBeNull()
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
      expect(await lastLocation(db, id)).toStrictEqual(clamped)
    })

    it('[DB8] of an unknown delivery are handed back, and the rest of the batch is stored', async () => {
      const id = await create()
      const strays = [newLocation('nobody knows', 1), newLocation('nobody knows', 1)]
      const [stray, again] = strays as [(typeof strays)[0], (typeof strays)[0]]
      const result = await insertLocations(db, [stray, newLocation(id, 1), again])
      expect(result).toEqual({ inserted: 1, duplicates: 0, conflicts: [], unknown: strays })
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
})
