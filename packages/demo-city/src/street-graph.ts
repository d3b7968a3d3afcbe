import type { RoadKind } from './city.ts'
import { distanceM, lerp, type XY } from './flat-ground.ts'

/** Points nearer than this are one junction. */
const SAME_M = 2
const GRID_M = 120

export type GraphEdge = { a: number; b: number; kind: RoadKind; lengthM: number }
export type StreetGraph = {
  nodes: readonly XY[]
  edges: readonly GraphEdge[]
  at: readonly (readonly GraphEdge[])[]
}

type Segment = { from: XY; to: XY; kind: RoadKind; cuts: number[] }

/** Turns drawn lines into a graph: every place where two lines meet or cross becomes a node, the pieces between edges. */
export function buildStreetGraph(roads: readonly { kind: RoadKind; points: readonly XY[] }[]): StreetGraph {
  const segments: Segment[] = roads.flatMap(({ kind, points }) =>
    points.slice(1).map((to, i) => ({ from: points[i] ?? to, to, kind, cuts: [0, 1] })),
  )
  cutWhereTheyMeet(segments)

  const nodes: XY[] = []
  const edges: GraphEdge[] = []
  const nodeAt = nodeFinder(nodes)
  for (const { from, to, kind, cuts } of segments) {
    const ids = cuts.sort((x, y) => x - y).map((t) => nodeAt(lerp(from, to, t)))
    ids.slice(1).forEach((b, i) => {
      const a = ids[i] ?? b
      const [start, end] = [nodes[a], nodes[b]]
      if (a !== b && start && end) edges.push({ a, b, kind, lengthM: distanceM(start, end) })
    })
  }
  const at: GraphEdge[][] = nodes.map(() => [])
  for (const edge of edges) {
    at[edge.a]?.push(edge)
    at[edge.b]?.push(edge)
  }
  return { nodes, edges, at }
}

/** The largest part of it from each of whose nodes every other one can be reached: a way within it is always found. */
export function connected({ nodes, edges, at }: StreetGraph): StreetGraph {
  const partOf = new Map<number, number>()
  const sizes: number[] = []
  for (const id of nodes.keys()) {
    if (partOf.has(id)) continue
    const part = sizes.push(0) - 1
    const reached = [id]
    partOf.set(id, part)
    for (const node of reached) {
      sizes[part] = (sizes[part] ?? 0) + 1
      for (const { a, b } of at[node] ?? []) {
        const next = a === node ? b : a
        if (partOf.has(next)) continue
        partOf.set(next, part)
        reached.push(next)
      }
    }
  }
  const largest = sizes.indexOf(Math.max(...sizes))
  return { nodes, at, edges: edges.filter(({ a }) => partOf.get(a) === largest) }
}

function cutWhereTheyMeet(segments: readonly Segment[]): void {
  const grid = new Map<number, Segment[]>()
  for (const segment of segments) {
    const near = new Set<Segment>()
    const keys = gridKeys(segment)
    for (const key of keys) for (const other of grid.get(key) ?? []) near.add(other)
    for (const other of near) cutBoth(segment, other)
    for (const key of keys) {
      const cell = grid.get(key)
      if (cell) cell.push(segment)
      else grid.set(key, [segment])
    }
  }
}

function gridKeys({ from, to }: Segment): number[] {
  const steps = Math.ceil(distanceM(from, to) / (GRID_M / 3)) + 1
  const keys = new Set<number>()
  for (let i = 0; i <= steps; i++) {
    const [x, y] = lerp(from, to, i / steps)
    for (const dx of [-SAME_M, SAME_M]) {
      for (const dy of [-SAME_M, SAME_M])
        keys.add(cellKey(Math.floor((x + dx) / GRID_M), Math.floor((y + dy) / GRID_M)))
    }
  }
  return [...keys]
}

/** One number for a cell of a grid, either way from the origin. */
function cellKey(x: number, y: number): number {
  return (x + 50_000) * 100_000 + (y + 50_000)
}

/** Two segments meet if they cross, or if an end of one lies on the other. */
function cutBoth(one: Segment, two: Segment): void {
  for (const [segment, other] of [
    [one, two],
    [two, one],
  ] as const) {
    for (const end of [other.from, other.to]) {
      const t = shareOfNearest(end, segment)
      if (distanceM(end, lerp(segment.from, segment.to, t)) < SAME_M) segment.cuts.push(t)
    }
  }
  const dx1 = one.to[0] - one.from[0]
  const dy1 = one.to[1] - one.from[1]
  const dx2 = two.to[0] - two.from[0]
  const dy2 = two.to[1] - two.from[1]
  const cross = dx1 * dy2 - dy1 * dx2
  if (Math.abs(cross) < 1e-9) return
  const [ox, oy] = [two.from[0] - one.from[0], two.from[1] - one.from[1]]
  const t = (ox * dy2 - oy * dx2) / cross
  const s = (ox * dy1 - oy * dx1) / cross
  if (t > 0 && t < 1 && s > 0 && s < 1) {
    one.cuts.push(t)
    two.cuts.push(s)
  }
}

/** The share of the way along a segment at which it comes nearest to a point. */
export function shareOfNearest(point: XY, { from, to }: { from: XY; to: XY }): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const squared = dx * dx + dy * dy
  if (squared === 0) return 0
  return Math.max(0, Math.min(1, ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / squared))
}

/** Finds the node at a point, or adds one. */
function nodeFinder(nodes: XY[]): (point: XY) => number {
  const byCell = new Map<number, number[]>()
  return (point) => {
    const [cx, cy] = [Math.floor(point[0] / SAME_M), Math.floor(point[1] / SAME_M)]
    for (let x = cx - 1; x <= cx + 1; x++) {
      for (let y = cy - 1; y <= cy + 1; y++) {
        for (const id of byCell.get(cellKey(x, y)) ?? []) {
          const node = nodes[id]
          if (node && distanceM(node, point) < SAME_M) return id
        }
      }
    }
    const id = nodes.push(point) - 1
    const key = cellKey(cx, cy)
    byCell.set(key, [...(byCell.get(key) ?? []), id])
    return id
  }
}
