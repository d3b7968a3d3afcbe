import type { Location } from '#contracts/location.ts'
import { type Location as LocationRow, Prisma } from '../../generated/prisma/client.ts'

export type { LocationRow }

/** As the client names them, for statements of our own on `locations`. */
export const LOCATION_COLUMNS = Prisma.raw(`
  delivery_id AS "deliveryId", seq, lat, lng, recorded_at AS "recordedAt", received_at AS "receivedAt",
  accuracy_m AS "accuracyM", heading_deg AS "headingDeg", speed_mps AS "speedMps", implausible`)

/** On the wire a value that is not known is absent, not null. */
export function toLocation(row: LocationRow): Location {
  return {
    deliveryId: row.deliveryId,
    seq: row.seq,
    lat: row.lat,
    lng: row.lng,
    recordedAtMs: row.recordedAt.getTime(),
    receivedAtMs: row.receivedAt.getTime(),
    ...(row.accuracyM !== null && { accuracyM: row.accuracyM }),
    ...(row.headingDeg !== null && { headingDeg: row.headingDeg }),
    ...(row.speedMps !== null && { speedMps: row.speedMps }),
    ...(row.implausible && { implausible: true as const }),
  }
}
