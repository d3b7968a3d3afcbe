import type { AppPostAnswer } from '#contracts/app-posts.ts'
import { type AppReading, numberReadings } from '#domain/app-readings.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { appDevice } from '#domain/riding-device.ts'
import { type FoundCode, noteClaimed, noteClockOff } from '../db/device-codes.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import type { PostContext } from '../kafka/publish.ts'
import type { Metrics, ReportingApp } from '../metrics.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import type { Services } from './services.ts'

type Dependencies = { live: LiveDeliveries; db: Database } & {
  metrics: Pick<Metrics, 'appPosts'>
} & Pick<Services, 'acceptLocations' | 'takeOver'>

/**
 * Takes what a phone app reports, as points of the rider: numbered by their capture, and judged as everybody's. With the
 * first post of a code its app takes over the ride; when the rider's page takes it back, the app is refused until there is
 * a new code.
 * @throws ProblemError as acceptLocations
 */
export function createAcceptAppReadings({ live, db, acceptLocations, takeOver, metrics }: Dependencies) {
  return async (
    code: FoundCode,
    readings: readonly AppReading[],
    { app, ...context }: PostContext & { app: ReportingApp },
  ): Promise<AppPostAnswer> => {
    const delivery = await live.get(code.deliveryId)
    const { fixes, ignored, clockOffMs } = numberReadings(readings, code.numbering, context.receivedAtMs)
    if (clockOffMs !== code.numbering.clockOffMs)
      await queryWithDeadline(() => noteClockOff(db, code.deliveryId, clockOffMs))
    const taken =
      fixes.length === 0
        ? { accepted: 0, duplicates: 0, lastSeq: delivery.recent.lastSeq }
        : await acceptLocations(delivery, { locations: fixes }, await asItsDevice(code, delivery, context))
    metrics.appPosts.inc({ app })
    return ignored > 0 ? { ...taken, ignored } : taken
  }

  async function asItsDevice(code: FoundCode, { record }: LiveDelivery, context: PostContext) {
    const numberedByTime = true
    // What it captured before the end is taken, whichever device rode last.
    if (isEnded(record.delivery.status)) return { ...context, numberedByTime }
    const deviceId = appDevice(code.version)
    if (!code.claimed) {
      await takeOver(code.deliveryId, { deviceId }, context)
      await queryWithDeadline(() => noteClaimed(db, code))
    }
    return { ...context, deviceId, numberedByTime }
  }
}
