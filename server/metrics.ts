import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { TO_GO_BUCKETS } from '#contracts/eta-error.ts'
import { IMPLAUSIBLE_REASONS, type ImplausibleReason } from '#domain/implausible.ts'
import { OPTIONAL_FIELDS, type OptionalField } from '#domain/read-fix.ts'
import { QuickHistogram } from './ground/quick-histogram.ts'

export type Lag = { group: string; topic: string; partition: number; records: number }
/** A scrape must not wait for a Kafka or a database that is away. */
const READ_WITHIN_MS = 1_000
const PUBLISH_FAILURES = ['breaker_open', 'too_many', 'failed'] as const
export type PublishFailure = (typeof PUBLISH_FAILURES)[number]

/** What a phone app speaks: Traccar Client's JSON, its older parameters, OwnTracks. */
export const REPORTING_APPS = ['traccar', 'osmand', 'owntracks'] as const
export type ReportingApp = (typeof REPORTING_APPS)[number]

type JudgedPost = {
  accepted: readonly unknown[]
  conflicts: readonly unknown[]
  duplicates: number
  late: number
  clockReplaced: number
  implausible: readonly ImplausibleReason[]
  dropped: readonly OptionalField[]
}

/** `put_off`: it is tried again. */
const NOTICE_OUTCOMES = ['sent', 'put_off', 'given_up', 'forgotten'] as const
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number]

/** `put_off`: it is tried again; `off`: the receiver answered 410. */
const WEBHOOK_OUTCOMES = ['sent', 'put_off', 'given_up', 'off'] as const
export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number]

type CountPartitions = Record<'read' | 'placed' | 'astray', () => number>
type WebhookCounts = { waiting: number; oldestSeconds: number; off: number }
const WEBHOOK_GAUGES = [
  {
    name: 'rider_live_webhooks_waiting',
    help: 'Webhooks that are to be sent or tried again, on all instances.',
    of: 'waiting',
  },
  {
    name: 'rider_live_webhooks_oldest_seconds',
    help: 'Age of the oldest webhook that waits, on all instances.',
    of: 'oldestSeconds',
  },
  {
    name: 'rider_live_webhook_receivers_off',
    help: 'Receivers of webhooks that answered 410 and are switched off.',
    of: 'off',
  },
] as const

export type Metrics = ReturnType<typeof createMetrics>

