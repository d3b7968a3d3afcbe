import { boxesMeet } from './box.ts'
import { city } from './city.ts'
import type { LatLng } from './flat-ground.ts'
import { distanceM, lerp, toLatLng, toXY, type XY } from './flat-ground.ts'
import { pointOf } from './named-streets.ts'
import { parsePoints } from './parse-points.ts'
import { type Ends, shortestPath } from './shortest-path.ts'
import {
  buildStreetGraph,
  connected,
  type GraphEdge,
  type StreetGraph,
  shareOfNearest,
} from './street-graph.ts'
import { withoutStraightPoints } from './without-straight-points.ts'

const MAX_GAP_M = 150

/** Deliveries stay in Gangnam; the streets drawn around it need no junctions worked out. */
const GANGNAM = parsePoints('37.483,127.013 37.533,127.075').map(toXY)

let graph: StreetGraph | undefined

type Kerb = { point: XY; ends: Ends; edge: GraphEdge | undefined }

/**
 * The way from one door to another through the named crossings, along streets of the demo area. First and last point
 * are the doors; neighbours are at most 150 m apart. Throws if a crossing is unknown or cannot be reached.
 */
export function findRoute(from: LatLng, to: LatLng, via: readonly string[]): LatLng[] {
  graph ??= connected(
    buildStreetGraph(
      city().roads.filter(({ kind, points }) => kind !== 'motorway' && boxesMeet(points, GANGNAM)),
    ),
  )
  const { nodes } = graph
  const start = nearestOnStreet(graph, toXY(from))
  const end = nearestOnStreet(graph, toXY(to))

  const ids: number[] = []
  let starts = start.ends
  for (const goals of [...via.map((key) => endsAt(key, nodes)), end.ends]) {
    const leg = shortestPath(graph, starts, goals)
    const last = leg[leg.length - 1]
    if (last === undefined) throw new Error(`No way from ${from} to ${to} through ${via.join(', ')}`)
    ids.push(...leg.slice(ids.length ? 1 : 0))
    starts = new Map([[last, 0]])
  }
  // Both doors at the same piece of street: no way round by one of its ends.
  if (via.length === 0 && start.edge === end.edge) ids.length = 0
  const onStreet = [start.point, ...ids.map((id) => nodes[id] ?? start.point), end.point]
  const line = [toXY(from), ...withoutStraightPoints(inSteps(onStreet), MAX_GAP_M), toXY(to)]
  return line.map(toLatLng).map(([lat, lng]): LatLng => [round5(lat), round5(lng)])
}

function endsAt(key: string, nodes: readonly XY[]): Ends {
  const point = pointOf(key)
  const id = nodes.findIndex((node) => distanceM(node, point) < 2)
  if (id < 0) throw new Error(`No street comes through ${key}`)
  return new Map([[id, 0]])
}

/** Whether streets for a way from or to this place are drawn. */
export function isInCity(place: LatLng): boolean {
  return boxesMeet([toXY(place)], GANGNAM)
}

/** The kerb: the nearest point of any street, and what it costs to reach the two ends of that piece of street. */
function nearestOnStreet({ nodes, edges }: StreetGraph, door: XY): Kerb {
  let nearest: Kerb & { distanceM: number } = {
    ...{ distanceM: Number.POSITIVE_INFINITY, point: door },
    ...{ ends: new Map<number, number>(), edge: undefined },
  }
  for (const edge of edges) {
    const { a, b } = edge
    const [from, to] = [nodes[a], nodes[b]]
    if (!from || !to) continue
    const point = lerp(from, to, shareOfNearest(door, { from, to }))
    const away = distanceM(door, point)
    if (away >= nearest.distanceM) continue
    const ends = new Map([
      [a, distanceM(point, from)],
      [b, distanceM(point, to)],
    ])
    nearest = { distanceM: away, point, ends, edge }
  }
  return nearest
}

/** Long straights get points in between, so that a rider simulated along them has somewhere to be. */
function inSteps(line: readonly XY[]): XY[] {
  return line.flatMap((point, i) => {
    const next = line[i + 1]
    const steps = next ? Math.ceil(distanceM(point, next) / MAX_GAP_M) : 1
    return Array.from({ length: steps }, (_, step) => (next ? lerp(point, next, step / steps) : point))
  })
}

/** Five decimals are about a metre. */
function round5(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}
