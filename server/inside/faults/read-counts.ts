import type { FaultsState } from '#contracts/inside/faults.ts'
import type { BreakerView } from '../../kafka/publish-policy.ts'
import type { Metrics } from '../../metrics.ts'

type Labels = Partial<Record<string, string | number>>
type Sample = { value: number; labels: Labels; metricName?: string | undefined }
type Metric = { get(): Promise<{ values: Sample[] }> }

/** Returns the figures of the registry, the same as in /metrics. */
export async function readCounts(
  metrics: Metrics,
  view: BreakerView,
  nowMs: number,
): Promise<Pick<FaultsState, 'breaker' | 'counters'>> {
  const [states, failures, transitions, publishes, refused, requests, repeated, dead] = await Promise.all([
    samples(metrics.breaker),
    total(metrics.breakerFailures),
    samples(metrics.breakerTransitions),
    total(metrics.publishes),
    total(metrics.publishFailures, { reason: 'breaker_open' }),
    samples(metrics.httpRequests),
    samples(metrics.locationsRepeated),
    samples(metrics.deadLetters),
  ])
  const [accepted, late, duplicate, pushed, stored] = await Promise.all([
    total(metrics.locations.accepted),
    total(metrics.locations.late),
    total(metrics.locations.duplicate),
    total(metrics.locationsPushed),
    total(metrics.locationsStored),
  ])
  const trialAtMs = view.nextTrialAtMs()
  const current = states.find(({ value }) => value === 1)?.labels.state
  return {
    breaker: {
      state: current === 'Open' || current === 'HalfOpen' ? current : 'Closed',
      successes: publishes,
      failuresInRow: failures,
      failuresToOpen: view.failuresToOpen,
      refused,
      nextTrialInMs: trialAtMs === null ? null : Math.max(0, trialAtMs - nowMs),
      transitions: transitions.map(({ labels: { from, to }, value }) => ({
        from: String(from),
        to: String(to),
        times: value,
      })),
    },
    counters: {
      posts: postsByStatus(requests),
      accepted,
      late,
      duplicate,
      repeated: { push: sum(repeated, { group: 'push' }), history: sum(repeated, { group: 'history' }) },
      pushed,
      stored,
      deadLettered: dead.map(({ labels: { topic, reason }, value }) => ({
        topic: String(topic),
        reason: String(reason),
        times: value,
      })),
    },
  }
}

/** A histogram's `_count` tells how many there were. */
function postsByStatus(requests: readonly Sample[]): FaultsState['counters']['posts'] {
  return requests
    .filter(({ metricName, labels: { path, method } }) => {
      return metricName?.endsWith('_count') && path === '/api' && method === 'POST'
    })
    .map(({ labels, value }) => ({ status: Number(labels.status), times: value }))
    .sort((a, b) => a.status - b.status)
}

const samples = async (metric: Metric): Promise<Sample[]> => (await metric.get()).values
const total = async (metric: Metric, wanted: Labels = {}) => sum(await samples(metric), wanted)

function sum(values: readonly Sample[], wanted: Labels): number {
  return values
    .filter(({ labels }) => Object.entries(wanted).every(([name, value]) => labels[name] === value))
    .reduce((all, { value }) => all + value, 0)
}
