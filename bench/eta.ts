import { estimator } from './eta/estimator.ts'
import { judge } from './eta/judge.ts'
import { KINDS } from './eta/kinds.ts'
import { benchRoutes } from './eta/routes.ts'
import { simulate } from './eta/simulate.ts'
import { readCounts } from './support/counts.ts'
import { table } from './support/table.ts'

/**
 * How true the arrival is that customers are shown: seeded rides of each kind over the demo's routes and harder ones.
 * `npm run bench -- eta [--seeds 20]`
 */
const { seeds } = readCounts({ seeds: 20 })
const routes = benchRoutes()
const percent = (share: number | null) => (share === null ? '–' : (share * 100).toFixed(1))

const rows = KINDS.map((kind) => {
  const { shown, byOracle } = simulate(kind, { routes, seeds, estimator })
  const { score, buckets, coverage, meanWidthMin, count } = judge(shown)
  return [
    kind.name,
    String(count),
    percent(score),
    ...buckets.map(percent),
    percent(coverage),
    meanWidthMin.toFixed(1),
    percent(judge(byOracle).score),
  ]
})

const buckets = ['0–3', '3–6', '6–10', '10–15']
console.log(`
${routes.length} routes, ${seeds} rides on each. Score: the middle of the range, by the ETA Accuracy Benchmark, in %, also by the
minutes to go; coverage: how often the range holds the true arrival, in %; width in minutes. Oracle: the score of who
knows the ride to the second, but of a halt only once it has begun.
`)
console.log(table(['kind', 'shown', 'score', ...buckets, 'coverage', 'mean width', 'oracle'], rows))
