import { distanceM, lerp, type XY } from './flat-ground.ts'

/** A line with its length known, so that a point can be asked for by the share of the way along it. */
export class Edge {
  readonly points: readonly XY[]
  readonly lengthM: number

  constructor(points: readonly XY[]) {
    this.points = points
    this.lengthM = points.reduce(
      (sum, point, i) => sum + (i ? distanceM(points[i - 1] ?? point, point) : 0),
      0,
    )
  }

  /** `share` 0 is the first point, 1 the last. */
  at(share: number): XY {
    let leftM = share * this.lengthM
    let previous: XY | undefined
    for (const point of this.points) {
      if (previous) {
        const stepM = distanceM(previous, point)
        if (leftM <= stepM && stepM > 0) return lerp(previous, point, leftM / stepM)
        leftM -= stepM
      }
      previous = point
    }
    return previous ?? [0, 0]
  }
}

/**
 * A Coons patch: lays the unit square onto a block with four (possibly bent) sides, so that a straight cut across the
 * square becomes a back street that leans the way the streets around it lean.
 * u runs west → east, v runs north → south.
 */
export class Patch {
  readonly widthM: number
  readonly heightM: number
  private readonly north: Edge
  private readonly south: Edge
  private readonly west: Edge
  private readonly east: Edge

  constructor(north: Edge, south: Edge, west: Edge, east: Edge) {
    this.north = north
    this.south = south
    this.west = west
    this.east = east
    this.widthM = (north.lengthM + south.lengthM) / 2
    this.heightM = (west.lengthM + east.lengthM) / 2
  }

  at(u: number, v: number): XY {
    const [n, s, w, e] = [this.north.at(u), this.south.at(u), this.west.at(v), this.east.at(v)]
    const [nw, ne, sw, se] = [this.north.at(0), this.north.at(1), this.south.at(0), this.south.at(1)]
    const mix = (axis: 0 | 1) =>
      (1 - v) * n[axis] +
      v * s[axis] +
      (1 - u) * w[axis] +
      u * e[axis] -
      ((1 - u) * (1 - v) * nw[axis] + u * (1 - v) * ne[axis] + (1 - u) * v * sw[axis] + u * v * se[axis])
    return [mix(0), mix(1)]
  }
}
