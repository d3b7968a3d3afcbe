import { describe, expect, it } from 'vitest'
import { changeStatus } from '#server/db/change-status.ts'
import { createDelivery } from '#server/db/create-delivery.ts'
import { listDeliveries } from '#server/db/deliveries.ts'
import { createLinkOutbox } from '#server/db/link-outbox.ts'
import { replaceLink } from '#server/db/replace-link.ts'
import { createStatusOutbox } from '#server/db/status-outbox.ts'
import { findDelivery, newDelivery, openTestDatabase, storeDelivery } from '../support/database.ts'

const AT_MS = 1_700_000_060_456

describe('the database', async () => {
  const { db } = await openTestDatabase()
  const create = async (more = {}) => (await storeDelivery(db, newDelivery(more))).delivery.id

  it('[DB1] answers', async () => {
    await db.ping()
  })

  describe('deliveries', () => {
    it('[DB2] a created delivery is found as it was given', async () => {
      const given = newDelivery()
      const record = await storeDelivery(db, given)
      expect(record.delivery).toEqual({
        id: given.id,
        status: 'accepted',
        store: given.store,
        destination: given.destination,
        rider: { name: given.riderName },
        route: given.route,
        routed: true,
        createdAtMs: given.createdAtMs,
        statusAtMs: given.createdAtMs,
      })
      expect(record).toMatchObject({ visibleFromSeq: null, endedAtMs: null })
      expect(await findDelivery(db, given.id)).toEqual(record)
      expect(await findDelivery(db, 'nobody knows')).toBeNull()
    })

    it('[DB2] the same names are the same rider and customer', async () => {
      const first = await storeDelivery(db, newDelivery({ riderName: 'Ara', customerName: 'Bora' }))
      const second = await storeDelivery(db, newDelivery({ riderName: 'Ara', customerName: 'Bora' }))
      const third = await storeDelivery(db, newDelivery({ riderName: 'Chan', customerName: 'Dan' }))
      expect(second.riderId).toBe(first.riderId)
      expect(third.riderId).not.toBe(first.riderId)
      expect(await db.prisma.customer.count({ where: { name: 'Bora' } })).toBe(1)
    })

    it('[DB25] an order is found as it was given, with its numbers and without names', async () => {
      const given = newDelivery({
        externalId: '주문 7-0001',
        orderDigest: { note: 'a digest' },
        riderName: undefined,
        customerName: undefined,
        phones: { store: '+49 30 1', customer: '030 (22) 33-44' },
        note: 'Second yard,\nring at Müller',
        routed: false,
        promisedAtMs: 1_700_000_900_000,
      })
      const record = await storeDelivery(db, given)
      expect(record.delivery).toMatchObject({
        externalId: given.externalId,
        rider: { name: '' },
        routed: false,
        promisedAtMs: given.promisedAtMs,
      })
      expect(record).toMatchObject({
        ...{ riderId: given.id, customerName: '', phones: given.phones, note: given.note, pin: null },
      })
      expect(await findDelivery(db, given.id)).toEqual(record)
    })

    it('[DB25] of several orders with one externalId at once, one is stored', async () => {
      const attempts = await Promise.all(
        Array.from({ length: 20 }, () => createDelivery(db, newDelivery({ externalId: 'once' }))),
      )
      expect(attempts.filter((record) => record !== null)).toHaveLength(1)
      expect(await db.prisma.delivery.count({ where: { externalId: 'once' } })).toBe(1)
    })

    it('[DB25] of several orders with one externalId and a new store at once, one is stored, and none deadlocks', async () => {
      for (let round = 1; round <= 10; round += 1) {
        const externalId = `of a new store ${round}`
        const store = { name: externalId, lat: 37.5, lng: 127 }
        const attempts = await Promise.all(
          Array.from({ length: 20 }, () => createDelivery(db, newDelivery({ externalId, store }))),
        )
        expect(attempts.filter((record) => record !== null)).toHaveLength(1)
        expect(await db.prisma.store.count({ where: { name: externalId } })).toBe(1)
      }
    })

    it('[DB2] a new store that several come with at once is one store', async () => {
      const store = { name: 'Opened just now', lat: 37.51234, lng: 127.04321 }
      const records = await Promise.all(
        Array.from({ length: 20 }, () => storeDelivery(db, newDelivery({ store }))),
      )
      expect(records.map(({ delivery }) => delivery.store)).toEqual(records.map(() => store))
      expect(await db.prisma.store.count({ where: { name: store.name } })).toBe(1)
    })

    it('[DB3] a status changes only from what it was thought to be', async () => {
      const deliveryId = await create()
      const pickUp = {
        deliveryId,
        from: 'accepted',
        to: 'picked_up',
        atMs: AT_MS,
        pickUp: { visibleFromSeq: 4, visibleSeqTold: false },
      } as const
      expect(await changeStatus(db, pickUp)).toBe(true)
      expect(await changeStatus(db, { ...pickUp, pickUp: { visibleFromSeq: 9, visibleSeqTold: true } })).toBe(
        false,
      )
      expect(await changeStatus(db, { ...pickUp, deliveryId: 'nobody knows' })).toBe(false)
      const record = await findDelivery(db, deliveryId)
      expect(record?.delivery).toMatchObject({ status: 'picked_up', statusAtMs: AT_MS })
      expect(record).toMatchObject({
        ...{ visibleFromSeq: 4, visibleSeqTold: false, pickedUpAtMs: AT_MS, endedAtMs: null },
      })
    })

    it('[DB3] the end is dated, and visibility stays as it was', async () => {
      const deliveryId = await create()
      await changeStatus(db, {
        deliveryId,
        from: 'accepted',
        to: 'picked_up',
        atMs: AT_MS,
        pickUp: { visibleFromSeq: 1, visibleSeqTold: false },
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

    it('[DB16] each change is put into the outbox with itself, in order, until it is taken out', async () => {
      const deliveryId = await create()
      const outbox = createStatusOutbox(db)
      const mine = async () =>
        (await outbox.pending(1_000)).filter(({ event }) => event.deliveryId === deliveryId)
      await changeStatus(db, {
        deliveryId,
        from: 'accepted',
        to: 'picked_up',
        atMs: AT_MS,
        pickUp: { visibleFromSeq: 3, visibleSeqTold: false },
      })
      await changeStatus(db, { deliveryId, from: 'accepted', to: 'cancelled', atMs: AT_MS + 1 })
      await changeStatus(db, {
        deliveryId,
        from: 'picked_up',
        to: 'delivered',
        atMs: AT_MS + 2,
        requestId: 'who asked',
      })
      const pending = await mine()
      const view = { visibleFromSeq: 3, visibleSeqTold: false, pickedUpAtMs: AT_MS }
      const unseen = { visibleFromSeq: null, visibleSeqTold: true, pickedUpAtMs: null }
      const createdAtMs = 1_700_000_000_123
      expect(pending.map(({ event, requestId }) => [event, requestId])).toEqual([
        [{ v: 1, deliveryId, status: 'accepted', atMs: createdAtMs, ...unseen }, undefined],
        [{ v: 1, deliveryId, status: 'picked_up', atMs: AT_MS, ...view }, undefined],
        [{ v: 1, deliveryId, status: 'delivered', atMs: AT_MS + 2, ...view }, 'who asked'],
      ])
      await outbox.remove(pending.map(({ id }) => id))
      expect(await mine()).toEqual([])
    })

    it('[DB17] a replaced link counts its role alone, and is put into the outbox with that', async () => {
      const deliveryId = await create()
      const outbox = createLinkOutbox(db)
      const replace = (role: 'rider' | 'customer', riderVersion: number | null, requestId?: string) =>
        replaceLink(db, { deliveryId, role, riderVersion, atMs: AT_MS, requestId })
      expect((await findDelivery(db, deliveryId))?.links).toEqual({ rider: 1, customer: 1 })
      expect(await replace('customer', 1)).toBe(2)
      expect(await replace('rider', null, 'who asked')).toBe(2)
      expect((await findDelivery(db, deliveryId))?.links).toEqual({ rider: 2, customer: 2 })

      // The rider's first link has been replaced by now, whatever an instance may still believe.
      expect(await replace('customer', 1)).toBeNull()
      await changeStatus(db, { deliveryId, from: 'accepted', to: 'cancelled', atMs: AT_MS })
      expect(await replace('customer', 2)).toBeNull()
      expect(
        await replaceLink(db, { deliveryId: 'nobody knows', role: 'rider', riderVersion: null, atMs: 1 }),
      ).toBe(null)

      const mine = async () =>
        (await outbox.pending(1_000)).filter(({ event }) => event.deliveryId === deliveryId)
      const pending = await mine()
      const _view = { visibleFromSeq: 3, visibleSeqTold: false, pickedUpAtMs: AT_MS }
      expect(pending.map(({ event, requestId }) => [event, requestId])).toEqual([
        [{ v: 1, deliveryId, role: 'customer', version: 2, atMs: AT_MS }, undefined],
        [{ v: 1, deliveryId, role: 'rider', version: 2, atMs: AT_MS }, 'who asked'],
      ])
      await outbox.remove(pending.map(({ id }) => id))
      expect(await mine()).toEqual([])
    })

    it('[DB17] of several replacements at once each has a version of its own', async () => {
      const deliveryId = await create()
      const versions = await Promise.all(
        Array.from({ length: 20 }, () =>
          replaceLink(db, { deliveryId, role: 'customer', riderVersion: 1, atMs: AT_MS }),
        ),
      )
      expect(new Set(versions).size).toBe(20)
      expect((await findDelivery(db, deliveryId))?.links).toEqual({ rider: 1, customer: 21 })
    })

    it('[DB4] those that run are listed, newest first, up to the limit', async () => {
      const future = 4_000_000_000_000
      const oldest = await create({ createdAtMs: future })
      const ended = await create({ createdAtMs: future + 1 })
      const newest = await create({ createdAtMs: future + 2 })
      await changeStatus(db, { deliveryId: ended, from: 'accepted', to: 'cancelled', atMs: future + 3 })
      const listed = await listDeliveries(db, { state: 'live', limit: 2 })
      expect(listed.map(({ delivery }) => delivery.id)).toEqual([newest, oldest])
    })
  })
})
