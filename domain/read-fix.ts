import {
  type Fix,
  MAX_ACCURACY_M,
  MAX_HEADING_DEG,
  MAX_SPEED_MPS,
  type ReportedFix,
} from '#contracts/location.ts'
import { roundDegrees, roundTenths } from './digits.ts'

export type OptionalField = 'accuracyM' | 'headingDeg' | 'speedMps'
export const OPTIONAL_FIELDS = ['accuracyM', 'headingDeg', 'speedMps'] as const satisfies OptionalField[]

export type ReadFix = {
  fix: Fix
  /** The optional fields whose values were not used. */
  dropped: OptionalField[]
}

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
  const { accuracyM, headingDeg, speedMps } = reported
  if (!isUsable(accuracyM, MAX_ACCURACY_M)) {
    dropped.push('accuracyM')
    if (accuracyM !== null) fix.accuracyM = MAX_ACCURACY_M
  } else if (accuracyM !== undefined) fix.accuracyM = roundTenths(accuracyM)

  if (!isUsable(headingDeg, MAX_HEADING_DEG)) dropped.push('headingDeg')
  // Devices send 360 as well as 0.
  else if (headingDeg !== undefined) fix.headingDeg = roundTenths(headingDeg) % 360

  if (!isUsable(speedMps, MAX_SPEED_MPS)) dropped.push('speedMps')
  else if (speedMps !== undefined) fix.speedMps = roundTenths(speedMps)
  return { fix, dropped }
}

/** As the schema of a fix has it; written out because every point of every post is asked for three of them. */
function isUsable(value: unknown, most: number): value is number | undefined {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= most)
}
