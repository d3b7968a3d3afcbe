import type { LatLng, Place } from '#contracts/place.ts'
import { FIRST_LINKS } from '#domain/links.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import type { Database } from './database.ts'
import type { DeliveryRecord, OrderDigest, Phones } from './deliveries.ts'
import { isForeignKeyViolation } from './is-foreign-key-violation.ts'

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
 * Stores a delivery and puts its first status into the outbox, in one statement, with its store, its rider and its customer
 * where they are not there yet. Returns null when another delivery has its `externalId`, also one that is just being stored
 * by another instance.
 */
export async function createDelivery(db: Database, given: NewDelivery): Promise<DeliveryRecord | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { isStored, riderId, hasStore } = await insert(db, given)
      if (isStored) return { ...AT_FIRST, ...toRecord(given), riderId: riderId ?? given.id }
      // Without a store another delivery brought the same one just now, and the next statement sees it.
      if (hasStore) return null
      if (attempt === TRIES) throw new Error('The store of the delivery comes and goes')
    } catch (error) {
      // The last other delivery of this store or these people was erased just now, and they with it: they are made anew.
      if (attempt === TRIES || !isForeignKeyViolation(error)) throw error
    }
  }
}

/**
 * A name at a place is one store, also when several deliveries bring a new one at the same moment. Riders and customers are
 * known by name only. Names are not identities, so the tables do not insist that they are unique, and two first deliveries
 * at the same moment may make two of them: harmless, as nothing is told of one that is not told of the delivery.
 *
 * A store that another delivery has just brought is left alone. To update it would lock its row while this statement waits
 * for the other one with the same `externalId`, which may wait for that very row.
 */
const INSERT = `
  WITH known_store AS (
    SELECT id FROM stores WHERE name = $4 AND lat = $5 AND lng = $6
  ), new_store AS (
    INSERT INTO stores (id, name, lat, lng)
    SELECT gen_random_uuid(), $4, $5::float8, $6::float8 WHERE NOT EXISTS (SELECT FROM known_store)
    ON CONFLICT (name, lat, lng) DO NOTHING
    RETURNING id
  ), store AS (
    SELECT id FROM known_store UNION ALL SELECT id FROM new_store
  ), known_rider AS (
    SELECT id FROM riders WHERE name = $7::text LIMIT 1
  ), new_rider AS (
    INSERT INTO riders (id, name)
    SELECT gen_random_uuid(), $7::text WHERE $7::text IS NOT NULL AND NOT EXISTS (SELECT FROM known_rider)
    RETURNING id
  ), known_customer AS (
    SELECT id FROM customers WHERE name = $8::text LIMIT 1
  ), new_customer AS (
    INSERT INTO customers (id, name)
    SELECT gen_random_uuid(), $8::text WHERE $8::text IS NOT NULL AND NOT EXISTS (SELECT FROM known_customer)
    RETURNING id
  ), created AS (
    INSERT INTO deliveries (
      id, external_id, order_digest, store_id, rider_id, customer_id,
      destination_name, destination_lat, destination_lng, route, routed, route_ms,
      store_phone, rider_phone, customer_phone, note, pin,
      status, status_at, created_at, promised_at
    )
    SELECT
      $1, $2, $3::jsonb, store.id,
      (SELECT id FROM known_rider UNION ALL SELECT id FROM new_rider),
      (SELECT id FROM known_customer UNION ALL SELECT id FROM new_customer),
      $9, $10::float8, $11::float8, $12::jsonb, $13::boolean, $14::int,
      $15, $16, $17, $18, $19,
      'accepted', $20::timestamptz, $20::timestamptz, $21::timestamptz
    FROM store
    ON CONFLICT (external_id) DO NOTHING
    RETURNING id, rider_id
  ), told AS (
    INSERT INTO status_outbox (delivery_id, status, at, request_id)
    SELECT id, 'accepted', $20::timestamptz, $22 FROM created
  )
  SELECT
    EXISTS (SELECT FROM created) AS "isStored",
    (SELECT rider_id::text FROM created) AS "riderId",
    EXISTS (SELECT FROM store) AS "hasStore"`

type Outcome = { isStored: boolean; riderId: string | null; hasStore: boolean }

async function insert({ rows }: Database, given: NewDelivery): Promise<Outcome> {
  const { store, destination, phones = {} } = given
  const [outcome] = await rows<Outcome>(INSERT, [
    ...[given.id, given.externalId, given.orderDigest && JSON.stringify(given.orderDigest)],
    ...[store.name, store.lat, store.lng],
    // An empty name is no name.
    ...[given.riderName || null, given.customerName || null],
    ...[destination.name, destination.lat, destination.lng],
    ...[JSON.stringify(given.route), given.routed, given.durationMs],
    ...[phones.store, phones.rider, phones.customer, given.note, given.pin],
    new Date(given.createdAtMs).toISOString(),
    given.promisedAtMs === undefined ? null : new Date(given.promisedAtMs).toISOString(),
    given.requestId,
  ])
  if (!outcome) throw new Error('A SELECT without FROM returned no row')
  return outcome
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
