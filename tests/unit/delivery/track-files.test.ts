import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gpx } from '@tmcw/togeojson'
import { DOMParser } from '@xmldom/xmldom'
import { expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { z } from 'zod'
import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import { writeGeoJson } from '#server/delivery/write-geojson.ts'
import { writeGpx } from '#server/delivery/write-gpx.ts'

const DELIVERY: Delivery = {
  id: 'a-ride',
  status: 'delivered',
  store: { name: 'Fish & <Chips> \u0007"Ⅱ" 김밥', lat: 52.52, lng: 13.405 },
  destination: { name: 'Haus 4', lat: 52.53, lng: 180 },
  rider: { name: 'Minsu' },
  route: [],
  routed: true,
  createdAtMs: 1_700_000_000_000,
  statusAtMs: 1_700_000_900_000,
}

const point = (seq: number, more: Partial<Location> = {}): Location => ({
  deliveryId: DELIVERY.id,
  seq,
  lat: 52.52 + seq / 1e4,
  lng: 0.000_000_1 * seq,
  recordedAtMs: 1_700_000_000_123 + seq * 5_000,
  receivedAtMs: 1_700_000_000_200 + seq * 5_000,
  ...more,
})

async function* pagesOf(...pages: Location[][]) {
  yield* pages
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

const read = (text: string) =>
  gpx(
    new DOMParser({
      onError: (level, message) => expect.fail(`${level}: ${message}`),
    }).parseFromString(text, 'text/xml') as unknown as Document,
  )

/**
 * RFC 7946, as far as a ride needs it: places within WGS 84, longitude first (§3.1.1, §4), lines of two positions (§3.1.4),
 * no member of one kind of object in another (§7.1), no `crs` (§4), foreign members beside them (§6.1).
 */
const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const geoJsonSchema = z.strictObject({
  type: z.literal('FeatureCollection'),
  delivery: z.strictObject({ id: z.string(), status: z.string(), createdAt: z.iso.datetime() }),
  features: z.array(
    z.strictObject({
      type: z.literal('Feature'),
      geometry: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('Point'), coordinates: positionSchema }),
        z.strictObject({ type: z.literal('LineString'), coordinates: z.array(positionSchema).min(2) }),
      ]),
      properties: z.record(z.string(), z.unknown()),
    }),
  ),
})
const geoJsonOf = async (...pages: Location[][]) =>
  geoJsonSchema.parse(JSON.parse(await textOf(writeGeoJson(DELIVERY, pagesOf(...pages)))))

const RIDE = [
  [point(1), point(2, { headingDeg: 360, speedMps: 5.5, accuracyM: 8 })],
  [point(3, { implausible: true, accuracyM: 900 }), point(4)],
]

it('[TRACK1] a GPX reader finds the two places and every believed point with its time', async () => {
  const { features } = read(await textOf(writeGpx(DELIVERY, pagesOf(...RIDE))))
  const track = features.find(({ geometry }) => geometry?.type === 'LineString')
  expect(track?.geometry).toMatchObject({
    coordinates: [1, 2, 4].map((seq) => [point(seq).lng, expect.closeTo(point(seq).lat, 7)]),
  })
  expect(track?.properties?.coordinateProperties?.times).toEqual(
    [1, 2, 4].map((seq) => new Date(point(seq).recordedAtMs).toISOString()),
  )
  const places = features.filter(({ geometry }) => geometry?.type === 'Point')
  expect(places.map(({ properties }) => properties?.name)).toEqual(['Fish & <Chips> "Ⅱ" 김밥', 'Haus 4'])
  // A longitude is below 180 there.
  expect(places[1]?.geometry).toMatchObject({ coordinates: [-180, 52.53] })
})

it('[TRACK1] it is valid by the schema of GPX 1.1, which finds what is not', async () => {
  // As Topografix publishes it at https://www.topografix.com/GPX/1/1/gpx.xsd; the file names no licence.
  const schema = readFileSync(join(import.meta.dirname, 'gpx-1.1.xsd'), 'utf8')
  const faultsOf = async (contents: string) => {
    const { valid, errors } = await validateXML({ xml: [{ fileName: 'ride.gpx', contents }], schema })
    return valid ? [] : errors.map(({ message }) => message)
  }
  const ofRide = await textOf(writeGpx(DELIVERY, pagesOf(...RIDE)))
  expect(await faultsOf(ofRide)).toEqual([])
  expect(await faultsOf(await textOf(writeGpx(DELIVERY, pagesOf([]))))).toEqual([])
  for (const [right, wrong] of [
    ['lon="0.0000001"', 'lon="1e-7"'],
    ['lon="-180.0000000"', 'lon="180.0000000"'],
    ['</time></metadata>', '</time><name>a</name></metadata>'],
  ] as const) {
    expect(ofRide).toContain(right)
    expect(await faultsOf(ofRide.replace(right, wrong)), wrong).not.toEqual([])
  }
})

it('[TRACK1] numbers are as the schema of GPX has them: no exponent, a course below 360', async () => {
  const text = await textOf(writeGpx(DELIVERY, pagesOf(...RIDE)))
  expect(text).toContain('lon="0.0000001"')
  expect(text).toContain('<gpxtpx:speed>5.5</gpxtpx:speed><gpxtpx:course>0.0000000</gpxtpx:course>')
})

it('[TRACK2] GeoJSON has the believed points as a line with a time each, and marks the others', async () => {
  const { features } = await geoJsonOf(...RIDE)
  expect(features.map(({ geometry, properties }) => [geometry.type, properties.kind])).toEqual([
    ['Point', 'store'],
    ['Point', 'destination'],
    ['LineString', 'ride'],
    ['Point', 'ride'],
  ])
  const [store, , line, jump] = features
  expect(store?.properties.name).toBe(DELIVERY.store.name)
  expect(line?.geometry.coordinates).toEqual([1, 2, 4].map((seq) => [point(seq).lng, point(seq).lat]))
  expect(line?.properties.coordinateProperties).toEqual({
    times: [1, 2, 4].map((seq) => new Date(point(seq).recordedAtMs).toISOString()),
  })
  expect(jump?.properties).toMatchObject({ seq: 3, implausible: true, accuracyM: 900 })
})

it('[TRACK2] a line begins and ends in any page, and a ride of one point is a point', async () => {
  const kinds = async (...pages: Location[][]) =>
    (await geoJsonOf(...pages)).features
      .slice(2)
      .map(({ geometry }) =>
        geometry.type === 'LineString' ? geometry.coordinates.length : geometry.coordinates,
      )
  expect(await kinds([])).toEqual([])
  expect(await kinds([point(1)])).toEqual([[point(1).lng, point(1).lat]])
  expect(await kinds([point(1, { implausible: true })], [point(2)], [])).toHaveLength(2)
  expect(await kinds([point(1)], [], [point(2), point(3)], [point(4, { implausible: true })])).toEqual([
    3,
    [point(4).lng, point(4).lat],
  ])
  // More times than are written at once.
  const long = Array.from({ length: 2_500 }, (_, index) => point(index + 1))
  expect(await kinds(long.slice(0, 1_000), long.slice(1_000))).toEqual([2_500])
})
