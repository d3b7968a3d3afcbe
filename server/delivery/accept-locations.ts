import type { PostLocationsAnswer } from '#contracts/http.ts'
import type { ReportedFix } from '#contracts/location.ts'
import { isArriving } from '#domain/lifecycle.ts'
import { isOtherDevice } from '#domain/riding-device.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { PostContext, Publish } from '../kafka/publish.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { ChangeStatus } from './change-status.ts'
import { findForgotten } from './find-forgotten.ts'
import { judgePost } from './judge-post.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import { lastVisible } from './snapshot.ts'
import { Underway } from './underway.ts'

type Dependencies = {
  live: LiveDeliveries
  db: Database
  publish: Publish
  changeStatus: ChangeStatus
  metrics: Metrics
  logger: Logger
}
/** A rider whose points are safe does not wait for a slow database as well. */
const ARRIVED_WITHIN_MS = 500

/** With the device that says it sent them, if it says so. */
type Context = PostContext & { deviceId?: string | undefined }

/**
 * The delivery service takes a rider's points: judges each, publishes what is new, and answers only once Kafka has
 * it. A retry of what is known already costs nothing and changes nothing.
 * @throws ProblemError `not_found`, `delivery_ended`, `other_device`, `invalid_body` for a number far beyond the others,
 * or `log_unavailable`; nothing of the call is acknowledged then
 */
export function createAcceptLocations({ live, db, publish, changeStatus, metrics, logger }: Dependencies) {
  const arriving = new Map<string, Promise<void>>()
  const underway = new Underway()

  return async (
    held: LiveDelivery,
    { locations: reported }: { locations: ReportedFix[] },
    context: Context,
  ): Promise<PostLocationsAnswer> => {
    const delivery = await refuseOther(held, context.deviceId)
    const deliveryId = delivery.record.delivery.id
    const seqs = reported.map(({ seq }) => seq)
    const stored = await findForgotten(db, delivery, seqs)
    await underway.settled(deliveryId, seqs)
    const judged = judgePost(reported, delivery, { ...context, stored })
    const { accepted, conflicts } = judged

    const published = Promise.all([
      publish.locations(accepted, { riderId: delivery.record.riderId, ...context }),
      publish.deadLetters(
        conflicts.map((location) => ({ event: location, reason: 'same seq, other content', ...context })),
      ),
    ]).then(() => {
      for (const location of accepted) live.noteLocation(location)
    })
    await underway.during(
      deliveryId,
      accepted.map(({ seq }) => seq),
      published,
    )
    metrics.judged(judged)
    await waitAtMost(ARRIVED_WITHIN_MS, arriveIfNear(delivery))
    return {
      accepted: accepted.length,
      // Conflicts count as duplicates: their number is taken.
      duplicates: judged.duplicates + conflicts.length,
      lastSeq: delivery.recent.lastSeq,
      ...(conflicts.length > 0 && { conflicts: conflicts.map(({ seq }) => seq) }),
    }
  }

  /** What is remembered may be old: before a device is refused the database is asked. */
  async function refuseOther(delivery: LiveDelivery, deviceId: string | undefined): Promise<LiveDelivery> {
    if (!isOtherDevice(delivery.record.riding, deviceId)) return delivery
    const fresh = await live.reload(delivery.record.delivery.id)
    if (!isOtherDevice(fresh.record.riding, deviceId)) return fresh
    throw new ProblemError('other_device', {
      detail: 'Another device rides this delivery. Take over first: POST …/device.',
    })
  }

  /** The points are safe by now: if this fails, the next point tries again. */
  async function arriveIfNear(delivery: LiveDelivery): Promise<void> {
    const { record } = delivery
    if (record.delivery.status !== 'picked_up') return
    const location = lastVisible(delivery)
    if (location === null || !isArriving(location, record.delivery.destination)) return
    const { id } = record.delivery
    // One at a time: near the door every point would ask for it again.
    const change =
      arriving.get(id) ??
      changeStatus(id, 'arriving', { by: 'server' })
        .catch((err: unknown) =>
          logger.warn({ err, deliveryId: id }, 'The delivery could not be set to arriving'),
        )
        .then(() => void arriving.delete(id))
    arriving.set(id, change)
    await change
  }
}
