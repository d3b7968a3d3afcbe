import type { Figures } from './figures.ts'
import { count, markdownTable, percent, rough } from './markdown-table.ts'
import type { PushDelay } from './measure-customers.ts'
import {
  broadcastLimits,
  eventsPerS,
  type Load,
  planAdapter,
  planAffine,
  planBroadcast,
  planHistory,
  planKafka,
  REMEMBERED_MOST,
} from './model.ts'
import { type Design, PUSH, simulate, simulateFailure, streamsOf } from './scenarios.ts'

type Delays = Pick<PushDelay, 'perSecond' | 'p50Ms' | 'p99Ms'>[]

const RIDERS = [1_000, 10_000, 20_000, 50_000, 100_000, 1_000_000]
const LARGE = [10_000, 100_000, 1_000_000]
const EVERY_S = [5, 2]
const FEWEST_CUSTOMERS = 1
const MOST_CUSTOMERS = 1.3

const loadOf = (riders: number, everyS = 5, customersEach = MOST_CUSTOMERS): Load => ({
  riders,
  everyS,
  customersEach,
})

/** Every table that follows from what was measured, by its name in docs/scaling.md. */
export function renderComputed(figures: Figures, delays: Delays): Record<string, string> {
  return {
    instances: instancesTable(figures),
    limits: limitsTable(figures),
    knee: kneeTable(figures),
    failure: failureTable(figures),
    delays: delaysTable(figures, delays),
    kafka: kafkaTable(figures),
    history: historyTable(figures),
  }
}

function instancesTable(figures: Figures): string {
  const rows = EVERY_S.flatMap((everyS) =>
    RIDERS.map((riders) => {
      const [few, many] = [FEWEST_CUSTOMERS, MOST_CUSTOMERS].map((each) => loadOf(riders, everyS, each)) as [
        Load,
        Load,
      ]
      const range = (plan: (figures: Figures, load: Load) => { instances: number | null }) => {
        const [least, most] = [plan(figures, few).instances, plan(figures, many).instances]
        if (least === null || most === null) return 'none is enough'
        return least === most ? count(most) : `${count(least)}–${count(most)}`
      }
      const broadcast = planBroadcast(figures, many)
      const affine = planAffine(figures, many)
      const adapter = planAdapter(figures, many)
      return [
        `${count(riders)}, every ${everyS} s`,
        count(eventsPerS(many)),
        range(planBroadcast),
        percent(broadcast.readingCore),
        `${rough(broadcast.memoryMb)} MB${riders > REMEMBERED_MOST ? ' †' : ''}`,
        range(planAffine),
        `${rough(affine.memoryMb)} MB`,
        `${range(planAdapter)} + ${adapter.redisShards}`,
      ]
    }),
  )
  return markdownTable(
    [
      'riders',
      'events/s',
      'broadcast',
      'reading, of each core',
      'memory of each',
      'A: affine',
      'memory of each',
      'B: adapter + Redis',
    ],
    rows,
  )
}

function limitsTable(figures: Figures): string {
  const [slow, fast] = EVERY_S.map((everyS) => broadcastLimits(figures, loadOf(1, everyS)))
  const row = (title: string, of: (limits: ReturnType<typeof broadcastLimits>) => number) => [
    title,
    ...[slow, fast].map((limits) => rough(of(limits as ReturnType<typeof broadcastLimits>))),
  ]
  return markdownTable(
    ['riders at which', 'every 5 s', 'every 2 s'],
    [
      row("an instance's 768 MB (compose.yaml) are full of deliveries", (limits) => limits.ridersIn768Mb),
      row('an instance remembers no more deliveries', (limits) => limits.ridersRemembered),
      row('reading takes half a core of each instance', (limits) => limits.ridersAtHalfACore),
      row('the next instance adds less than a quarter of the first', (limits) => limits.ridersWithThose),
      row('…which is the instance after number', (limits) => limits.instances),
      row('no number of instances is enough', (limits) => limits.ridersNeverReached),
    ],
  )
}

