import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Eta } from '#contracts/snapshot.ts'
import type { Way } from '#domain/way.ts'
import type { Shown } from './judge.ts'
import type { Kind } from './kinds.ts'
import { byOracle } from './oracle.ts'
import { seeded } from './random.ts'
import { report } from './report.ts'
import type { RideSet } from './ride-sets.ts'

/** What is judged: told each point of one ride as it comes, it says when the rider will be there. */
export type Estimator = (way: Way) => (location: Location) => Eta | null

/** Any moment will do, as long as it is always the same. */
const START_MS = 1_790_000_000_000

export type Simulated = { shown: Shown[]; byOracle: Shown[] }

/** Rides of the kind over each route of the set: what their customers were shown at each point, beside what came. */
export function simulate(
  kind: Kind,
  {
    routes,
    firstSeed,
    known,
    seeds,
    estimator,
  }: Omit<RideSet, 'name'> & { seeds: number; estimator: Estimator },
): Simulated {
  const rides = routes.flatMap(({ route }, index) =>
    Array.from({ length: seeds }, (_, seed) =>
      simulateOne(kind, route, (firstSeed + seed) * 1_000 + index + 1, estimator, known),
    ),
  )
  return { shown: rides.flatMap(({ shown }) => shown), byOracle: rides.flatMap((ride) => ride.byOracle) }
}

function simulateOne(
  kind: Kind,
  route: LatLng[],
  seed: number,
  estimator: Estimator,
  known: RideSet['known'],
): Simulated {
  const random = seeded(seed)
  const moments = kind.ride(route, random)
  const arrivedMs = START_MS + Math.round(moments.at(-1)?.ms ?? 0)
  const [origin] = route as [LatLng]
  const estimate = estimator(known(route, moments, seed))
  const shown = report(moments, { phone: kind.phone, origin, startMs: START_MS }, random)
    .map((location) => ({ atMs: location.receivedAtMs, eta: estimate(location), arrivedMs }))
    .filter(({ atMs }) => atMs < arrivedMs)
  return { shown, byOracle: byOracle(moments, shown, START_MS) }
}
