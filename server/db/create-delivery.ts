import type { LatLng, Place } from '#contracts/place.ts'
import { FIRST_LINKS } from '#domain/links.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import type { Database } from './database.ts'
import type { DeliveryRecord, OrderDigest, Phones } from './deliveries.ts'
import { isForeignKeyViolation } from './is-foreign-key-violation.ts'
import { findOrCreatePeopleAndPlaces } from './people-and-places.ts'

export type NewDelivery = {
  id: string
  /** The shop's own number of its order, and what it asked for with it. */
  externalId?: string | undefined
  orderDigest?: OrderDigest | undefined
  store: Place
  destination: Place
  riderName?: string | undefined
  customerName?: string | undefined
  phones?: Phones | undefined
  note?: string | undefined
  pin?: string | undefined
  route: LatLng[]
  routed: boolean
  /** How long a router takes the way to last. */
  durationMs?: number | undefined
  promisedAtMs?: number | undefined
  createdAtMs: number
  requestId?: string | undefined
}

const TRIES = 5

/**
 * Stores a delivery and puts its first status into the outbox, in one statement. Returns null when another delivery has
 * its `externalId`, also one that is just being stored by another instance.
 */
export async function createDelivery(db: Database, given: NewDelivery): Promise<DeliveryRecord | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await insert(db, given)
    } catch (error) {
      // The last other delivery of this store or these people was erased just now, and they with it: they are made anew.
      if (attempt === TRIES || !isForeignKeyViolation(error)) throw error
    }
  }
}

async function insert(db: Database, given: NewDelivery): Promise<DeliveryRecord | null> {
  const { storeId, riderId, customerId } = await findOrCreatePeopleAndPlaces(db, given)
  const { id, externalId = null, destination, phones = {}, note = null, pin = null, requestId = null } = given
  const createdAt = new Date(given.createdAtMs)
  const promisedAt = given.promisedAtMs === undefined ? null : new Date(given.promisedAtMs)
  const orderDigest = given.orderDigest ? JSON.stringify(given.orderDigest) : null
  const created = await db.prisma.$executeRaw`
    WITH created AS (
      INSERT INTO deliveries (
        id, external_id, order_digest, store_id, rider_id, customer_id,
        destination_name, destination_lat, destination_lng, route, routed, route_ms,
        store_phone, rider_phone, customer_phone, note, pin,
        status, status_at, created_at, promised_at
      ) VALUES (
        ${id}, ${externalId}, ${orderDigest}::jsonb, ${storeId}::uuid, ${riderId}::uuid, ${customerId}::uuid,
        ${destination.name}, ${destination.lat}, ${destination.lng},
        ${JSON.stringify(given.route)}::jsonb, ${given.routed}, ${given.durationMs ?? null}::int,
        ${phones.store ?? null}, ${phones.rider ?? null}, ${phones.customer ?? null}, ${note}, ${pin},
        'accepted', ${createdAt}::timestamptz, ${createdAt}::timestamptz, ${promisedAt}::timestamptz
      )
      ON CONFLICT (external_id) DO NOTHING
      RETURNING id
    )
    INSERT INTO status_outbox (delivery_id, status, at, request_id)
    SELECT id, 'accepted', ${createdAt}::timestamptz, ${requestId} FROM created`
  return created === 0 ? null : { ...AT_FIRST, ...toRecord(given), riderId: riderId ?? id }
}

const AT_FIRST = {
  visibleFromSeq: null,
  visibleSeqTold: true,
  pickedUpAtMs: null,
  endedAtMs: null,
  links: FIRST_LINKS,
  riding: NO_DEVICE,
}

/** To read back what has just been stored would be more statements than to store it. */
function toRecord(given: NewDelivery) {
  const { id, externalId, store, destination, route, routed, promisedAtMs, createdAtMs } = given
  return {
    delivery: {
      id,
      ...(externalId !== undefined && { externalId }),
      status: 'accepted' as const,
      store: { name: store.name, lat: store.lat, lng: store.lng },
      destination: { name: destination.name, lat: destination.lat, lng: destination.lng },
      rider: { name: given.riderName ?? '' },
      route,
      routed,
      ...(promisedAtMs !== undefined && { promisedAtMs }),
      createdAtMs,
      statusAtMs: createdAtMs,
    },
    plan: { number: 0, fromSeq: null, durationMs: given.durationMs ?? null },
    customerName: given.customerName ?? '',
    phones: given.phones ?? {},
    note: given.note ?? null,
    pin: given.pin ?? null,
  }
}
