import { isTime } from '#contracts/app-posts.ts'
import { type AppReading, withinSecond } from '#domain/app-readings.ts'
import { ProblemError } from '../ground/problem-error.ts'

const MPS_PER_KNOT = 1_852 / 3_600
/** Smaller numbers are seconds: Traccar's own reader draws the line here. */
const MOST_SECONDS = 2_147_483_647

/**
 * What Traccar Client said before its version 9, and OsmAnd says: parameters. Of one that stands there twice the last
 * counts. Null for a position that calls itself not valid.
 * @throws ProblemError `invalid_body` naming the parameter
 */
export function readOsmAnd(parameters: URLSearchParams, receivedAtMs: number): AppReading | null {
  const said = Object.fromEntries(parameters)
  const [lat, lon] = said.location?.split(',') ?? [said.lat, said.lon]
  const field = (name: string) => (said.location === undefined ? name : 'location')
  const reading = {
    lat: readDegrees(lat, 90, field('lat')),
    lng: readDegrees(lon, 180, field('lon')),
    recordedAtMs: said.timestamp === undefined ? receivedAtMs : readTime(said.timestamp, receivedAtMs),
    accuracyM: readMeasure(said.accuracy),
    headingDeg: readMeasure(said.bearing ?? said.heading),
    speedMps: readMeasure(said.speed, MPS_PER_KNOT),
  }
  return said.valid === undefined || said.valid === 'true' || said.valid === '1' ? reading : null
}

function readDegrees(text: string | undefined, most: number, field: string): number {
  const degrees = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  if (Math.abs(degrees) <= most) return degrees
  throw new ProblemError('invalid_body', { detail: `Degrees from ${-most} to ${most}.`, field })
}

/** What is no number is dropped with the other values that devices put there. */
function readMeasure(text: string | undefined, factor = 1): unknown {
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  return Number.isNaN(value) ? text : value * factor
}

/** Epoch seconds or milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss`. */
function readTime(text: string, receivedAtMs: number): number {
  const value = Number(text)
  const isNumber = /^\d+$/.test(text)
  const inSeconds = isNumber && value < MOST_SECONDS
  const epochMs = inSeconds ? withinSecond(value, receivedAtMs) : isNumber ? value : readIsoTime(text)
  if (isTime(epochMs)) return epochMs
  throw new ProblemError('invalid_body', { detail: 'Not a time.', field: 'timestamp' })
}

/** A time without a zone is UTC. In a query the plus sign of a zone comes as a space. */
export function readIsoTime(text: string): number {
  const [, date = '', time = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]?\d\d:?\d\d)?$/i.exec(text) ?? []
  return Date.parse(`${date}T${time}${/^\d/.test(zone) ? `+${zone}` : zone}`)
}
