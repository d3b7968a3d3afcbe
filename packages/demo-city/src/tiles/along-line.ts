import { type Label, type LabelWish, widthOf } from './label.ts'
import { type Line, worldPx } from './mercator.ts'
import { PixelWalk } from './pixel-walk.ts'

/** How far apart the same name stands along its street. */
const REPEAT_PX = 480
/** The very middle may be a crossing with its station: some way to either side is as good. */
const SHIFTS_PX = [0, -60, 60, -120, 120, -190, 190]
/** A name is drawn straight, so the street under it must be nearly straight. */
const MAX_BEND_RAD = 0.16
const END_GAP_PX = 6

export type LineStyle = Pick<Label, 'kind' | 'sizePx' | 'weight' | 'road'>

/** Repeats a name along a line. `texts` are its versions, the fullest first: the longest that fits is used. */
export function alongLine(line: Line, zoom: number, texts: readonly string[], style: LineStyle): LabelWish[] {
  const walk = new PixelWalk(line, worldPx(zoom))
  const spots = Math.max(1, Math.round(walk.lengthPx / REPEAT_PX))
  const sized = texts.map((text) => ({ text, widthPx: widthOf({ ...style, lines: [text] }) }))
  return Array.from({ length: spots }, (_, i) => {
    const middlePx = ((i + 0.5) * walk.lengthPx) / spots
    return sized.flatMap(({ text, widthPx }) =>
      SHIFTS_PX.flatMap((shiftPx) => place(walk, middlePx + shiftPx, { text, widthPx }, style) ?? []),
    )
  })
}

function place(
  walk: PixelWalk,
  middlePx: number,
  { text, widthPx }: { text: string; widthPx: number },
  style: LineStyle,
): Label | null {
  const halfPx = widthPx / 2 + END_GAP_PX
  if (middlePx < halfPx || middlePx + halfPx > walk.lengthPx) return null
  const [start, middle, end] = [walk.at(middlePx - halfPx), walk.at(middlePx), walk.at(middlePx + halfPx)]
  const bend =
    Math.atan2(end.y - middle.y, end.x - middle.x) - Math.atan2(middle.y - start.y, middle.x - start.x)
  if (Math.abs(Math.atan2(Math.sin(bend), Math.cos(bend))) > MAX_BEND_RAD) return null
  const angle = Math.atan2(end.y - start.y, end.x - start.x)
  const upright = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle
  return { ...style, lines: [text], x: middle.x, y: middle.y, angleRad: upright, widthPx }
}
