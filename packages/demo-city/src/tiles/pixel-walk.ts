import type { Line } from './mercator.ts'

export type Spot = { x: number; y: number }

/** A line in world pixels that can be asked for the point so many pixels along it. */
export class PixelWalk {
  readonly lengthPx: number
  private readonly points: readonly (Spot & { sofar: number })[]

  constructor(line: Line, scale: number) {
    const points: (Spot & { sofar: number })[] = []
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = [(line[i] ?? 0) * scale, (line[i + 1] ?? 0) * scale]
      const last = points[points.length - 1]
      points.push({ x, y, sofar: last ? last.sofar + Math.hypot(x - last.x, y - last.y) : 0 })
    }
    this.points = points
    this.lengthPx = points[points.length - 1]?.sofar ?? 0
  }

  at(px: number): Spot {
    const next = this.points.findIndex(({ sofar }) => sofar >= px)
    const to = this.points[Math.max(1, next)]
    const from = this.points[Math.max(0, next - 1)]
    if (!from || !to) return { x: 0, y: 0 }
    const share = to.sofar === from.sofar ? 0 : (px - from.sofar) / (to.sofar - from.sofar)
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
  }
}
