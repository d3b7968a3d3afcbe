import type { PostLocationsAnswer } from '#contracts/http.ts'
import type { Location, ReportedFix } from '#contracts/location.ts'
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
import { type JudgedPost, judgePost } from './judge-post.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import type { PlanAnew } from './plan-anew.ts'
import { lastVisible } from './snapshot.ts'
import { Underway } from './underway.ts'

type Dependencies = {
  live: LiveDeliveries
  db: Database
  publish: Publish
  changeStatus: ChangeStatus
  planAnew: PlanAnew
  /** In how many milliseconds the rider's next report is wanted. */
  reportRate: (delivery: LiveDelivery) => number | undefined
  metrics: Metrics
  logger: Logger
}
/** A rider whose points are safe does not wait for a slow database as well. */
const ARRIVED_WITHIN_MS = 500

type Stored = ReadonlyMap<number, Location>
const NONE_STORED: Stored = new Map()

/** With the device that says it sent them, if it says so. */
type Context = PostContext & {
  deviceId?: string | undefined
  /** The numbers follow from the times of capture: they may be far ahead of what came before. */
  numberedByTime?: boolean
}

/**
 * The delivery service takes a rider's points: judges each, publishes what is new, and answers only once Kafka has
 * it. A retry of what is known already costs nothing and changes nothing.
 * @throws ProblemError `not_found`, `delivery_ended`, `other_device`, `invalid_body` for a number far beyond the others,
 * or `log_unavailable`; nothing of the call is acknowledged then
 */
export function createAcceptLocations({
  live,
  db,
  publish,
  changeStatus,
  planAnew,
  reportRate,
  metrics,
  logger,
}: Dependencies) {
  const arriving = new Map<string, Promise<void>>()
  const underway = new Underway()

  return async (
    held: LiveDelivery,
    { locations }: { locations: ReportedFix[] },
    context: Context,
  ): Promise<PostLocationsAnswer> => {
    const seqs = locations.map(({ seq }) => seq)
    // An ordinary post has to wait for none of the three.
    const { riding } = held.record
    const delivery = isOtherDevice(riding, context.deviceId) ? await reloadFor(context.deviceId, held) : held
    const { id } = delivery.record.delivery
    const looking = findForgotten(db, delivery, seqs)
    const stored = looking ? await looking : NONE_STORED
    const earlier = underway.settled(id, seqs)
    if (earlier) await earlier

    const judged = judgePost(locations, delivery, { stored, ...context })
    const { accepted, conflicts } = judged
    if (accepted.length + conflicts.length > 0) {
      const taken = accepted.length === seqs.length ? seqs : accepted.map(({ seq }) => seq)
      const work = { seqs: taken, done: publishAll(delivery, judged, context) }
      underway.begin(id, work)
      try {
        await work.done
      } finally {
        underway.end(id, work)
      }
    }
    for (const location of accepted) live.noteLocation(location)
    metrics.judged(judged)
    if (isAtTheDoor(delivery)) await waitAtMost(ARRIVED_WITHIN_MS, arrive(id))
    return answer(delivery, judged, context.requestId)
  }

  function answer(
    delivery: LiveDelivery,
    { accepted, conflicts, duplicates }: JudgedPost,
    requestId: string,
  ): PostLocationsAnswer {
    if (accepted.length > 0) planAnew(delivery, requestId)
    const answered = {
      accepted: accepted.length,
      // Conflicts count as duplicates: their number is taken.
      duplicates: duplicates + conflicts.length,
      lastSeq: delivery.recent.lastSeq,
      nextReportMs: reportRate(delivery),
    }
    return conflicts.length === 0 ? answered : { ...answered, conflicts: conflicts.map(({ seq }) => seq) }
  }

  function publishAll(
    delivery: LiveDelivery,
    { accepted, conflicts }: JudgedPost,
    context: Context,
  ): Promise<unknown> {
    const published = publish.locations(accepted, delivery.record.riderId, context)
    return conflicts.length === 0 ? published : Promise.all([published, bury(conflicts, context)])
  }

  async function bury(conflicts: Location[], { requestId }: Context): Promise<void> {
    const reason = 'same seq, other content'
    await publish.deadLetters(conflicts.map((event) => ({ event, reason, requestId })))
  }

  /** What is remembered may be old: before a device is refused the database is asked. */
  async function reloadFor(deviceId: string | undefined, held: LiveDelivery): Promise<LiveDelivery> {
    const fresh = await live.reload(held.record.delivery.id)
    if (!isOtherDevice(fresh.record.riding, deviceId)) return fresh
    throw new ProblemError('other_device', {
      detail: 'Another device rides this delivery. Take over first: POST …/device.',
    })
  }

  /** The points are safe by now: if this fails, the next point tries again. */
  async function arrive(id: string): Promise<void> {
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

function isAtTheDoor(delivery: LiveDelivery): boolean {
  const { status, destination } = delivery.record.delivery
  if (status !== 'picked_up') return false
  const location = lastVisible(delivery)
  return location !== null && isArriving(location, destination)
}
