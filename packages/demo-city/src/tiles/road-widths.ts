import type { RoadKind } from '../city.ts'

const FIRST_ZOOM = 11

/** Drawn width in pixels at zoom 11, 12, 13 … 19; 0 is not drawn. Wider than true to scale far out, near it close in. */
const WIDTHS: Record<RoadKind, readonly number[]> = {
  motorway: [1.6, 2.4, 3.6, 5.5, 8, 12, 19, 32, 56],
  primary: [0.8, 1.5, 2.6, 4.6, 7.5, 12, 21, 38, 68],
  secondary: [0.4, 0.9, 1.6, 3, 5.2, 8.6, 15, 27, 50],
  local: [0, 0.3, 0.8, 1.7, 3.3, 6, 11, 20, 38],
  lane: [0, 0, 0.35, 0.9, 1.9, 3.9, 7.4, 13, 24],
}

export function roadWidthPx(kind: RoadKind, zoom: number): number {
  const widths = WIDTHS[kind]
  return widths[Math.max(0, Math.min(widths.length - 1, zoom - FIRST_ZOOM))] ?? 0
}

/** The line of darker colour at each side of a road. Far out it would only make mud of narrow streets. */
export function casingPx(kind: RoadKind, zoom: number): number {
  if (kind === 'motorway' || kind === 'primary') return zoom >= 15 ? 1 : zoom >= 13 ? 0.7 : 0.4
  if (kind === 'secondary') return zoom >= 15 ? 1 : zoom >= 14 ? 0.6 : 0
  return zoom >= 16 ? 0.9 : zoom >= 15 ? 0.5 : 0
}
