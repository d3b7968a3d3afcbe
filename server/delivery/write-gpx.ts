import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Place } from '#contracts/place.ts'

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Rider Live" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2">
`

/**
 * The ride as GPX 1.1 (topografix.com/GPX/1/1), one piece of text for each page of points: the two places as waypoints, and
 * one track. Places that were not believed are left out: GPX has no mark for them that programs heed.
 */
export async function* writeGpx(
  delivery: Delivery,
  pages: AsyncIterable<readonly Location[]>,
): AsyncGenerator<string> {
  const { id, store, destination, createdAtMs } = delivery
  const metadata = `<metadata><name>${text(id)}</name><time>${timeOf(createdAtMs)}</time></metadata>\n`
  yield `${HEAD}${metadata}${waypoint(store)}${waypoint(destination)}<trk><name>${text(id)}</name><trkseg>\n`
  for await (const page of pages)
    yield page
      .filter(({ implausible }) => !implausible)
      .map(trackPoint)
      .join('')
  yield '</trkseg></trk>\n</gpx>\n'
}

function waypoint({ name, ...at }: Place): string {
  return `<wpt ${position(at)}><name>${text(name)}</name></wpt>\n`
}

function trackPoint({ recordedAtMs, speedMps, headingDeg, ...at }: Location): string {
  const speed = speedMps === undefined ? '' : `<gpxtpx:speed>${speedMps}</gpxtpx:speed>`
  // From 0 to below 360 in GPX.
  const course = headingDeg === undefined ? '' : `<gpxtpx:course>${decimal(headingDeg % 360)}</gpxtpx:course>`
  const extension = `<extensions><gpxtpx:TrackPointExtension>${speed}${course}</gpxtpx:TrackPointExtension></extensions>`
  return `<trkpt ${position(at)}><time>${timeOf(recordedAtMs)}</time>${speed || course ? extension : ''}</trkpt>\n`
}

/** In GPX a longitude is from −180 to below 180. */
function position({ lat, lng }: Pick<Place, 'lat' | 'lng'>): string {
  return `lat="${decimal(lat)}" lon="${decimal(lng === 180 ? -180 : lng)}"`
}

/** `xsd:decimal` has no exponent, which JavaScript writes for small numbers. Seven decimals of a degree are a centimetre. */
function decimal(value: number): string {
  return value.toFixed(7)
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString()
}

/** XML 1.0 §2.2: other control characters and half a character cannot stand in a document, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

function text(value: string): string {
  return value
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
