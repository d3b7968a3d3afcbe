import { toLatLng, type XY } from './ground.ts'
import { type Random, seeded } from './random.ts'
import type { BenchRoute } from './routes.ts'

const COUNT = 11
const [SHORTEST_M, LONGEST_M] = [900, 5_500]
const BLOCK_M = [60, 420] as const

/**
 * Seeded ways through cities that nobody drew: blocks of any length, turns to either side, streets that bend, and now
 * and then a street back.
 */
export function walkedRoutes(firstSeed: number): BenchRoute[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const random = seeded(firstSeed + index)
    const lengthM = SHORTEST_M + ((LONGEST_M - SHORTEST_M) * (index + 0.5)) / COUNT
    const origin = [random.between(35, 60), random.between(0, 140)] as [number, number]
    return {
      name: `walked ${firstSeed + index}`,
      route: walk(lengthM, random).map((at) => toLatLng(origin, at)),
    }
  })
}

function walk(lengthM: number, random: Random): XY[] {
  const points: XY[] = [[0, 0]]
  let [x, y, headingDeg, leftM] = [0, 0, random.between(0, 360), lengthM]
  while (leftM > 0) {
    const legM = Math.min(random.between(...BLOCK_M), leftM)
    x += legM * Math.cos((headingDeg * Math.PI) / 180)
    y += legM * Math.sin((headingDeg * Math.PI) / 180)
    points.push([x, y])
    leftM -= legM
    headingDeg += turnDeg(random)
  }
  return points
}

function turnDeg(random: Random): number {
  const kind = random.next()
  const side = random.next() < 0.5 ? -1 : 1
  if (kind < 0.5) return side * random.between(75, 105)
  if (kind < 0.95) return side * random.between(0, 40)
  return side * random.between(150, 180)
}
