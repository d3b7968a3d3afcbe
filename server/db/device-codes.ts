import type { Numbering } from '#domain/app-readings.ts'
import type { Database } from './database.ts'

export type NewCode = {
  deliveryId: string
  digest: string
  riderVersion: number
  atMs: number
  /** For the delivery's first code; later ones go on with its numbers. */
  numbering: Pick<Numbering, 'fromAtMs' | 'fromSeq'>
}
/** A code that works, with the delivery it is for. */
export type FoundCode = { deliveryId: string; version: number; claimed: boolean; numbering: Numbering }

/**
 * Puts the code in the place of the delivery's earlier one. Returns whether it is there: not when the delivery has ended, or
 * the rider's link that asks has been replaced.
 */
export async function storeCode({ prisma }: Database, code: NewCode): Promise<boolean> {
  const { deliveryId, digest, riderVersion, numbering } = code
  const at = new Date(code.atMs)
  const fromAt = new Date(numbering.fromAtMs)
  const stored = await prisma.$executeRaw`
    INSERT INTO device_codes
      (delivery_id, digest, rider_link_version, issued_at, numbers_from_at, numbers_from_seq)
    SELECT id, ${digest}, ${riderVersion}::int, ${at}::timestamptz, ${fromAt}::timestamptz, ${numbering.fromSeq}::int
    FROM deliveries
    WHERE id = ${deliveryId} AND ended_at IS NULL AND rider_link_version <= ${riderVersion}::int
    ON CONFLICT (delivery_id) DO UPDATE SET
      digest = excluded.digest, version = device_codes.version + 1, claimed = false,
      rider_link_version = excluded.rider_link_version, issued_at = excluded.issued_at`
  return stored === 1
}

/** Null when there is no such code, it was issued before `sinceMs`, or by a link of the rider that has been replaced. */
export async function findCode(
  { prisma }: Database,
  digest: string,
  sinceMs: number,
): Promise<FoundCode | null> {
  const since = new Date(sinceMs)
  const [found] = await prisma.$queryRaw<
    {
      deliveryId: string
      version: number
      claimed: boolean
      fromAt: Date
      fromSeq: number
      clockOffMs: number | null
    }[]
  >`
    SELECT delivery_id AS "deliveryId", version, claimed, numbers_from_at AS "fromAt",
      numbers_from_seq AS "fromSeq", clock_off_ms AS "clockOffMs"
    FROM device_codes JOIN deliveries ON deliveries.id = delivery_id
    WHERE digest = ${digest} AND issued_at > ${since}::timestamptz
      AND device_codes.rider_link_version >= deliveries.rider_link_version`
  if (!found) return null
  const { deliveryId, version, claimed, fromAt, fromSeq, clockOffMs } = found
  return { deliveryId, version, claimed, numbering: { fromAtMs: fromAt.getTime(), fromSeq, clockOffMs } }
}

/** Unless the code has been replaced since. */
export async function noteClaimed({ prisma }: Database, { deliveryId, version }: FoundCode): Promise<void> {
  await prisma.$executeRaw`
    UPDATE device_codes SET claimed = true WHERE delivery_id = ${deliveryId} AND version = ${version}::int`
}

export async function noteClockOff(
  { prisma }: Database,
  deliveryId: string,
  ms: number | null,
): Promise<void> {
  await prisma.$executeRaw`
    UPDATE device_codes SET clock_off_ms = ${ms}::float8 WHERE delivery_id = ${deliveryId}`
}
