import type { LatLng } from '#contracts/place.ts'
import { SCENARIOS } from '#server/demo/scenarios.ts'
import { toLatLng, type XY } from './ground.ts'

export type BenchRoute = { name: string; route: LatLng[] }

const ORIGIN: LatLng = [37.5, 127.03]

/** The demo's own deliveries and shapes that are hard to follow or of another length. */
export function drawnRoutes(): BenchRoute[] {
  const drawn: Record<string, XY[]> = {
    'out and back': [
      [0, 0],
      [500, 40],
      [1_100, 0],
      [500, 40],
      [0, 0],
      [0, 350],
    ],
    'crosses itself': [
      [0, 0],
      [900, 0],
      [1_200, 500],
      [600, 900],
      [450, -600],
      [1_300, -700],
    ],
    'round the block': [
      [0, 0],
      [400, 0],
      [400, 400],
      [0, 400],
      [0, 0],
      [400, 0],
      [400, 700],
    ],
    short: [
      [0, 0],
      [300, 20],
      [320, 500],
    ],
    long: [
      [0, 0],
      [900, 100],
      [1_000, 1_400],
      [2_600, 1_500],
      [2_700, 3_000],
      [3_900, 3_100],
    ],
  }
  return [
    ...SCENARIOS.map(({ id, route }) => ({ name: id, route: [...route] })),
    ...Object.entries(drawn).map(([name, points]) => ({
      name,
      route: points.map((point) => toLatLng(ORIGIN, point)),
    })),
  ]
}
