import type { LatLng } from '#contracts/place.ts'
import { findRoute } from '#demo-city/find-route.ts'
import { distanceM } from '#domain/geometry.ts'
import { routeLengthM } from '#domain/route.ts'
import { seeded } from './random.ts'
import type { BenchRoute } from './routes.ts'

const COUNT = 22
const [SOUTH, WEST, NORTH, EAST] = [37.485, 127.015, 37.531, 127.073] as const
const [NEAREST_M, FARTHEST_M] = [500, 4_000]
/** Nobody lives farther than that from a street. */
const KERB_M = 60

/**
 * Ways between seeded doors along the streets of the drawn city: shortest ones, as riders who know the town ride them.
 * Of all distances between the doors about equally many.
 */
export function cityRoutes(firstSeed: number): BenchRoute[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const random = seeded(firstSeed + index)
    const crowM = NEAREST_M + ((FARTHEST_M - NEAREST_M) * (index + 0.5)) / COUNT
    const door = (): LatLng => [random.between(SOUTH, NORTH), random.between(WEST, EAST)]
    for (;;) {
      const [from, to] = [door(), door()]
      if (Math.abs(distanceM(from, to) - crowM) > 80) continue
      const route = findRoute(from, to, [])
      const gaps = [route.slice(0, 2), route.slice(-2)].map(routeLengthM)
      if (gaps.every((gapM) => gapM <= KERB_M)) return { name: `city ${firstSeed + index}`, route }
    }
  })
}
