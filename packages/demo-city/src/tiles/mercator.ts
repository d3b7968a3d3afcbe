import type { LatLng } from '../flat-ground.ts'
import { toLatLng, type XY } from '../flat-ground.ts'

/**
 * Web Mercator (EPSG:3857) scaled to the unit square, as Leaflet has it: multiply by `256 * 2 ** zoom` for pixels.
 * A line is flat: x0, y0, x1, y1, …
 */
export type Line = Float64Array

export type Box = { minX: number; minY: number; maxX: number; maxY: number }

export const TILE_PX = 256
/** A tile is drawn one pixel wider and higher than it is spaced: see basemap-layer.ts. */
export const DRAWN_PX = TILE_PX + 1

export function worldPx(zoom: number): number {
  return TILE_PX * 2 ** zoom
}

export function projectLatLng([lat, lng]: LatLng): [x: number, y: number] {
  const sin = Math.sin((lat * Math.PI) / 180)
  return [(lng + 180) / 360, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)]
}

export function projectLine(points: readonly XY[]): Line {
  const line = new Float64Array(points.length * 2)
  points.forEach((point, i) => {
    line.set(projectLatLng(toLatLng(point)), i * 2)
  })
  return line
}

export function boxOf(line: Line): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (let i = 0; i < line.length; i += 2) {
    const x = line[i] ?? 0
    const y = line[i + 1] ?? 0
    box.minX = Math.min(box.minX, x)
    box.maxX = Math.max(box.maxX, x)
    box.minY = Math.min(box.minY, y)
    box.maxY = Math.max(box.maxY, y)
  }
  return box
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
}
