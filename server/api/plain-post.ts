import { MAX_FIXES_PER_POST, type PostLocationsBody } from '#contracts/http.ts'
import { MAX_RIDE_SEQ } from '#contracts/location.ts'
import { MAX_EPOCH_MS } from '#contracts/time.ts'
import { isWholeWithin, isWithin } from '../ground/is-within.ts'

/**
 * A body of locations that is plainly right, as `postLocationsBodySchema` would return it, and undefined for every other:
 * the schema has the last word, and tells what is wrong. Riders post all the time, and nearly all of their bodies are
 * plain; the schema's own way costs several times as much.
 */
export function readPlainPost(value: unknown): PostLocationsBody | undefined {
  if (!isObject(value)) return undefined
  for (const name in value) if (name !== 'locations') return undefined
  const { locations } = value
  if (!Array.isArray(locations)) return undefined
  if (locations.length < 1 || locations.length > MAX_FIXES_PER_POST) return undefined
  return locations.every(isPlainFix) ? (value as PostLocationsBody) : undefined
}

function isPlainFix(fix: unknown): boolean {
  if (!isObject(fix)) return false
  for (const name in fix) if (!NAMES.has(name)) return false
  const { seq, lat, lng, recordedAtMs } = fix
  return (
    isWholeWithin(seq, 1, MAX_RIDE_SEQ) &&
    isWithin(lat, -90, 90) &&
    isWithin(lng, -180, 180) &&
    isWholeWithin(recordedAtMs, 0, MAX_EPOCH_MS)
  )
}

/** The last three may hold anything. */
const NAMES = new Set(['seq', 'lat', 'lng', 'recordedAtMs', 'accuracyM', 'headingDeg', 'speedMps'])

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
