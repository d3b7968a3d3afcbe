import type { LogRecord } from '#contracts/inside/journey.ts'
import type { LogPoint } from '#contracts/inside/time.ts'
import { locationEventSchema } from '#contracts/topics.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { HISTORY_GROUP } from '../history/history.ts'
import type { Logger } from '../logger.ts'
import type { Chapter } from './chapter.ts'
import type { LocationLog, PartitionBounds } from './log/location-log.ts'
import { createSharedPolls } from './shared-polls.ts'

type Dependencies = {
  locationLog: LocationLog
  live: LiveDeliveries
  demo: boolean
  now: () => number
  logger: Logger
}

const LOOK_EVERY_MS = 1_000
const RECORDS_PER_CALL = 1_000
/** How far the clocks of two instances may be apart: one creates the delivery, the other publishes its points. */
const CLOCKS_APART_MS = 5_000
/** The lever moves the log for all visitors. */
const RETAIN_EVERY_MS = 2_000

/** Back and forth along the log: what lies where, what was when, and where retention has cut it off. */
export function createTimeChapter({ locationLog, live, demo, now, logger }: Dependencies): Chapter {
  const edges = createSharedPolls<Map<number, PartitionBounds>>({
    open: async () => ({ read: () => locationLog.bounds(HISTORY_GROUP), close: async () => {} }),
    pauseMs: () => LOOK_EVERY_MS,
    logger,
  })
  let retainedAtMs = 0

  return {
    calls: {
      async 'time:points'({ deliveryId, fromOffset }) {
        // Not of a delivery that has been erased: Kafka keeps its records for as long as all others.
        await live.get(deliveryId)
        const partition = await locationLog.partitionOf(deliveryId)
        const records = await locationLog.read({ partition, fromOffset, atMost: RECORDS_PER_CALL })
        return {
          points: records.filter(({ key }) => key === deliveryId).flatMap(toPoint),
          nextOffset: (records.at(-1)?.offset ?? fromOffset - 1) + 1,
        }
      },
      async 'time:offset-at'({ deliveryId, timeMs }) {
        return { offset: await locationLog.offsetAt(await locationLog.partitionOf(deliveryId), timeMs) }
      },
      async 'time:retain'({ deliveryId, keep }) {
        if (!demo) throw new ProblemError('forbidden', { detail: 'Records are deleted in the demo only.' })
        if (now() - retainedAtMs < RETAIN_EVERY_MS)
          throw new ProblemError('rate_limited', {
            detail: 'Retention has just been here.',
            retryAfterMs: RETAIN_EVERY_MS,
          })
        retainedAtMs = now()
        const partition = await locationLog.partitionOf(deliveryId)
        const { low, high, committed } = boundsOf(await locationLog.bounds(HISTORY_GROUP), partition)
        // Never what the history has not stored yet: the product loses nothing.
        const newLow = Math.max(low, Math.min(high - keep, committed ?? 0))
        if (newLow > low) await locationLog.deleteBefore(partition, newLow)
        edges.lookNow(HISTORY_GROUP)
        return { low: newLow }
      },
    },
    streams: {
      async 'time:log'({ deliveryId }, emit) {
        const { record } = await live.get(deliveryId)
        const partition = await locationLog.partitionOf(deliveryId)
        const firstOffset = await locationLog.offsetAt(
          partition,
          record.delivery.createdAtMs - CLOCKS_APART_MS,
        )
        return edges.watch(HISTORY_GROUP, (bounds) =>
          emit({ partition, ...boundsOf(bounds, partition), firstOffset, nowMs: now() }),
        )
      },
    },
    close: edges.close,
  }
}

function boundsOf(bounds: Map<number, PartitionBounds>, partition: number): PartitionBounds {
  const found = bounds.get(partition)
  if (!found) throw new ProblemError('not_found', { detail: 'The topic has no such partition.' })
  return found
}

/** A record that cannot be read is left out: the history has put it on the dead-letter topic. */
function toPoint({ offset, timestampMs, value }: LogRecord): LogPoint[] {
  try {
    const { v: _v, riderId: _riderId, ...location } = locationEventSchema.parse(JSON.parse(value ?? ''))
    return [{ offset, timestampMs, location }]
  } catch {
    return []
  }
}
