import type { PostLocationsAnswer } from '#contracts/http.ts'
import type { Fix, Location } from '#contracts/location.ts'
import { judgeFix } from '#domain/accept-fix.ts'
import { isAcceptedAfterEnd, isArriving } from '#domain/lifecycle.ts'
import { ProblemError } from '../gateway/problem-error.ts'
import type { PostContext, Publish } from '../kafka/publish.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { ChangeStatus } from './change-status.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import { waitAtMost } from './wait-at-most.ts'

type Dependencies = {
  live: LiveDeliveries
  publish: Publish
  changeStatus: ChangeStatus
  metrics: Metrics
  log: Log
}
/** A rider whose points are safe does not wait for a slow database as well. */
const ARRIVED_WITHIN_MS = 500

/**
 * The delivery service takes a rider's points: judges each, publishes what is new, and answers only once Kafka has
 * it. A retry of what is known already costs nothing and changes nothing.
 * @throws ProblemError `not_found`, `delivery_ended`, or `log_unavailable` (nothing of the call is acknowledged then)
 */
export function createAcceptLocations({ live, publish, changeStatus, metrics, log }: Dependencies) {
  const arriving = new Map<string, Promise<void>>()

  return async (
    deliveryId: string,
    { locations: fixes }: { locations: Fix[] },
    context: PostContext,
  ): Promise<PostLocationsAnswer> => {
    const delivery = await live.get(deliveryId)
    const { accepted, duplicates, late, conflicts } = judge(
      deliveryId,
      delivery,
      stillWelcome(fixes, delivery, context),
      context,
    )

    await Promise.all([
      publish.locations(accepted, { riderId: delivery.record.riderId, ...context }),
      publish.deadLetters(
        conflicts.map((location) => ({ event: location, reason: 'same seq, other content', ...context })),
      ),
    ])
    for (const location of accepted) live.noteLocation(location)

    metrics.locationsAccepted.inc(accepted.length)
    metrics.locationsDuplicate.inc(duplicates)
    metrics.locationsLate.inc(late)
    metrics.locationsConflicting.inc(conflicts.length)
    await waitAtMost(ARRIVED_WITHIN_MS, arriveIfNear(delivery))
    // A conflicting point is none that we did not know: its seq is taken.
    return {
      accepted: accepted.length,
      duplicates: duplicates + conflicts.length,
      lastSeq: delivery.recent.last?.seq ?? 0,
    }
  }

  /** The points are safe by now: if this fails, the next point tries again. */
  async function arriveIfNear({ record, recent }: LiveDelivery): Promise<void> {
    if (record.delivery.status !== 'picked_up' || recent.last === null) return
    if (!isArriving([recent.last.lat, recent.last.lng], record.delivery.destination)) return
    const { id } = record.delivery
    // One at a time: near the door every point would ask for it again.
    const change =
      arriving.get(id) ??
      changeStatus(id, 'arriving', { by: 'server' })
        .catch((err: unknown) =>
          log.warn({ err, deliveryId: id }, 'The delivery could not be set to arriving'),
        )
        .then(() => void arriving.delete(id))
    arriving.set(id, change)
    await change
  }
}

/** After the end only what was recorded before it, for a rider who was offline then. */
function stillWelcome(
  fixes: Fix[],
  { record: { endedAtMs } }: LiveDelivery,
  { receivedAtMs }: PostContext,
): Fix[] {
  if (endedAtMs === null) return fixes
  const welcome = fixes.filter((fix) => isAcceptedAfterEnd(fix.recordedAtMs, endedAtMs, receivedAtMs))
  if (welcome.length === 0) {
    throw new ProblemError('delivery_ended', {
      detail: 'The delivery has ended; these points are no longer taken.',
    })
  }
  return welcome
}

function judge(deliveryId: string, { recent }: LiveDelivery, fixes: Fix[], { receivedAtMs }: PostContext) {
  const accepted: Location[] = []
  const conflicts: Location[] = []
  let duplicates = 0
  let late = 0
  let lastLocation = recent.last
  const inThisCall = new Map<number, Location>()
  const find = (seq: number) => recent.find(seq) ?? inThisCall.get(seq)

  for (const fix of fixes) {
    const verdict = judgeFix(fix, { find, lastLocation }, { deliveryId, receivedAtMs })
    switch (verdict.kind) {
      case 'accept':
        accepted.push(verdict.location)
        inThisCall.set(fix.seq, verdict.location)
        if (verdict.late) late += 1
        else lastLocation = verdict.location
        break
      case 'duplicate':
        duplicates += 1
        break
      case 'conflict':
        conflicts.push(verdict.location)
        break
    }
  }
  return { accepted, duplicates, late, conflicts }
}
