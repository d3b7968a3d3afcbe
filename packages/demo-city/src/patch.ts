import { distanceM, lerp, type XY } from './flat-ground.ts'

/** A line with its length known, so that a point can be asked for by the share of the way along it. */
export class Edge {
  readonly lengthM: number
  private readonly points: readonly XY[]
  /** How far along the line each point is. */
  private readonly alongM: readonly number[]

  constructor(points: readonly XY[]) {
    let sofarM = 0
    this.points = points
    this.alongM = points.map((point, i) => {
      sofarM += distanceM(points[i - 1] ?? point, point)
      return sofarM
    })
    this.lengthM = sofarM
  }

  /** `share` 0 is the first point, 1 the last. */
  at(share: number): XY {
    const wantedM = share * this.lengthM
    let i = 1
    while (i < this.points.length - 1 && (this.alongM[i] ?? 0) < wantedM) i++
    const [from, to] = [this.points[i - 1] ?? ORIGIN, this.points[i] ?? ORIGIN]
    const [startM, endM] = [this.alongM[i - 1] ?? 0, this.alongM[i] ?? 0]
    return lerp(from, to, endM === startM ? 0 : (wantedM - startM) / (endM - startM))
  }
}

const ORIGIN: XY = [0, 0]

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
  private readonly corners: readonly [nw: XY, ne: XY, sw: XY, se: XY]

  constructor(north: Edge, south: Edge, west: Edge, east: Edge) {
    this.north = north
    this.south = south
    this.west = west
    this.east = east
    this.corners = [north.at(0), north.at(1), south.at(0), south.at(1)]
    this.widthM = (north.lengthM + south.lengthM) / 2
    this.heightM = (west.lengthM + east.lengthM) / 2
  }

  at(u: number, v: number): XY {
    const [n, s, w, e] = [this.north.at(u), this.south.at(u), this.west.at(v), this.east.at(v)]
    const [nw, ne, sw, se] = this.corners
    const mix = (axis: 0 | 1) =>
      (1 - v) * n[axis] +
      v * s[axis] +
      (1 - u) * w[axis] +
      u * e[axis] -
      ((1 - u) * (1 - v) * nw[axis] + u * (1 - v) * ne[axis] + (1 - u) * v * sw[axis] + u * v * se[axis])
    return [mix(0), mix(1)]
  }
}
