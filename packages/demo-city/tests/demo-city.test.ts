import { describe, expect, it } from 'vitest'
import { AREAS } from '../src/areas.ts'
import { BRIDGES } from '../src/bridges.ts'
import { type City, city, type RoadKind } from '../src/city.ts'
import { CROSSINGS } from '../src/crossings.ts'
import { distanceM, inRing, lerp, toLatLng, toXY, type XY } from '../src/flat-ground.ts'
import { namedStreets } from '../src/named-streets.ts'
import { parsePoints } from '../src/parse-points.ts'
import { seededRandom } from '../src/random.ts'
import { smoothRing } from '../src/smooth.ts'
import { buildStreetGraph } from '../src/street-graph.ts'
import { STREETS } from '../src/streets.ts'
import { subdivide } from '../src/subdivide.ts'
import { footprints } from '../src/tiles/footprints.ts'
import { mapFeatures } from '../src/tiles/map-features.ts'
import { boxOf, projectLatLng, worldPx } from '../src/tiles/mercator.ts'
import { PALETTES } from '../src/tiles/palette.ts'
import { DISTRICTS, LANDMARKS, STATIONS } from '../src/tiles/places.ts'
import { casingPx, roadWidthPx } from '../src/tiles/road-widths.ts'
import { HAN_RIVER, STREAMS } from '../src/water.ts'

// Built here and not in the first test, whose time it would take.
const CITY = city()
const FEATURES = mapFeatures()

const KINDS: readonly RoadKind[] = ['motorway', 'primary', 'secondary', 'local', 'lane']
const HANGUL = /[\uac00-\ud7a3]/

