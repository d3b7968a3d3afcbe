/** A tile is shown up to √2 larger at a zoom between two whole ones, and is drawn that much finer. */
const FRACTIONAL_ZOOM_RATIO = 1.5
const MAX_RATIO = 3

/** Pixels of a canvas for each pixel of a tile. */
export function tileRatio(): number {
  return Math.min(MAX_RATIO, (window.devicePixelRatio || 1) * FRACTIONAL_ZOOM_RATIO)
}
