import type { Location } from '#contracts/location.ts'
import type { Location as Row } from '../../generated/prisma/client.ts'

/** On the wire a value that is not known is absent, not null. */
export function toLocation(row: Row): Location {
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