describe('the demo area', () => {
  it('[MAP1] lies around Gangnam, every point of it', () => {
    const points = CITY.roads.flatMap((road) => road.points)
    for (const [lat, lng] of points.map(toLatLng)) {
      expect(lat).toBeGreaterThan(37.4)
      expect(lat).toBeLessThan(37.6)
      expect(lng).toBeGreaterThan(126.85)
      expect(lng).toBeLessThan(127.2)
    }
  })

  it('[MAP2] every named street, area and bridge has an English and a Korean name', () => {
    for (const { name, nameKo } of [...STREETS, ...AREAS, ...BRIDGES, ...STREAMS, HAN_RIVER]) {
      expect(name, nameKo).toMatch(/^[A-Z]/)
      expect(nameKo, name).toMatch(HANGUL)
    }
  })

  it('[MAP3] the subway stations stand on their streets', () => {
    const legs = namedStreets().flatMap(({ points }) =>
      points.slice(1).map((to, i) => [points[i] ?? to, to] as const),
    )
    for (const name of [
      'Gangnam',
      'Yeoksam',
      'Seolleung',
      'Samseong',
      'Hakdong',
      'Nonhyeon',
      'Sinnonhyeon',
      'Daechi',
    ]) {
      const row = STATIONS.find((one) => one.split(' | ')[1] === name)
      const [station] = parsePoints(row?.split(' | ')[0] ?? '')
      if (!station) throw new Error(`no station ${name}`)
      const away = Math.min(...legs.map(([from, to]) => metresToLeg(toXY(station), from, to)))
      expect(away, name).toBeLessThan(40)
    }
  })

  it('[MAP4] no street starts where it ends, doubles back, or names a crossing it does not know', () => {
    for (const { id, path } of STREETS) {
      for (const word of path.split(' '))
        if (word.includes('/')) expect(CROSSINGS[word], `${id}: ${word}`).toBeDefined()
    }
    for (const { name, points } of namedStreets()) {
      points.slice(2).forEach((c, i) => {
        const [a, b] = [points[i] ?? c, points[i + 1] ?? c]
        expect(cosineOfTurn(a, b, c), name).toBeGreaterThan(-0.2)
      })
    }
  })

  it('[MAP5] every crossing lies on a street it is named after, the great ones on both', () => {
    const byId = new Map(STREETS.map((street) => [street.id, street]))
    const inPath = (id: string, key: string) => byId.get(id)?.path.split(' ').includes(key) ?? false
    for (const key of Object.keys(CROSSINGS)) {
      const [row = '', column = ''] = key.split('/')
      expect(inPath(row, key) || inPath(column, key), key).toBe(true)
    }
    for (const key of [
      'teheran/gangnam',
      'teheran/eonju',
      'bongeunsa/nonhyeon',
      'hakdong/seolleung',
      'dosan/samseong',
    ]) {
      const [row = '', column = ''] = key.split('/')
      expect([inPath(row, key), inPath(column, key)], key).toEqual([true, true])
    }
  })

  it('[MAP6] areas are rings with a surface, and no street of Gangnam runs through a park', () => {
    const { areas } = CITY
    for (const { source, ring } of areas) {
      expect(ring.length, source.name).toBeGreaterThanOrEqual(4)
      expect(Math.abs(surfaceM2(ring)), source.name).toBeGreaterThan(2000)
    }
    const parks = areas.filter(({ source }) => source.kind !== 'lake' && source.kind !== 'wood')
    for (const street of namedStreets()) {
      if (street.kind === 'motorway') continue
      for (const { source, ring } of parks) {
        expect(
          street.points.some((point) => inRing(point, ring)),
          `${street.name} through ${source.name}`,
        ).toBe(false)
      }
    }
  })

  it('[MAP7] back streets and houses keep out of parks and streams', () => {
    const { closed, roads, plots } = CITY
    const backStreets = roads.filter(({ kind, name }) => kind === 'lane' || (kind === 'local' && name !== ''))
    for (const { points } of backStreets) {
      const middle = middleOf(points)
      expect(closed.some(({ ring }) => inRing(middle, ring))).toBe(false)
    }
    const houses = plots.filter((_, i) => i % 10 === 0).flatMap((plot) => footprints(plot))
    expect(houses.length).toBeGreaterThan(1000)
    for (const [x = 0, y = 0] of houses) {
      expect(closed.some(({ ring }) => inRing(toXY(unproject(x, y)), ring))).toBe(false)
    }
  })

  it('[MAP8] one can get from any street of Gangnam to any other', () => {
    expect(shareInLargestPart(CITY)).toBeGreaterThan(0.97)
  })

  it('[MAP9] the river runs through the north: Gangnam is dry, the middle of the Han is not', () => {
    const river = smoothRing(parsePoints(HAN_RIVER.ring).map(toXY))
    for (const point of parsePoints(HAN_RIVER.middle))
      expect(inRing(toXY(point), river), String(point)).toBe(true)
    for (const [key, point] of Object.entries(CROSSINGS)) expect(inRing(toXY(point), river), key).toBe(false)
  })

  it('[MAP10] is drawn the same every time', () => {
    const once = () => subdivide(800, 700, 'lanes', seededRandom('a block'))
    expect(once()).toEqual(once())
    expect(once()).not.toEqual(subdivide(800, 700, 'lanes', seededRandom('another')))
  })
})

