import { z } from 'zod'
import type { Delivery } from '#contracts/delivery.ts'
import { latLngSchema } from '#contracts/place.ts'
import type { LinkVersions } from '#domain/links.ts'
import type { RidingDevice } from '#domain/riding-device.ts'
import { tightRoute } from '#domain/route.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from './database.ts'
import { isStorableText } from './is-storable-text.ts'

/** Of each member of an order a digest, by the member's path. */
export type OrderDigest = Record<string, string>

export type Phones = { store?: string; rider?: string; customer?: string }

export type DeliveryRecord = {
  delivery: Delivery
  riderId: string
  /** Empty when the order names no customer. */
  customerName: string
  phones: Phones
  note: string | null
  pin: string | null
  /** See domain/visibility.ts. */
  visibleFromSeq: number | null
  visibleSeqTold: boolean
  pickedUpAtMs: number | null
  endedAtMs: number | null
  /**
   * Of its way: which plan it is, 0 for the first, the number of the position that it starts at, and how long a router takes
   * it to last.
   */
  plan: { number: number; fromSeq: number | null; durationMs: number | null }
  links: LinkVersions
  riding: RidingDevice
}

// What was asked for is compared by its digest, and read only then.
const WITH_NAMES = {
  include: { store: true, rider: true, customer: true },
  omit: { orderDigest: true },
} as const satisfies Prisma.DeliveryDefaultArgs
type Row = Prisma.DeliveryGetPayload<typeof WITH_NAMES>

/** Those of these deliveries that there are. */
export async function findDeliveries(db: Database, ids: readonly string[]): Promise<DeliveryRecord[]> {
  const storable = ids.filter(isStorableText)
  const rows = await db.prisma.delivery.findMany({ where: { id: { in: storable } }, ...WITH_NAMES })
  return rows.map(toRecord)
}

/** Where a delivery stands in the list of all, newest first. */
export type PlaceInList = { createdAtMs: number; id: string }
type Wanted = {
  state: 'live' | 'ended' | 'all'
  externalId?: string | undefined
  /** Only what stands behind it. */
  after?: PlaceInList | undefined
  limit: number
}

const ENDED = { live: { endedAt: null }, ended: { endedAt: { not: null } }, all: {} }

/** Newest first. */
export async function listDeliveries(
  db: Database,
  { state, externalId, after, limit }: Wanted,
): Promise<DeliveryRecord[]> {
  const createdAt = after && new Date(after.createdAtMs)
  const rows = await db.prisma.delivery.findMany({
    where: {
      ...ENDED[state],
      ...(externalId !== undefined && { externalId }),
      ...(after &&
        createdAt && { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    ...WITH_NAMES,
  })
  return rows.map(toRecord)
}

export type AskedOrder = { record: DeliveryRecord; orderDigest: OrderDigest }

const digestSchema = z.record(z.string(), z.string())

/** The delivery of the order with this number of the shop's. */
export async function findByExternalId(db: Database, externalId: string): Promise<AskedOrder | null> {
  const row = await db.prisma.delivery.findUnique({ where: { externalId }, include: WITH_NAMES.include })
  return row && { record: toRecord(row), orderDigest: digestSchema.parse(row.orderDigest) }
}

const routeSchema = z.array(latLngSchema)

function toRecord(row: Row): DeliveryRecord {
  return {
    delivery: {
      id: row.id,
      ...(row.externalId !== null && { externalId: row.externalId }),
      status: row.status,
      store: { name: row.store.name, lat: row.store.lat, lng: row.store.lng },
      destination: { name: row.destinationName, lat: row.destinationLat, lng: row.destinationLng },
      rider: { name: row.rider?.name ?? '' },
      route: tightRoute(routeSchema.parse(row.route)),
      routed: row.routed,
      ...(row.promisedAt && { promisedAtMs: row.promisedAt.getTime() }),
      createdAtMs: row.createdAt.getTime(),
      statusAtMs: row.statusAt.getTime(),
      ...(row.reason !== null && { reason: row.reason }),
    },
    // A rider without a name is known by this delivery alone.
    riderId: row.riderId ?? row.id,
    customerName: row.customer?.name ?? '',
    phones: {
      ...(row.storePhone !== null && { store: row.storePhone }),
      ...(row.riderPhone !== null && { rider: row.riderPhone }),
      ...(row.customerPhone !== null && { customer: row.customerPhone }),
    },
    note: row.note,
    pin: row.pin,
    visibleFromSeq: row.visibleFromSeq,
    visibleSeqTold: row.visibleSeqTold,
    pickedUpAtMs: row.pickedUpAt?.getTime() ?? null,
    endedAtMs: row.endedAt?.getTime() ?? null,
    plan: { number: row.routePlan, fromSeq: row.routeFromSeq, durationMs: row.routeMs },
    links: { rider: row.riderLinkVersion, customer: row.customerLinkVersion },
    riding: { deviceId: row.ridingDevice, takeover: row.deviceTakeovers },
  }
}
