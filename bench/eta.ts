import { estimator } from './eta/estimator.ts'
import { judge } from './eta/judge.ts'
import { KINDS } from './eta/kinds.ts'
import { heldOut, plannedHeldOut, straightHeldOut, straightTuned, tuned } from './eta/ride-sets.ts'
import { simulate } from './eta/simulate.ts'
import { readCounts } from './support/counts.ts'
import { table } from './support/table.ts'

/**
 * How true the arrival is that customers are shown: seeded rides of each kind over routes, and by riders, that the estimate
 * was not tuned on; beside them those it was. Then the same with a router's duration, and rides on streets of which the
 * estimate knows the two doors alone. `npm run bench -- eta [--seeds 20]`
 */
const { seeds } = readCounts({ seeds: 20 })
const percent = (share: number | null) => (share === null ? '–' : (share * 100).toFixed(1))
const minutes = (width: number | null) => (width === null ? '–' : width.toFixed(1))
const buckets = ['0–3', '3–6', '6–10', '10–15']
const sets = [
  heldOut(),
  tuned(),
  // A router that is right, one that takes every rider for a car, and a slow one.
  ...[1, 0.7, 1.4].map(plannedHeldOut),
  straightHeldOut(),
  straightTuned(),
]

console.log(`
${seeds} rides of each kind on each route; ${sets.map(({ name, routes }) => `${name}: ${routes.length} routes`).join(', ')}, no seed in both.
Score: the middle of the range, by the ETA Accuracy Benchmark, in %, also by the minutes to go; coverage: how often the
range holds the true arrival, in %; width in minutes, also by the minutes to go. Oracle: the score of who knows the ride
to the second, but of a halt only once it has begun, and does not lean to the late side for it.`)

for (const set of sets) {
  const rows = KINDS.map((kind) => {
    const { shown, byOracle } = simulate(kind, { ...set, seeds, estimator })
    const { score, buckets, coverage, meanWidthMin, widthsMin, count } = judge(shown)
    return [
      kind.name,
      String(count),
      percent(score),
      ...buckets.map(percent),
      percent(coverage),
      minutes(meanWidthMin),
      ...widthsMin.map(minutes),
      percent(judge(byOracle).score),
    ]
  })
  const widths = buckets.map((bucket) => `width ${bucket}`)
  console.log(`\n${set.name}`)
  console.log(
    table(['kind', 'shown', 'score', ...buckets, 'coverage', 'mean width', ...widths, 'oracle'], rows),
  )
}
