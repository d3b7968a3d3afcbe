export type Padding = { topLeft: [number, number]; bottomRight: [number, number] }
type Box = { left: number; top: number; right: number; bottom: number }

/** However little room there is, so much of it stays for what is to be in view. */
const LEAST_SHARE = 0.4

/**
 * The room to leave at each side of a map: what its markers need, and what lies over it, at the side where that takes the
 * smallest share. In a low or narrow map all of it shrinks. Boxes in the same pixels.
 */
export function framePadding(map: Box, markers: Padding, cover: Box | null): Padding {
  const [width, height] = [map.right - map.left, map.bottom - map.top]
  const covered = cover ? coveredBy(map, cover) : { left: 0, top: 0, right: 0, bottom: 0 }
  const [left, right] = shrink(
    markers.topLeft[0] + covered.left,
    markers.bottomRight[0] + covered.right,
    width,
  )
  const [top, bottom] = shrink(
    markers.topLeft[1] + covered.top,
    markers.bottomRight[1] + covered.bottom,
    height,
  )
  return { topLeft: [left, top], bottomRight: [right, bottom] }
}

function coveredBy(map: Box, cover: Box): Box {
  const nothing = { left: 0, top: 0, right: 0, bottom: 0 }
  const isApart =
    cover.right <= map.left || cover.left >= map.right || cover.bottom <= map.top || cover.top >= map.bottom
  if (isApart) return nothing
  const [width, height] = [map.right - map.left, map.bottom - map.top]
  const sides = [
    { side: 'left', px: cover.right - map.left, of: width },
    { side: 'top', px: cover.bottom - map.top, of: height },
    { side: 'right', px: map.right - cover.left, of: width },
    { side: 'bottom', px: map.bottom - cover.top, of: height },
  ]
  const [least] = sides.toSorted((a, b) => a.px / a.of - b.px / b.of)
  return least ? { ...nothing, [least.side]: least.px } : nothing
}

function shrink(before: number, after: number, size: number): [number, number] {
  const factor = Math.min(1, ((1 - LEAST_SHARE) * size) / Math.max(1, before + after))
  return [before * factor, after * factor]
}
