import { AREAS, type AreaKind } from '../areas.ts'
import type { LatLng } from '../flat-ground.ts'
import { parsePoints } from '../parse-points.ts'
import { type Label, type LabelWish, widthOf } from './label.ts'
import { projectLatLng, worldPx } from './mercator.ts'
import { DISTRICTS, LANDMARKS, STATIONS } from './places.ts'
import { bothNames, firstName } from './reading.ts'

/** Names of points and areas at a zoom, the most important first. */
export function pointLabels(zoom: number): LabelWish[] {
  const labels = [
    ...districts(zoom, true),
    ...stations(zoom),
    ...areas(zoom),
    ...landmarks(zoom),
    ...districts(zoom, false),
  ]
  return labels.map((label) => [label])
}

const LABEL_KIND: Record<AreaKind, Label['kind']> = {
  park: 'park',
  wood: 'park',
  lake: 'water',
  precinct: 'poi',
  school: 'poi',
}

type Wish = Pick<Label, 'kind' | 'lines' | 'sizePx' | 'weight' | 'subwayLines'>

function at([lat, lng]: LatLng, zoom: number, wish: Wish): Label {
  const [x, y] = projectLatLng([lat, lng])
  return { ...wish, x: x * worldPx(zoom), y: y * worldPx(zoom), angleRad: 0, widthPx: widthOf(wish) }
}

function stations(zoom: number): Label[] {
  return STATIONS.map(cells).flatMap(([point, name, nameKo, lines, firstZoom]) => {
    if (zoom < Number(firstZoom) || zoom < 13) return []
    const text = zoom >= 15 ? bothNames(name, nameKo) : [firstName(name, nameKo)]
    const sizePx = zoom >= 16 ? 13 : zoom >= 14 ? 12 : 11
    return at(only(point), zoom, {
      kind: 'station',
      lines: text,
      sizePx,
      weight: 640,
      subwayLines: lines.split(' '),
    })
  })
}

/** Districts (-gu) show far out; neighbourhoods (-dong) from there to where streets have names enough. */
function districts(zoom: number, far: boolean): Label[] {
  return DISTRICTS.map(cells).flatMap(([point, name, nameKo, lastZoom]) => {
    const isFar = Number(lastZoom) <= 13
    if (isFar !== far || zoom > Number(lastZoom) || zoom < (isFar ? 11 : 13)) return []
    const lines = zoom >= 14 || isFar ? bothNames(name, nameKo) : [firstName(name, nameKo)]
    return at(only(point), zoom, {
      kind: 'district',
      lines,
      sizePx: isFar ? 14 : zoom >= 14 ? 13 : 11.5,
      weight: 560,
    })
  })
}

function landmarks(zoom: number): Label[] {
  return LANDMARKS.map(cells).flatMap(([point, name, nameKo, firstZoom]) => {
    if (zoom < Number(firstZoom)) return []
    const lines = zoom >= 16 ? bothNames(name, nameKo) : [firstName(name, nameKo)]
    return at(only(point), zoom, { kind: 'poi', lines, sizePx: 11.5, weight: 560 })
  })
}

/** An area is named where its name fits over it: the sooner, the larger it is. */
function areas(zoom: number): Label[] {
  return AREAS.flatMap(({ kind, name, nameKo, ring }) => {
    const corners = parsePoints(ring)
    const lats = corners.map(([lat]) => lat)
    const lngs = corners.map(([, lng]) => lng)
    const widthPx = ((Math.max(...lngs) - Math.min(...lngs)) / 360) * worldPx(zoom)
    if (widthPx < 52) return []
    const lines = zoom >= 15 ? bothNames(name, nameKo) : [firstName(name, nameKo)]
    return at([middle(lats), middle(lngs)], zoom, {
      kind: LABEL_KIND[kind],
      lines,
      sizePx: 11.5,
      weight: 560,
    })
  })
}

function middle(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2
}

function cells(row: string): [string, string, string, string, string] {
  const [a = '', b = '', c = '', d = '', e = ''] = row.split(' | ')
  return [a, b, c, d, e]
}

function only(text: string): LatLng {
  const [point] = parsePoints(text)
  if (!point) throw new Error(`Not a point: ${text}`)
  return point
}
