import pino from 'pino'
import { inject } from 'vitest'
import type { Location } from '#contracts/location.ts'
import { createDelivery, type NewDelivery } from '#server/db/create-delivery.ts'
import { type DeliveryRecord, findDeliveries } from '#server/db/deliveries.ts'
import { migrate } from '#server/db/migrate.ts'
import { type Database, openDatabase } from '#server/db/open-database.ts'
import { atEnd } from './at-end.ts'
import { freshDatabase } from './postgres.ts'

export const silent = pino({ level: 'silent' })

export type TestDatabase = { db: Database; databaseUrl: string }

/** A migrated database of its own, on the PostgreSQL of this run. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const opened = await openEmptyDatabase()
  await migrate(opened.db, { logger: silent })
  return opened
}

/** The same without tables. */
export async function openEmptyDatabase(): Promise<TestDatabase> {
  const { url, drop } = await freshDatabase(inject('postgresUrl'))
  atEnd(drop)
  const db = await openDatabase({ databaseUrl: url, dataDir: '/unused', logger: silent })
  atEnd(() => db.close())
  return { db, databaseUrl: url }
}

export async function findDelivery(db: Database, id: string): Promise<DeliveryRecord | null> {
  return (await findDeliveries(db, [id]))[0] ?? null
}

let deliveries = 0

/** A delivery nobody else has, to be created. */
export function newDelivery(more: Partial<NewDelivery> = {}): NewDelivery {
  deliveries++
  return {
    id: `delivery-${process.pid}-${deliveries}`,
    store: { name: 'Kimbap House', lat: 37.4979, lng: 127.0276 },
    destination: { name: 'Home', lat: 37.5045, lng: 127.049 },
    riderName: 'Minsu',
    customerName: 'Jiwoo',
    route: [
      [37.4979, 127.0276],
      [37.5045, 127.049],
    ],
    routed: true,
    createdAtMs: 1_700_000_000_123,
    ...more,
  }
}

/** That delivery, stored. */
export async function storeDelivery(db: Database, given = newDelivery()): Promise<DeliveryRecord> {
  const record = await createDelivery(db, given)
  if (!record) throw new Error(`${given.externalId} is there already`)
  return record
}

/** A location with values that do not survive careless rounding; every other one lacks what is optional. */
export function newLocation(deliveryId: string, seq: number, more: Partial<Location> = {}): Location {
  return {
    deliveryId,
    seq,
    lat: 37.4979 + seq / 3e6,
    lng: 127.0276 + seq / 7e6,
    recordedAtMs: 1_700_000_000_001 + seq * 5_000,
    receivedAtMs: 1_700_000_000_077 + seq * 5_000,
    ...(seq % 2 === 0 && { accuracyM: 3.3, headingDeg: 0.1 + seq / 3, speedMps: 5.55 }),
    ...more,
  }
}

/** Of one browser, which has been told all there is: what sends messages leaves it alone. */
export const SUBSCRIPTION = {
  endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/of-a-test',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  language: 'en',
  origin: 'https://rides.example',
  customerLinkVersion: 1,
  told: 'picked_up',
} as const