/** Names follow the Prometheus conventions: base units, `_total` for counters. */
export function createMetrics(instance: string) {
  const registry = new Registry()
  registry.setDefaultLabels({ instance_id: instance })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name, help, registers })

  const breaker = new Gauge({
    name: 'rider_live_log_breaker_state',
    help: 'State of the circuit breaker before Kafka: 1 for the one it is in.',
    labelNames: ['state'] as const,
    registers,
  })

  const breakerFailures = new Gauge({
    name: 'rider_live_log_breaker_failures_in_row',
    help: 'Publishes that have failed one after the other: so many as the breaker allows, and it opens.',
    registers,
  })
  const breakerTransitions = new Counter({
    name: 'rider_live_log_breaker_transitions_total',
    help: 'Changes of the state of the circuit breaker before Kafka.',
    labelNames: ['from', 'to'] as const,
    registers,
  })

  const hops = new QuickHistogram({
    name: 'rider_live_hop_seconds',
    help: 'What each hop of a location takes: publish (until Kafka has it), log, push (read to emit), paint (emit to the screen, a sample), store (read to stored).',
    labelNames: ['hop'] as const,
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })

  const publishFailures = new Counter({
    name: 'rider_live_publish_failures_total',
    help: 'Publishes answered log_unavailable, by reason.',
    labelNames: ['reason'] as const,
    registers,
  })
  // There from the start: no rate counts the increase that a series begins with.
  for (const reason of PUBLISH_FAILURES) publishFailures.inc({ reason }, 0)

  const locations = {
    accepted: counter('rider_live_locations_accepted_total', 'Locations acknowledged to riders.'),
    duplicate: counter('rider_live_locations_duplicate_total', 'Retried locations that were known already.'),
    conflicting: counter(
      'rider_live_locations_conflicting_total',
      'Locations with a known seq and other content.',
    ),
    late: counter('rider_live_locations_late_total', 'Accepted locations older than the newest, by seq.'),
    clockReplaced: counter(
      'rider_live_locations_clock_replaced_total',
      'Accepted locations with an impossible capture time, for which the receipt stands in.',
    ),
    implausible: new Counter({
      name: 'rider_live_locations_implausible_total',
      help: 'Accepted locations whose place was not believed, by reason.',
      labelNames: ['reason'] as const,
      registers,
    }),
    fieldsDropped: new Counter({
      name: 'rider_live_fields_dropped_total',
      help: 'Optional fields of posted locations whose values were out of range, by field.',
      labelNames: ['field'] as const,
      registers,
    }),
  }
  for (const reason of IMPLAUSIBLE_REASONS) locations.implausible.inc({ reason }, 0)
  for (const field of OPTIONAL_FIELDS) locations.fieldsDropped.inc({ field }, 0)

  const appPosts = new Counter({
    name: 'rider_live_app_posts_total',
    help: 'Posts of phone apps that were taken, by what they speak.',
    labelNames: ['app'] as const,
    registers,
  })
  for (const app of REPORTING_APPS) appPosts.inc({ app }, 0)

  let countPartitions: CountPartitions | undefined
  const partitions: Gauge<'state'> = new Gauge({
    name: 'rider_live_partitions',
    help: 'With PUSH=affine, partitions of the locations: read by this instance, and placed here (where their customers belong).',
    labelNames: ['state'] as const,
    registers,
    collect() {
      if (!countPartitions) return
      partitions.set({ state: 'read' }, countPartitions.read())
      partitions.set({ state: 'placed' }, countPartitions.placed())
    },
  })
  const astray: Gauge = new Gauge({
    name: 'rider_live_customers_astray',
    help: 'Customers whose socket is here and whose delivery another instance has.',
    registers,
    collect: () => astray.set(countPartitions?.astray() ?? 0),
  })

  const etaError = new Histogram({
    name: 'rider_live_eta_error_seconds',
    help: 'Of each ride that was delivered, by the minutes to go: how much later than the middle of the range the rider came, on average (below 0: earlier).',
    labelNames: ['minutes_to_go'] as const,
    buckets: [-270, -180, -120, -90, -60, -30, 0, 30, 60, 90, 150, 210, 270, 600],
    registers,
  })
  for (const minutes_to_go of TO_GO_BUCKETS) etaError.zero({ minutes_to_go })

  const erased = new Counter({
    name: 'rider_live_retention_erased_total',
    help: 'What was over for as long as the settings say, and has been erased: positions, and whole deliveries.',
    labelNames: ['what'] as const,
    registers,
  })
  for (const what of ['positions', 'deliveries'] as const) erased.inc({ what }, 0)

  const notices = new Counter({
    name: 'rider_live_notices_total',
    help: 'Tries to send a push message, by what came of it: sent, put_off (tried again), given_up (no news any more, or refused), forgotten (the browser is no more).',
    labelNames: ['outcome'] as const,
    registers,
  })
  for (const outcome of NOTICE_OUTCOMES) notices.inc({ outcome }, 0)

  const webhookAttempts = new Counter({
    name: 'rider_live_webhook_attempts_total',
    help: 'Tries to send a webhook, by what came of it: sent, put_off (tried again), given_up, off (the receiver answered 410).',
    labelNames: ['outcome'] as const,
    registers,
  })
  for (const outcome of WEBHOOK_OUTCOMES) webhookAttempts.inc({ outcome }, 0)

  return {
    registry,
    erased,
    notices,
    webhookAttempts,
    /** Asked for once at each look at the metrics. The gauges are empty while the answer does not come. */
    watchWebhooks(read: () => Promise<WebhookCounts>) {
      let reading: Promise<WebhookCounts | null> | null = null
      const readOnce = () => {
        reading ??= inTime<WebhookCounts | null>(read, null).finally(() => {
          reading = null
        })
        return reading
      }
      for (const { name, help, of } of WEBHOOK_GAUGES) {
        new Gauge({
          ...{ name, help, registers },
          async collect() {
            const counts = await readOnce()
            this.remove()
            if (counts !== null) this.set(counts[of])
          },
        })
      }
    },
    locations,
    appPosts,
    etaError,
    /** What became of the points of one post. */
    judged(post: JudgedPost) {
      locations.accepted.inc(post.accepted.length)
      // Most are 0 in most posts.
      if (post.duplicates > 0) locations.duplicate.inc(post.duplicates)
      if (post.conflicts.length > 0) locations.conflicting.inc(post.conflicts.length)
      if (post.late > 0) locations.late.inc(post.late)
      if (post.clockReplaced > 0) locations.clockReplaced.inc(post.clockReplaced)
      for (const reason of post.implausible) locations.implausible.inc({ reason })
      for (const field of post.dropped) locations.fieldsDropped.inc({ field })
    },
    httpRequests: new QuickHistogram({
      name: 'rider_live_http_request_duration_seconds',
      help: 'HTTP requests by kind of path, method and status.',
      labelNames: ['path', 'method', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    locationsStored: counter('rider_live_locations_stored_total', 'Locations that the history wrote.'),
    locationsPushed: counter(
      'rider_live_locations_pushed_total',
      'Location events emitted to a room with customers.',
    ),
    locationsRepeated: new Counter({
      name: 'rider_live_locations_repeated_total',
      help: 'Locations that a group had before and left out. Kafka delivers at least once.',
      labelNames: ['group'] as const,
      registers,
    }),
    publishes: counter('rider_live_publishes_total', 'Publishes that Kafka has acknowledged.'),
    publishFailures,
    /** `Closed`, `Open`, `HalfOpen` or `Isolated`. */
    breakerState(current: string) {
      for (const state of ['Closed', 'Open', 'HalfOpen']) breaker.set({ state }, state === current ? 1 : 0)
    },
    breaker,
    breakerFailures,
    breakerTransitions,
    deadLetters: new Counter({
      name: 'rider_live_dead_letters_total',
      help: 'Records put on a dead-letter topic, by topic and reason.',
      labelNames: ['topic', 'reason'] as const,
      registers,
    }),
    customersConnected: new Gauge({
      name: 'rider_live_customers_connected',
      help: 'Customers whose socket is on this instance.',
      registers,
    }),
    customersSent: counter(
      'rider_live_customers_sent_elsewhere_total',
      'Handshakes that were answered with the instance that has the delivery.',
    ),
    callsSentOn: counter(
      'rider_live_calls_sent_on_total',
      'Calls of the API that the instance which has the delivery has answered.',
    ),
    /** Asked at each look at the metrics. */
    watchPartitions(count: CountPartitions) {
      countPartitions = count
    },
    boardsConnected: new Gauge({
      name: 'rider_live_boards_connected',
      help: 'Boards of dispatch whose socket is on this instance.',
      registers,
    }),
    /** `log`: from the hand-over to the producer until a bridge reads it. */
    hop(name: 'publish' | 'log' | 'push' | 'paint' | 'store', ms: number) {
      hops.observe({ hop: name }, Math.max(0, ms) / 1_000)
    },
    /** Asked for at each look at the metrics. The gauge is empty while the answer does not come. */
    watchLag(read: () => Promise<Lag[]>) {
      const gauge: Gauge<'group' | 'topic' | 'partition'> = new Gauge({
        name: 'rider_live_consumer_lag_records',
        help: 'Records of a partition that a group has not read yet. Each instance tells of the groups it is in.',
        labelNames: ['group', 'topic', 'partition'] as const,
        registers,
        async collect() {
          const lags = await inTime(read, [])
          gauge.reset()
          for (const { group, topic, partition, records } of lags)
            gauge.set({ group, topic, partition }, records)
        },
      })
    },
    receiveToEmit: new QuickHistogram({
      name: 'rider_live_receive_to_emit_seconds',
      help: 'From the arrival of a post to the emit towards the customers.',
      labelNames: [] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
  }
}

async function inTime<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, READ_WITHIN_MS, otherwise)
  })
  return await Promise.race([read().catch(() => otherwise), timeUp]).finally(() => clearTimeout(timer))
}
