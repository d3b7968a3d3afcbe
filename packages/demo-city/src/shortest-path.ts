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
  const open: Waiting[] = []
  for (const [id, cost] of starts) push(open, { id, cost })
  let best: Waiting | undefined

  for (let next = pop(open); next && !(best && next.cost >= best.cost); next = pop(open)) {
    const { id, cost } = next
    // A cheaper way to it has been followed since.
    if (cost > (costs[id] ?? 0)) continue
    const onward = goals.get(id)
    if (onward !== undefined && (!best || cost + onward < best.cost)) best = { id, cost: cost + onward }
    for (const { a, b, kind, lengthM } of at[id] ?? []) {
      const other = a === id ? b : a
      const through = cost + lengthM * COST_PER_M[kind]
      if (through >= (costs[other] ?? 0)) continue
      costs[other] = through
      cameFrom.set(other, id)
      push(open, { id: other, cost: through })
    }
  }
  return best ? walkBack(best.id, cameFrom) : []
}

type Waiting = { id: number; cost: number }

/** A binary heap: the cheapest is first, and each costs no more than the two at twice its place. */
function push(heap: Waiting[], added: Waiting): void {
  let place = heap.push(added) - 1
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above] ?? added
    if (parent.cost <= added.cost) break
    heap[place] = parent
    place = above
  }
  heap[place] = added
}

function pop(heap: Waiting[]): Waiting | undefined {
  const [cheapest] = heap
  const last = heap.pop()
  if (!last || heap.length === 0) return cheapest
  let place = 0
  for (;;) {
    const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]]
    const isRight = right !== undefined && left !== undefined && right.cost < left.cost
    const child = isRight ? right : left
    if (!child || child.cost >= last.cost) break
    heap[place] = child
    place = 2 * place + (isRight ? 2 : 1)
  }
  heap[place] = last
  return cheapest
}

function walkBack(last: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const path = [last]
  for (let id = cameFrom.get(last); id !== undefined; id = cameFrom.get(id)) path.push(id)
  return path.reverse()
}
