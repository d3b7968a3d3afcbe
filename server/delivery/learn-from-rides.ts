import type { Location } from '#contracts/location.ts'
import { judgeRide } from '#domain/judge-ride.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { FIRST_RIDES, type UsualRides, usualOf } from '#domain/usual-rides.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'
import { insertFinishedRide, listFinishedRides } from '../db/finished-rides.ts'
import type { Database } from '../db/open-database.ts'
import { listRidePoints } from '../db/ride-points.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import { pointsOfRide, wayOf } from './ride-so-far.ts'

type Dependencies = { db: Database; metrics: Metrics; logger: Logger; now: () => number }

export type Learning = {
  /** The present knowledge; looked up anew once a minute, in the background. */
  usual(): UsualRides
  /** Changes the status; when that delivers the order, the ride is learned from afterwards. */
  afterDelivery<T>(live: LiveDeliveries, deliveryId: string, change: () => Promise<T>): Promise<T>
}

/** Other instances learn, too. */
const KNOWN_FOR_MS = 60_000

/**
 * Each ride that ended at the door is judged once, by the instance that delivered it: the errors of its arrival go to the
 * metrics, its pace and what its ranges needed to the database. To lose one is no harm.
 */
export function createLearning({ db, metrics, logger, now }: Dependencies): Learning {
  let usual = FIRST_RIDES
  let askedAtMs = Number.NEGATIVE_INFINITY

  async function refresh(): Promise<void> {
    askedAtMs = now()
    usual = usualOf(await listFinishedRides(db))
  }

  async function learn(record: DeliveryRecord, remembered: Location[]): Promise<void> {
    const { id } = record.delivery
    const stored = (await listRidePoints(db, [{ id, fromSeq: record.visibleFromSeq ?? 1 }])).get(id) ?? []
    const deliveredAtMs = now()
    const points = pointsOfRide(record, [...stored, ...remembered])
    const ride = judgeRide({ way: wayOf(record), points, deliveredAtMs, usual })
    if (!ride || !(await insertFinishedRide(db, id, deliveredAtMs, ride))) return
    for (const { minutesToGo, lateBySeconds } of ride.errors)
      metrics.etaError.observe({ minutes_to_go: minutesToGo }, lateBySeconds)
    await refresh()
  }

  const unlearned = (err: unknown) => logger.debug({ err }, 'Nothing was learned from the finished rides')

  return {
    usual() {
      if (now() - askedAtMs > KNOWN_FOR_MS) refresh().catch(unlearned)
      return usual
    },
    async afterDelivery(live, deliveryId, change) {
      const { record, recent } = await live.get(deliveryId)
      // What the change will make this instance forget, and the database may not have yet.
      const remembered = recent.after(0)
      const changed = await change()
      if (!isEnded(record.delivery.status)) learn(record, remembered).catch(unlearned)
      return changed
    },
  }
}
