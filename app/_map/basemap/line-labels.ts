import { BRIDGES } from '#domain/demo-area/bridges.ts'
import { toXY } from '#domain/demo-area/flat-ground.ts'
import { parsePoints } from '#domain/demo-area/lat-lng.ts'
import type { StreetKind } from '#domain/demo-area/streets.ts'
import { type Label, widthOf } from './label.ts'
import { mapFeatures } from './map-features.ts'
import { type Line, projectLine, worldPx } from './mercator.ts'
import { STREAMS } from './water.ts'

const FIRST_ZOOM: Record<StreetKind, number> = { motorway: 13, primary: 14, secondary: 15 }
/** How far apart the same name stands along its street. */
const REPEAT_PX = 520
/** A name is drawn straight, so its street must be nearly straight below it. */
const MAX_BEND_RAD = 0.16
/** Where the Han's name is written, roughly along the middle of the stream. */
const HAN_MIDDLE =
  '37.511,126.99 37.517,126.999 37.5265,127.0105 37.533,127.0175 37.537,127.026 37.5365,127.035 37.5345,127.047 37.531,127.057 37.526,127.066 37.524,127.075 37.5242,127.086'

/** Names written along lines at a zoom, the most important first. */
export function lineLabels(zoom: number): Label[] {
  const { roads } = mapFeatures()
  const water = [
    ...along(lineOf(HAN_MIDDLE), zoom, ['Han River  한강'], {
      kind: 'water',
      sizePx: zoom >= 14 ? 16 : 14,
      weight: 500,
    }),
    ...(zoom < 14
      ? []
      : STREAMS.flatMap(({ path, name, nameKo }) =>
          along(lineOf(path), zoom, [`${name}  ${nameKo}`], { kind: 'water', sizePx: 11, weight: 500 }),
        )),
  ]
  const bridges =
    zoom < 14
      ? []
      : BRIDGES.flatMap(({ path, name, nameKo }) =>
          along(lineOf(path), zoom, [`${name}  ${nameKo}`, name], {
            kind: 'street',
            sizePx: 11,
            weight: 520,
          }),
        )
  const streets = (['motorway', 'primary', 'secondary'] as const).flatMap((kind) =>
    roads.flatMap(({ line, of: { street } }) => {
      if (street?.kind !== kind || zoom < FIRST_ZOOM[kind]) return []
      const texts = zoom >= 15 ? [`${street.name}  ${street.nameKo}`, street.name] : [street.name]
      const sizePx = zoom >= 17 ? 13 : zoom >= 16 ? 12 : kind === 'secondary' ? 10.5 : 11
      return along(line, zoom, texts, { kind: 'street', sizePx, weight: kind === 'secondary' ? 480 : 540 })
    }),
  )
  return [...water, ...bridges, ...streets]
}

function lineOf(text: string): Line {
  return projectLine(parsePoints(text).map(toXY))
}

/** The same name every so often along a line; at each spot the first of the texts that fits the straight there. */
function along(
  line: Line,
  zoom: number,
  texts: readonly string[],
  style: Pick<Label, 'kind' | 'sizePx' | 'weight'>,
): Label[] {
  const walk = new Walk(line, worldPx(zoom))
  const spots = Math.max(1, Math.round(walk.lengthPx / REPEAT_PX))
  const widths = texts.map((text) => widthOf({ ...style, lines: [text] }))
  return Array.from({ length: spots }).flatMap((_, i) => {
    const middle = ((i + 0.5) * walk.lengthPx) / spots
    // The very middle may be a crossing with its station: a little to either side is as good.
    for (const shift of [0, -70, 70, -140, 140]) {
      for (const [row, text] of texts.entries()) {
        const label = place(walk, middle + shift, text, widths[row] ?? 0, style)
        if (label) return [label]
      }
    }
    return []
  })
}

function place(
  walk: Walk,
  middlePx: number,
  text: string,
  widthPx: number,
  style: Pick<Label, 'kind' | 'sizePx' | 'weight'>,
): Label | null {
  const half = widthPx / 2 + 6
  if (middlePx - half < 0 || middlePx + half > walk.lengthPx) return null
  const [start, centre, end] = [walk.at(middlePx - half), walk.at(middlePx), walk.at(middlePx + half)]
  const first = Math.atan2(centre.y - start.y, centre.x - start.x)
  const second = Math.atan2(end.y - centre.y, end.x - centre.x)
  if (Math.abs(Math.atan2(Math.sin(second - first), Math.cos(second - first))) > MAX_BEND_RAD) return null
  const angle = Math.atan2(end.y - start.y, end.x - start.x)
  const upright = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle
  return { ...style, lines: [text], x: centre.x, y: centre.y, angleRad: upright, widthPx }
}

/** A line in world pixels that can be asked for the point so many pixels along. */
class Walk {
  readonly lengthPx: number
  private readonly points: readonly { x: number; y: number; sofar: number }[]

  constructor(line: Line, scale: number) {
    const points: { x: number; y: number; sofar: number }[] = []
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = [(line[i] ?? 0) * scale, (line[i + 1] ?? 0) * scale]
      const last = points[points.length - 1]
      points.push({ x, y, sofar: last ? last.sofar + Math.hypot(x - last.x, y - last.y) : 0 })
    }
    this.points = points
    this.lengthPx = points[points.length - 1]?.sofar ?? 0
  }

  at(px: number): { x: number; y: number } {
    const next = this.points.findIndex(({ sofar }) => sofar >= px)
    const to = this.points[Math.max(1, next)]
    const from = this.points[Math.max(0, next - 1)]
    if (!from || !to) return { x: 0, y: 0 }
    const share = to.sofar === from.sofar ? 0 : (px - from.sofar) / (to.sofar - from.sofar)
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
  }
}
