import type { RoadKind } from './city.ts'
import type { StreetGraph } from './street-graph.ts'

/** What a metre costs: a rider keeps to the wide streets and takes a lane only for the door. No motorways for scooters. */
const COST_PER_M: Record<RoadKind, number> = {
  motorway: Number.POSITIVE_INFINITY,
  primary: 1,
  secondary: 1.05,
  local: 1.5,
  lane: 2.2,
}

/** Node → what it costs to get to it (as a start) or on from it (as a goal). */
export type Ends = ReadonlyMap<number, number>

/** The cheapest way from any start to any goal, as node ids (Dijkstra). Empty when there is none. */
export function shortestPath({ nodes, at }: StreetGraph, starts: Ends, goals: Ends): number[] {
  const costs = nodes.map((_, id) => starts.get(id) ?? Number.POSITIVE_INFINITY)
  const cameFrom = new Map<number, number>()
  const open = new Set(starts.keys())
  let best: { id: number; cost: number } | undefined

  for (;;) {
    const id = cheapest(open, costs)
    const cost = id === undefined ? Number.POSITIVE_INFINITY : (costs[id] ?? Number.POSITIVE_INFINITY)
    if (id === undefined || (best && cost >= best.cost)) break
    open.delete(id)
    const onward = goals.get(id)
    if (onward !== undefined && (!best || cost + onward < best.cost)) best = { id, cost: cost + onward }
    for (const { a, b, kind, lengthM } of at[id] ?? []) {
      const next = a === id ? b : a
      const through = cost + lengthM * COST_PER_M[kind]
      if (through >= (costs[next] ?? 0)) continue
      costs[next] = through
      cameFrom.set(next, id)
      open.add(next)
    }
  }
  return best ? walkBack(best.id, cameFrom) : []
}

function cheapest(open: ReadonlySet<number>, costs: readonly number[]): number | undefined {
  let found: number | undefined
  for (const id of open) {
    if (found === undefined || (costs[id] ?? 0) < (costs[found] ?? 0)) found = id
  }
  return found
}

function walkBack(last: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const path = [last]
  for (let id = cameFrom.get(last); id !== undefined; id = cameFrom.get(id)) path.push(id)
  return path.reverse()
}
