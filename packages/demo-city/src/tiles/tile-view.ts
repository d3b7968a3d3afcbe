import { type Box, type Line, TILE_PX, worldPx } from './mercator.ts'
import type { Surface } from './surface.ts'

/** Roads and labels reach over the edge of their own line: what lies this near outside still shows in the tile. */
const MARGIN_PX = 48

/** One tile being drawn: where it lies, and the way from map coordinates to its pixels. */
export class TileView {
  readonly zoom: number
  /** World pixels of the tile's top left corner. */
  readonly left: number
  readonly top: number
  /** What may show in the tile, in unit coordinates. */
  readonly box: Box
  private readonly scale: number

  constructor({ x, y, z }: { x: number; y: number; z: number }) {
    this.zoom = z
    this.scale = worldPx(z)
    this.left = x * TILE_PX
    this.top = y * TILE_PX
    this.box = {
      minX: (this.left - MARGIN_PX) / this.scale,
      minY: (this.top - MARGIN_PX) / this.scale,
      maxX: (this.left + TILE_PX + MARGIN_PX) / this.scale,
      maxY: (this.top + TILE_PX + MARGIN_PX) / this.scale,
    }
  }

  /** Adds a line to the canvas' current path. */
  trace(ctx: Surface, line: Line): void {
    for (let i = 0; i < line.length; i += 2) {
      const x = (line[i] ?? 0) * this.scale - this.left
      const y = (line[i + 1] ?? 0) * this.scale - this.top
      if (i === 0) ctx.moveTo(x, y)
      else ctx.lineTo(x, y)
    }
  }

  traceRing(ctx: Surface, ring: Line): void {
    this.trace(ctx, ring)
    ctx.closePath()
  }
}