function kneeTable(figures: Figures): string {
  const rows = [10_000, 20_000, 50_000, 75_000, 100_000, 125_000, 150_000].map((riders) => {
    const load = loadOf(riders)
    const instances = planAffine(figures, load).instances as number
    const cells = (design: Design) => {
      const simulated = simulate(streamsOf(figures, load, instances, design))
      const p99Ms = simulated.p99Ms(PUSH)
      return [percent(simulated.load), simulated.load >= 1 ? 'grows without end' : `${rough(p99Ms)} ms`]
    }
    return [count(riders), count(instances), ...cells('broadcast'), ...cells('affine')]
  })
  return markdownTable(
    ['riders', 'instances', 'broadcast: busy', 'push p99', 'affine: busy', 'push p99'],
    rows,
  )
}

function failureTable(figures: Figures): string {
  const rows = [10_000, 50_000, 100_000].flatMap((riders) =>
    (['broadcast', 'affine'] as const).map((design) => {
      const load = loadOf(riders)
      const plan = design === 'broadcast' ? planBroadcast : planAffine
      const { instances } = plan(figures, load)
      if (instances === null) return [`${count(riders)}, ${design}`, 'none is enough', '', '', '', '']
      const failure = simulateFailure(figures, load, instances, design)
      return [
        `${count(riders)}, ${design}`,
        count(instances),
        count(failure.comeBack),
        count(failure.mostPerS),
        `${(failure.lastBackMs / 1_000).toFixed(1)} s`,
        `${rough(failure.pushP99Ms)} ms`,
      ]
    }),
  )
  return markdownTable(
    [
      'riders, design',
      'instances',
      'customers cut off',
      'handshakes/s at each other',
      'the last is back after',
      'push p99 of the others',
    ],
    rows,
  )
}

/** As at the bench: one instance takes the posts, the other has all the customers, both share the history. */
function delaysTable(figures: Figures, delays: Delays): string {
  const rows = delays.map(({ perSecond, p50Ms, p99Ms }) => {
    const { read, emit, store } = figures
    const simulated = simulate([
      { kind: PUSH, perS: perSecond, meanUs: read + emit },
      { kind: 'store', perS: perSecond / 2, meanUs: store },
    ])
    return [
      `${perSecond} posts/s`,
      ...[p50Ms, p99Ms].map((ms) => `${ms} ms`),
      ...[simulated.p50Ms(PUSH), simulated.p99Ms(PUSH)].map((ms) => `${rough(ms)} ms`),
    ]
  })
  return markdownTable(
    [
      'evenly',
      'measured p50, all hops',
      'measured p99, all hops',
      "simulated p50, the last hop's queue",
      'simulated p99',
    ],
    rows,
  )
}

function kafkaTable(figures: Figures): string {
  const rows = LARGE.flatMap((riders) =>
    EVERY_S.map((everyS) => {
      const load = loadOf(riders, everyS)
      const broadcast = planBroadcast(figures, load).instances
      const affine = planAffine(figures, load).instances as number
      const kafka = planKafka(figures, load, { instances: affine, pushGroups: 1 })
      const now =
        broadcast === null
          ? '–'
          : rough(planKafka(figures, load, { instances: broadcast, pushGroups: broadcast }).outMbPerS)
      return [
        `${count(riders)}, every ${everyS} s`,
        count(kafka.recordsPerS),
        rough(kafka.inMbPerS),
        now,
        rough(kafka.outMbPerS),
        count(kafka.partitions),
        count(kafka.brokers),
        `${rough(kafka.storedTb)} TB`,
      ]
    }),
  )
  return markdownTable(
    [
      'riders',
      'records/s',
      'MB/s in',
      'MB/s out, broadcast',
      'MB/s out, affine',
      'partitions',
      'brokers',
      'on disk, 7 days',
    ],
    rows,
  )
}

function historyTable(figures: Figures): string {
  const rows = LARGE.flatMap((riders) =>
    EVERY_S.map((everyS) => {
      const { rowsPerS, rowsPerDay, gbPerDay, primaries } = planHistory(figures, loadOf(riders, everyS))
      return [
        `${count(riders)}, every ${everyS} s`,
        count(rowsPerS),
        `${rough(rowsPerDay / 1e6)} million`,
        `${rough(gbPerDay)} GB`,
        count(primaries),
      ]
    }),
  )
  return markdownTable(['riders', 'rows/s', 'rows a day', 'a day', 'primaries as it is'], rows)
}
