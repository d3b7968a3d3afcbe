import type { Figures } from './figures.ts'
import { count, markdownTable, percent, rough } from './markdown-table.ts'
import {
  broadcastLimits,
  eventsPerS,
  type Load,
  planAffine,
  planBroadcast,
  planHistory,
  planKafka,
  REMEMBERED_MOST,
} from './model.ts'

const RIDERS = [1_000, 10_000, 50_000, 100_000]
const LARGE = [10_000, 100_000]
const EVERY_S = [5, 2]
const CUSTOMERS_EACH = 1.3

const loadOf = (riders: number, everyS: number): Load => ({ riders, everyS, customersEach: CUSTOMERS_EACH })

/** Every table that follows from what was measured, by its name in docs/scaling.md. */
export function renderComputed(figures: Figures): Record<string, string> {
  return { instances: instancesTable(figures), limits: limitsTable(figures), stores: storesTable(figures) }
}

function instancesTable(figures: Figures): string {
  const rows = EVERY_S.flatMap((everyS) =>
    RIDERS.map((riders) => {
      const load = loadOf(riders, everyS)
      const broadcast = planBroadcast(figures, load)
      const affine = planAffine(figures, load)
      return [
        `${count(riders)}, every ${everyS} s`,
        broadcast.instances === null ? 'none is enough' : count(broadcast.instances),
        percent(broadcast.readingCore),
        `${rough(broadcast.memoryMb)} MB${riders > REMEMBERED_MOST ? ' †' : ''}`,
        affine.instances === null ? 'none is enough' : count(affine.instances),
        `${rough(affine.memoryMb)} MB`,
      ]
    }),
  )
  return markdownTable(['riders', 'broadcast', 'reading', 'memory', 'affine', 'memory'], rows)
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
      row("an instance's 768 MB (compose.yaml) are full", (limits) => limits.ridersIn768Mb),
      row('an instance remembers no more deliveries', (limits) => limits.ridersRemembered),
      row('reading takes half a core of each', (limits) => limits.ridersAtHalfACore),
      row('the next instance adds less than a quarter of the first', (limits) => limits.ridersWithThose),
      row('no number of instances is enough', (limits) => limits.ridersNeverReached),
    ],
  )
}

function storesTable(figures: Figures): string {
  const rows = LARGE.flatMap((riders) =>
    EVERY_S.map((everyS) => {
      const load = loadOf(riders, everyS)
      const broadcast = planBroadcast(figures, load).instances
      const affine = planAffine(figures, load).instances as number
      const kafka = planKafka(figures, load, { instances: affine, pushGroups: 1 })
      const outNow =
        broadcast === null
          ? '–'
          : rough(planKafka(figures, load, { instances: broadcast, pushGroups: broadcast }).outMbPerS)
      const { gbPerDay, primaries } = planHistory(figures, load)
      return [
        `${count(riders)}, every ${everyS} s`,
        count(eventsPerS(load)),
        `${rough(kafka.inMbPerS)}`,
        `${outNow} / ${rough(kafka.outMbPerS)}`,
        count(kafka.brokers),
        rough(kafka.storedTb),
        rough(gbPerDay),
        count(primaries),
      ]
    }),
  )
  return markdownTable(
    [
      'riders',
      'records/s',
      'MB/s in',
      'MB/s out: broadcast / affine',
      'brokers',
      'TB in 7 days',
      'GB of rows a day',
      'primaries',
    ],
    rows,
  )
}
