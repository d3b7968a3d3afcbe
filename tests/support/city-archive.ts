import { fromGeojsonVt } from '@maplibre/vt-pbf'
import GeojsonVt from 'geojson-vt'
import { BRIDGES } from '#demo-city/bridges.ts'
import { city } from '#demo-city/city.ts'
import { CITY_EXTENT } from '#demo-city/extent.ts'
import { toLatLng, toXY, type XY } from '#demo-city/flat-ground.ts'
import { parsePoints } from '#demo-city/parse-points.ts'
import { smoothLine, smoothRing } from '#demo-city/smooth.ts'
import { footprints } from '#demo-city/tiles/footprints.ts'
import { mapFeatures } from '#demo-city/tiles/map-features.ts'
import { type Line, projectLatLng } from '#demo-city/tiles/mercator.ts'
import { DISTRICTS, LANDMARKS, STATIONS } from '#demo-city/tiles/places.ts'
import { HAN_RIVER, RIVERSIDE_PARKS, STREAMS } from '#demo-city/water.ts'
import { type MapExtent, type MapTile, writePmtiles } from './write-pmtiles.ts'

const [MIN_ZOOM, MAX_ZOOM] = [10, 15]
const EXTENT = 4_096
/** The names that the Protomaps basemap has for them: https://docs.protomaps.com/basemaps/layers, version 4. */
const ROADS = {
  motorway: { kind: 'highway', kind_detail: 'motorway' },
  primary: { kind: 'major_road', kind_detail: 'primary' },
  secondary: { kind: 'major_road', kind_detail: 'secondary' },
  local: { kind: 'minor_road', kind_detail: 'residential' },
  lane: { kind: 'minor_road', kind_detail: 'service' },
}
const AREAS = { park: 'park', wood: 'wood', precinct: 'commercial', school: 'school', lake: 'lake' }

type Props = Record<string, string | number>
type Shape = { type: 'Feature'; properties: Props; geometry: { type: string; coordinates: unknown } }

/** The demo's city, or a part of it, as an archive, such as `pmtiles extract` cuts out of the world. */
export function writeCityArchive(path: string, extent: MapExtent = CITY_EXTENT): void {
  const layers = layersOf(extent)
  const indexes = Object.entries(layers).map(([name, features]) => {
    const collection = { type: 'FeatureCollection', features } as never
    return [
      name,
      new GeojsonVt(collection, { maxZoom: MAX_ZOOM, indexMaxZoom: 12, extent: EXTENT, buffer: 128 }),
    ] as const
  })
  const { south, west, north, east } = extent
  const tiles: MapTile[] = []
  for (let z = MIN_ZOOM; z <= MAX_ZOOM; z++) {
    const [x0, y0] = tileAt(north, west, z)
    const [x1, y1] = tileAt(south, east, z)
    for (let x = x0; x <= x1; x++) for (let y = y0; y <= y1; y++) tiles.push({ z, x, y, data: tile(z, x, y) })
  }
  writePmtiles(path, tiles, extent)

  function tile(z: number, x: number, y: number): Uint8Array {
    const found = indexes.flatMap(([name, index]) => {
      const one = index.getTile(z, x, y)
      return one ? [[name, one] as const] : []
    })
    return fromGeojsonVt(Object.fromEntries(found) as never, { version: 2, extent: EXTENT } as never)
  }
}

function tileAt(lat: number, lng: number, zoom: number): [number, number] {
  const [x, y] = projectLatLng([lat, lng])
  return [Math.floor(x * 2 ** zoom), Math.floor(y * 2 ** zoom)]
}

function layersOf({ south, west, north, east }: MapExtent): Record<string, Shape[]> {
  const { roads, areas, plots: all } = city()
  const plots = all.filter(({ patch, cell }) => {
    const [lng, lat] = lngLat(patch.at(cell.u0, cell.v0))
    return lat > south && lat < north && lng > west && lng < east
  })
  const earth: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
  return {
    earth: [polygon(earth, { kind: 'earth' })],
    landuse: [
      ...plots.flatMap((plot) => {
        if (plot.cell.use !== 'green' && plot.cell.use !== 'slabs') return []
        const { u0, u1, v0, v1 } = plot.cell
        const corners = [
          plot.patch.at(u0, v0),
          plot.patch.at(u1, v0),
          plot.patch.at(u1, v1),
          plot.patch.at(u0, v1),
        ]
        return [polygon(corners.map(lngLat), { kind: plot.cell.use === 'green' ? 'park' : 'residential' })]
      }),
      ...RIVERSIDE_PARKS.map(({ ring }) => polygon(parsed(ring), { kind: 'grass' })),
      ...areas.map(({ source, ring }) => polygon(ring.map(lngLat), { kind: AREAS[source.kind] })),
    ],
    water: [
      polygon(smoothRing(xys(HAN_RIVER.ring)).map(lngLat), { kind: 'water' }),
      ...STREAMS.map(({ path, name, nameKo }) =>
        line(smoothLine(xys(path)).map(lngLat), { kind: 'river', ...named(name, nameKo) }),
      ),
    ],
    buildings: plots.flatMap((plot) =>
      footprints(plot).map((ring) => polygon(unprojected(ring), { kind: 'building' })),
    ),
    roads: [
      ...roads.map(({ kind, points, name, nameKo }) =>
        line(points.map(lngLat), { ...ROADS[kind], ...named(name, nameKo) }),
      ),
      ...BRIDGES.map(({ path, name, nameKo }) =>
        line(smoothLine(xys(path)).map(lngLat), { ...ROADS.primary, ...named(name, nameKo) }),
      ),
    ],
    places: DISTRICTS.map((row) => point(row, { kind: 'neighbourhood' })),
    pois: [
      ...STATIONS.map((row) => point(row, { kind: 'station' })),
      ...LANDMARKS.map((row) => point(row, { kind: 'landmark' })),
      ...mapFeatures().areas.map(({ of: { source } }) => {
        const corners = parsed(source.ring)
        const middle = [0, 1].map(
          (axis) => corners.reduce((sum, each) => sum + (each[axis] ?? 0), 0) / corners.length,
        )
        return feature('Point', middle, { kind: 'park', ...named(source.name, source.nameKo) })
      }),
    ],
  }
}

const lngLat = (xy: XY): [number, number] => {
  const [lat, lng] = toLatLng(xy)
  return [lng, lat]
}
const xys = (text: string) => parsePoints(text).map(toXY)
const parsed = (text: string) => parsePoints(text).map(([lat, lng]): [number, number] => [lng, lat])
const named = (name: string, nameKo: string): Props => (name === '' ? {} : { name: nameKo, 'name:en': name })
const feature = (type: string, coordinates: unknown, properties: Props): Shape => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
})
const line = (points: [number, number][], props: Props) => feature('LineString', points, props)
const polygon = (ring: [number, number][], props: Props) =>
  feature('Polygon', [ring[0] ? [...ring, ring[0]] : ring], props)

function point(row: string, props: Props): Shape {
  const [at = '', name = '', nameKo = ''] = row.split(' | ')
  return feature('Point', parsed(at)[0], { ...props, ...named(name, nameKo) })
}

function unprojected(ring: Line): [number, number][] {
  return Array.from({ length: ring.length / 2 }, (_, i) => {
    const [x, y] = [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0]
    return [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI]
  })
}