describe('the drawing', () => {
  it('[MAP11] projects as Leaflet does', () => {
    // The closed form Leaflet's documentation and the EPSG guidance note 7-2 (3.2.1) give, in other words than ours.
    for (const [lat, lng] of [...Object.values(CROSSINGS), [0, 0], [-33.9, -70.7]] as const) {
      const [x, y] = projectLatLng([lat, lng])
      expect(x).toBeCloseTo(0.5 + lng / 360, 12)
      expect(y).toBeCloseTo(0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI), 12)
    }
    expect(worldPx(15)).toBe(8_388_608)
  })

  it('[MAP12] streets never get thinner as one comes nearer, and larger kinds are never thinner than smaller', () => {
    for (let zoom = 11; zoom < 19; zoom++) {
      for (const kind of KINDS)
        expect(roadWidthPx(kind, zoom + 1)).toBeGreaterThanOrEqual(roadWidthPx(kind, zoom))
      const [, ...onTheGround] = KINDS
      onTheGround.slice(1).forEach((smaller, i) => {
        expect(roadWidthPx(onTheGround[i] ?? smaller, zoom)).toBeGreaterThanOrEqual(
          roadWidthPx(smaller, zoom),
        )
      })
      for (const kind of KINDS) expect(casingPx(kind, zoom)).toBeLessThan(2)
    }
    expect(roadWidthPx('lane', 25)).toBe(roadWidthPx('lane', 19))
  })

  it('[MAP13] names stand out from what they are written on, light and dark', () => {
    for (const { land, text, road } of Object.values(PALETTES)) {
      for (const [kind, { fill }] of Object.entries(road))
        expect(contrast(text.street, fill), kind).toBeGreaterThan(4)
      for (const [kind, colour] of Object.entries(text)) {
        expect(contrast(colour, land), kind).toBeGreaterThan(kind === 'district' || kind === 'water' ? 3 : 4)
      }
    }
  })

  it('[MAP14] houses stand inside their plot', () => {
    const { plots } = FEATURES
    const houses = plots.slice(0, 400).flatMap(({ of, box }) => footprints(of).map((line) => ({ line, box })))
    expect(houses.length).toBeGreaterThan(500)
    for (const { line, box } of houses) {
      const own = boxOf(line)
      expect(own.minX).toBeGreaterThanOrEqual(box.minX)
      expect(own.maxX).toBeLessThanOrEqual(box.maxX)
      expect(own.minY).toBeGreaterThanOrEqual(box.minY)
      expect(own.maxY).toBeLessThanOrEqual(box.maxY)
    }
  })

  it('[MAP15] every place row is whole: a point in the area, two names, and its last column', () => {
    for (const row of [...STATIONS, ...DISTRICTS, ...LANDMARKS]) {
      const [point = '', name = '', nameKo = '', ...rest] = row.split(' | ')
      const [[lat, lng] = [0, 0]] = parsePoints(point)
      expect(lat, row).toBeCloseTo(37.51, 0)
      expect(Math.abs(lat - 37.51), row).toBeLessThan(0.05)
      expect(Math.abs(lng - 127.045), row).toBeLessThan(0.08)
      expect(name, row).toMatch(/^[A-Z]/)
      expect(nameKo, row).toMatch(HANGUL)
      expect(Number(rest.at(-1)), row).toBeGreaterThan(11)
    }
  })
})

/** Back from the unit square of Web Mercator to degrees. */
function unproject(x: number, y: number): [number, number] {
  return [(Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI, (x - 0.5) * 360]
}

function metresToLeg(point: XY, from: XY, to: XY): number {
  const steps = Math.max(1, Math.ceil(distanceM(from, to) / 5))
  return Math.min(...Array.from({ length: steps + 1 }, (_, i) => distanceM(point, lerp(from, to, i / steps))))
}

function cosineOfTurn(a: XY, b: XY, c: XY): number {
  const [x1, y1, x2, y2] = [b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]]
  return (x1 * x2 + y1 * y2) / (Math.hypot(x1, y1) * Math.hypot(x2, y2))
}

function surfaceM2(ring: readonly XY[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y]
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

function middleOf(points: readonly XY[]): XY {
  const first: XY = points[0] ?? [0, 0]
  const last: XY = points.at(-1) ?? first
  return points.length === 2 ? lerp(first, last, 0.5) : (points[Math.floor(points.length / 2)] ?? first)
}

/** How much of Gangnam's street length hangs together. */
function shareInLargestPart({ roads }: City): number {
  const inGangnam = ([lat, lng]: readonly [number, number]) =>
    lat > 37.485 && lat < 37.53 && lng > 127.02 && lng < 127.068
  const { nodes, edges, at } = buildStreetGraph(
    roads.filter(
      ({ kind, points }) => kind !== 'motorway' && points.some((point) => inGangnam(toLatLng(point))),
    ),
  )
  const part = new Set<number>()
  const start = nodes.findIndex((node) => distanceM(node, toXY(CROSSINGS['teheran/eonju'] ?? [0, 0])) < 3)
  const open = [start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (part.has(id)) continue
    part.add(id)
    for (const { a, b } of at[id] ?? []) open.push(a === id ? b : a)
  }
  const lengthOf = (some: typeof edges) => some.reduce((sum, { lengthM }) => sum + lengthM, 0)
  return lengthOf(edges.filter(({ a }) => part.has(a))) / lengthOf(edges)
}

/** WCAG 2.2 contrast ratio of two #rrggbb colours. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
