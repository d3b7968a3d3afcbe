import type { Location } from '#contracts/location.ts'
import { isVisibleToCustomer } from '#domain/lifecycle.ts'
import { hasLeftTheWay, isOffTheWay } from '#domain/off-the-way.ts'
import type { Database } from '../db/open-database.ts'
import { claimPlanning, storeWay } from '../db/plan-anew.ts'
import type { Logger } from '../logger.ts'
import type { MayKnowStreets, PlanRoute } from '../routing/plan-route.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import type { Relay } from './relay.ts'
import { pointsOfRide } from './ride-so-far.ts'

type Dependencies = {
  live: LiveDeliveries
  db: Database
  relay: Relay
  planRoute: PlanRoute
  mayKnowStreets: MayKnowStreets
  logger: Logger
  now: () => number
}

/** After a post was answered: plans the way anew if its rider has left it. The poster waits for nothing of it. */
export type PlanAnew = (delivery: LiveDelivery, requestId: string) => void

/** So often one instance asks whether it may; the database says how often all of them together do. */
const ASK_EVERY_MS = 5_000

/**
 * The instance that takes the post looks, by what it knows from all instances; of several the database lets one plan. What
 * gives no way along streets changes nothing: the old way stays.
 */
export function createPlanAnew(dependencies: Dependencies): PlanAnew {
  const { live, db, relay, planRoute, mayKnowStreets, logger, now } = dependencies
  const askedAtMs = new Map<string, number>()

  return (delivery, requestId) => {
    const { record, recent } = delivery
    const { id, status, route } = record.delivery
    const newest = recent.believed
    if (!isVisibleToCustomer(status) || newest === null || !mayKnowStreets(newest)) return
    if (!isOffTheWay(route, newest)) return
    const asked = askedAtMs.get(id)
    if (asked !== undefined && now() - asked < ASK_EVERY_MS) return
    const points = pointsOfRide(record, recent.after(0)).sort((a, b) => a.seq - b.seq)
    if (!hasLeftTheWay(route, points)) return
    askedAtMs.set(id, now())
    setTimeout(() => askedAtMs.delete(id), ASK_EVERY_MS).unref()
    plan(delivery, newest, requestId).catch((err: unknown) =>
      logger.warn({ err, deliveryId: id }, 'The way could not be planned anew'),
    )
  }

  async function plan(
    { record }: LiveDelivery,
    { seq: fromSeq, lat, lng }: Location,
    requestId: string,
  ): Promise<void> {
    const { id: deliveryId, destination } = record.delivery
    if (!(await claimPlanning(db, deliveryId, now()))) return
    const { route, routed, durationMs = null } = await planRoute({ lat, lng }, destination)
    if (!routed) return
    const atMs = now()
    const plan = await storeWay(db, { deliveryId, route, durationMs, fromSeq, atMs, requestId })
    if (plan === null) return
    live.noteRoute({ v: 1, deliveryId, plan, fromSeq, route, routed, durationMs, atMs })
    await relay.flush()
  }
}
