import type { RoadKind } from '../city.ts'
import type { Palette } from './palette.ts'
import { hiddenSurface, type Surface } from './surface.ts'

/** A name to be placed on the map at one zoom. Positions are world pixels of that zoom. */
export type Label = {
  kind: keyof Palette['text']
  /** One or two lines: English, then Korean. */
  lines: readonly string[]
  x: number
  y: number
  /** Of the text's baseline; 0 reads from left to right. */
  angleRad: number
  sizePx: number
  weight: number
  /** The street that it is written on. */
  road?: RoadKind
  /** A station's sign stands beside its name. */
  subwayLines?: readonly string[]
  widthPx: number
}

export const LINE_HEIGHT = 1.22
export const HALO_PX = 3
/** A way along the street runs under its name: the halo has the street's own colour, and covers the way. */
export const STREET_HALO_PX = 7
export const MAP_FONT = '500 12px "Inter Variable"'
export const FONTS = [MAP_FONT, `italic ${MAP_FONT}`]
const FAMILY =
  '"Inter Variable", Inter, system-ui, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", sans-serif'

/** The second line, Korean, is a little smaller and lighter than the first. */
export function fontOf(
  { kind, sizePx, weight }: Pick<Label, 'kind' | 'sizePx' | 'weight'>,
  row: number,
): string {
  const style = kind === 'water' ? 'italic ' : ''
  return row === 0
    ? `${style}${weight} ${sizePx}px ${FAMILY}`
    : `${style}${Math.min(weight, 500)} ${sizePx - 1.5}px ${FAMILY}`
}

/** The places one name may take, best first; it gets the first that is free, or none. */
export type LabelWish = readonly Label[]

let ruler: Surface | null | undefined

export function widthOf(label: Pick<Label, 'kind' | 'sizePx' | 'weight' | 'lines'>): number {
  ruler ??= hiddenSurface(1, 1)
  const ctx = ruler
  if (!ctx) return 0
  return Math.max(
    ...label.lines.map((text, row) => {
      ctx.font = fontOf(label, row)
      return ctx.measureText(text).width
    }),
  )
}
