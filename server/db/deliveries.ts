import { z } from 'zod'
import type { Delivery } from '#contracts/delivery.ts'
import { type LatLng, latLngSchema, type Place } from '#contracts/place.ts'
import type { LinkVersions } from '#domain/links.ts'
import type { RidingDevice } from '#domain/riding-device.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from './database.ts'
import { isStorableText } from './is-storable-text.ts'
import { findOrCreateCustomer, findOrCreateRider, findOrCreateStore } from './people-and-places.ts'

export type DeliveryRecord = {
  delivery: Delivery
  riderId: string
  customerId: string
  /** See domain/visibility.ts. */
  visibleFromSeq: number | null
  visibleSeqTold: boolean
  pickedUpAtMs: number | null
  endedAtMs: number | null
  links: LinkVersions
  riding: RidingDevice
}

export type NewDelivery = {
  id: string
  store: Place
  destination: Place
  riderName: string
  customerName: string
  route: LatLng[]
  createdAtMs: number
}

const WITH_NAMES = { store: true, rider: true } as const satisfies Prisma.DeliveryInclude
type Row = Prisma.DeliveryGetPayload<object> & { store: Place; rider: { name: string } }

export async function createDelivery(db: Database, given: NewDelivery): Promise<DeliveryRecord> {
  const [storeId, riderId, customerId] = await Promise.all([
    findOrCreateStore(db, given.store),
    findOrCreateRider(db, given.riderName),
    findOrCreateCustomer(db, given.customerName),
  ])
  const createdAt = new Date(given.createdAtMs)
  const row = await db.prisma.delivery.create({
    data: {
      id: given.id,
      storeId,
      riderId,
      customerId,
      destinationName: given.destination.name,
      destinationLat: given.destination.lat,
      destinationLng: given.destination.lng,
      route: given.route,
      status: 'accepted',
      statusAt: createdAt,
      createdAt,
    },
  })
  // To have Prisma read the names back would be a transaction of four statements instead of one.
  return toRecord({ ...row, store: given.store, rider: { name: given.riderName } })
}

/** Those of these deliveries that there are. */
export async function findDeliveries(db: Database, ids: readonly string[]): Promise<DeliveryRecord[]> {
  const storable = ids.filter(isStorableText)
  const rows = await db.prisma.delivery.findMany({ where: { id: { in: storable } }, include: WITH_NAMES })
  return rows.map(toRecord)
}

/** Deliveries that have not ended, newest first. */
export async function listRunningDeliveries(db: Database, limit: number): Promise<DeliveryRecord[]> {
  const rows = await db.prisma.delivery.findMany({
    where: { endedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: WITH_NAMES,
  })
  return rows.map(toRecord)
}

const routeSchema = z.array(latLngSchema)

function toRecord(row: Row): DeliveryRecord {
  return {
    delivery: {
      id: row.id,
      status: row.status,
      store: { name: row.store.name, lat: row.store.lat, lng: row.store.lng },
      destination: { name: row.destinationName, lat: row.destinationLat, lng: row.destinationLng },
      rider: { name: row.rider.name },
      route: routeSchema.parse(row.route),
      createdAtMs: row.createdAt.getTime(),
      statusAtMs: row.statusAt.getTime(),
    },
    riderId: row.riderId,
    customerId: row.customerId,
    visibleFromSeq: row.visibleFromSeq,
    visibleSeqTold: row.visibleSeqTold,
    pickedUpAtMs: row.pickedUpAt?.getTime() ?? null,
    endedAtMs: row.endedAt?.getTime() ?? null,
    links: { rider: row.riderLinkVersion, customer: row.customerLinkVersion },
    riding: { deviceId: row.ridingDevice, takeover: row.deviceTakeovers },
  }
}
