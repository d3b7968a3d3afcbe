import { BRIDGES } from '../bridges.ts'
import type { RoadKind } from '../city.ts'
import { toXY } from '../flat-ground.ts'
import { parsePoints } from '../parse-points.ts'
import { smoothLine } from '../smooth.ts'
import { HAN_RIVER, STREAMS } from '../water.ts'
import { alongLine, type LineStyle } from './along-line.ts'
import type { LabelWish } from './label.ts'
import { mapFeatures } from './map-features.ts'
import { type Line, projectLine } from './mercator.ts'
import { bothNames, firstName } from './reading.ts'

/** From the most important down: the first come, the first have a place. */
const STREETS: readonly { kind: RoadKind; firstZoom: number; bilingualZoom: number }[] = [
  { kind: 'motorway', firstZoom: 13, bilingualZoom: 15 },
  { kind: 'primary', firstZoom: 14, bilingualZoom: 15 },
  { kind: 'secondary', firstZoom: 15, bilingualZoom: 16 },
  { kind: 'local', firstZoom: 17, bilingualZoom: 19 },
]

/** Names written along lines at a zoom, the most important first. */
export function lineLabels(zoom: number): LabelWish[] {
  return [...waters(zoom), ...bridges(zoom), ...STREETS.flatMap((level) => streets(zoom, level))]
}

function waters(zoom: number): LabelWish[] {
  const river: LineStyle = { kind: 'water', sizePx: zoom >= 14 ? 17 : 14, weight: 500 }
  const stream: LineStyle = { kind: 'water', sizePx: zoom >= 16 ? 12.5 : 11, weight: 500 }
  const han = alongLine(lineOf(HAN_RIVER.middle), zoom, bilingual(HAN_RIVER), river)
  if (zoom < 14) return han
  return [...han, ...STREAMS.flatMap((of) => alongLine(lineOf(of.path), zoom, bilingual(of), stream))]
}

function bridges(zoom: number): LabelWish[] {
  if (zoom < 14) return []
  return BRIDGES.flatMap((bridge) => {
    return alongLine(lineOf(bridge.path), zoom, bilingual(bridge), {
      kind: 'street',
      sizePx: zoom >= 16 ? 12 : 11,
      weight: 540,
      road: 'primary',
    })
  })
}

function streets(zoom: number, { kind, firstZoom, bilingualZoom }: (typeof STREETS)[number]): LabelWish[] {
  if (zoom < firstZoom) return []
  const big = kind === 'motorway' || kind === 'primary'
  const sizePx = (big ? 11 : 10.5) + Math.max(0, Math.min(kind === 'local' ? 1 : 2, zoom - 15))
  return mapFeatures().roads.flatMap(({ line, of }) => {
    if (of.kind !== kind || of.name === '') return []
    const texts = zoom >= bilingualZoom ? bilingual(of) : [firstName(of.name, of.nameKo)]
    return alongLine(line, zoom, texts, { kind: 'street', sizePx, weight: big ? 560 : 480, road: kind })
  })
}

function bilingual({ name, nameKo }: { name: string; nameKo: string }): string[] {
  return [bothNames(name, nameKo).join(' '), firstName(name, nameKo)]
}

function lineOf(text: string): Line {
  return projectLine(smoothLine(parsePoints(text).map(toXY)))
}
