import { reportedFixSchema } from '#contracts/location.ts'
import { readFix } from '#domain/read-fix.ts'
import type { Reading } from './reading.ts'

/** A device's report checked by the server's own rule; null when it has no usable place or time. */
export function checkReading(position: GeolocationPosition): Reading | null {
  // Some devices omit or garble fields that the interface promises.
  const { coords, timestamp } = position as { coords?: Partial<GeolocationCoordinates>; timestamp?: unknown }
  const parsed = reportedFixSchema.safeParse({
    seq: 1,
    lat: coords?.latitude,
    lng: coords?.longitude,
    recordedAtMs: typeof timestamp === 'number' ? Math.round(timestamp) : timestamp,
    accuracyM: coords?.accuracy,
    headingDeg: coords?.heading,
    speedMps: coords?.speed,
  })
  if (!parsed.success) return null
  const { seq: _, ...reading } = readFix(parsed.data).fix
  return reading
}
