import {
  type Location,
  MAX_ACCURACY_M,
  MAX_HEADING_DEG,
  MAX_SEQ,
  MAX_SPEED_MPS,
} from '#contracts/location.ts'
import { MAX_EPOCH_MS } from '#contracts/time.ts'
import { isWholeWithin, isWithin } from '../ground/is-within.ts'

const DELIVERY_ID = /^[!-~]{1,64}$/

type Members = { readonly [Name in keyof Location | 'v' | 'riderId']?: unknown }

/**
 * The location of an event that is plainly right, as `locationEventSchema` reads it, and undefined for every other: the
 * schema has the last word, and tells what is wrong. Two readers read each event, and all of them are our own.
 */
export function readPlainLocation(value: unknown): Location | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const members: Members = value
  const { deliveryId, seq, lat, lng, recordedAtMs, receivedAtMs } = members
  if (
    members.v !== 1 ||
    typeof members.riderId !== 'string' ||
    typeof deliveryId !== 'string' ||
    !DELIVERY_ID.test(deliveryId) ||
    !isWholeWithin(seq, 1, MAX_SEQ) ||
    !isWithin(lat, -90, 90) ||
    !isWithin(lng, -180, 180) ||
    !isWholeWithin(recordedAtMs, 0, MAX_EPOCH_MS) ||
    !isWholeWithin(receivedAtMs, 0, MAX_EPOCH_MS)
  )
    return undefined
  const location: Location = { deliveryId, seq, lat, lng, recordedAtMs, receivedAtMs }
  const { accuracyM, headingDeg, speedMps, implausible } = members
  if (accuracyM !== undefined) {
    if (!isWithin(accuracyM, 0, MAX_ACCURACY_M)) return undefined
    location.accuracyM = accuracyM
  }
  if (headingDeg !== undefined) {
    if (!isWithin(headingDeg, 0, MAX_HEADING_DEG)) return undefined
    location.headingDeg = headingDeg
  }
  if (speedMps !== undefined) {
    if (!isWithin(speedMps, 0, MAX_SPEED_MPS)) return undefined
    location.speedMps = speedMps
  }
  if (implausible !== undefined) {
    if (implausible !== true) return undefined
    location.implausible = true
  }
  return location
}
