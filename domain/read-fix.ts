import { type Fix, fixSchema, MAX_ACCURACY_M, type ReportedFix } from '#contracts/location.ts'
import { roundDegrees, roundTenths } from './digits.ts'

export type OptionalField = 'accuracyM' | 'headingDeg' | 'speedMps'
export const OPTIONAL_FIELDS = ['accuracyM', 'headingDeg', 'speedMps'] as const satisfies OptionalField[]

export type ReadFix = {
  fix: Fix
  /** The optional fields whose values were not used. */
  dropped: OptionalField[]
}

const { accuracyM: accuracySchema, headingDeg: headingSchema, speedMps: speedSchema } = fixSchema.shape

/**
 * Judges the optional fields of a reading, which devices fill with what they like: the position is good without them.
 * Heading and speed out of range are unknown. An accuracy out of range is a device's way to say that it has none
 * (iOS: −1), so it means "very uncertain"; an accuracy that is null or missing is unknown. Digits that mean nothing are
 * rounded off here, before anything is compared or kept.
 *
 * Used on the device before a reading is kept, and on the server before it is published, so that both agree. Fields are
 * named one by one: nothing that a request carried besides gets on.
 */
export function readFix(reported: ReportedFix): ReadFix {
  const dropped: OptionalField[] = []
  const fix: Fix = {
    seq: reported.seq,
    lat: roundDegrees(reported.lat),
    lng: roundDegrees(reported.lng),
    recordedAtMs: reported.recordedAtMs,
  }
  const accuracy = accuracySchema.safeParse(reported.accuracyM)
  if (!accuracy.success) dropped.push('accuracyM')
  const accuracyM = accuracy.success
    ? accuracy.data
    : reported.accuracyM === null
      ? undefined
      : MAX_ACCURACY_M
  if (accuracyM !== undefined) fix.accuracyM = roundTenths(accuracyM)

  const heading = headingSchema.safeParse(reported.headingDeg)
  if (!heading.success) dropped.push('headingDeg')
  // Devices send 360 as well as 0.
  else if (heading.data !== undefined) fix.headingDeg = roundTenths(heading.data) % 360

  const speed = speedSchema.safeParse(reported.speedMps)
  if (!speed.success) dropped.push('speedMps')
  else if (speed.data !== undefined) fix.speedMps = roundTenths(speed.data)
  return { fix, dropped }
}
