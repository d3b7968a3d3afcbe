import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Place } from '#contracts/place.ts'

const AT_ONCE = 1_000

/**
 * The ride as GeoJSON (RFC 7946), a piece of text for each page of points: the two places; the line of what was believed,
 * with a time for each of its positions (`coordinateProperties.times`, as programs know it from converted GPX); and each
 * place that was not believed, marked `implausible`. A line has two positions at least (§3.1.4): a lone one is a point. What
 * the file is of is a foreign member (§6.1): a collection must not have `properties` (§7.1).
 */
export async function* writeGeoJson(
  { id, status, store, destination, createdAtMs }: Delivery,
  pages: AsyncIterable<readonly Location[]>,
): AsyncGenerator<string> {
  const about = { id, status, createdAt: timeOf(createdAtMs) }
  yield `{"type":"FeatureCollection","delivery":${JSON.stringify(about)},"features":[\n`
  yield `${place(store, 'store')},\n${place(destination, 'destination')}`

  let isLine = false
  let waiting: Location[] = []
  // Numbers alone: a day of readings, one a second, is 700 KB.
  const timesMs: number[] = []
  const unbelieved: Location[] = []
  for await (const page of pages) {
    for (const location of page) {
      if (location.implausible) unbelieved.push(location)
      else {
        waiting.push(location)
        timesMs.push(location.recordedAtMs)
      }
    }
    if (waiting.length === 0 || timesMs.length < 2) continue
    const coordinates = waiting.map((location) => JSON.stringify(position(location))).join(',')
    yield isLine
      ? `,${coordinates}`
      : `,\n{"type":"Feature","geometry":{"type":"LineString","coordinates":[${coordinates}`
    isLine = true
    waiting = []
  }
  if (isLine) {
    yield ']},"properties":{"kind":"ride","coordinateProperties":{"times":['
    for (let from = 0; from < timesMs.length; from += AT_ONCE) {
      const times = timesMs.slice(from, from + AT_ONCE).map((ms) => `"${timeOf(ms)}"`)
      yield (from > 0 ? ',' : '') + times.join(',')
    }
    yield ']}}}'
  }
  // What is left of a ride of one point.
  for (const location of waiting) yield `,\n${point(location)}`
  for (const location of unbelieved) yield `,\n${point(location)}`
  yield '\n]}\n'
}

function place({ name, ...at }: Place, kind: 'store' | 'destination'): string {
  return feature(at, { kind, name })
}

function point({ seq, recordedAtMs, accuracyM, implausible, ...at }: Location): string {
  return feature(at, { kind: 'ride', seq, time: timeOf(recordedAtMs), accuracyM, implausible })
}

function feature(at: Pick<Place, 'lat' | 'lng'>, properties: object): string {
  const geometry = { type: 'Point', coordinates: position(at) }
  return JSON.stringify({ type: 'Feature', geometry, properties })
}

/** Longitude first (§3.1.1). */
function position({ lat, lng }: Pick<Place, 'lat' | 'lng'>): [number, number] {
  return [lng, lat]
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}
