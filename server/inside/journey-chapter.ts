import type { Journey, LastArrival } from '#contracts/inside/journey.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Chapter } from './chapter.ts'
import type { Journeys } from './journeys.ts'
import type { LocationLog } from './log/location-log.ts'

type Dependencies = {
  journeys: Journeys
  log: LocationLog
  lastArrival: () => Promise<LastArrival | null>
  live: LiveDeliveries
  instanceId: string
}

/** A point's way takes some ten milliseconds: it is emitted whole, and no more than a few times a second. */
const EMIT_EVERY_MS = 250

/** One delivery's points on their way, and the record that each of them became. */
export function createJourneyChapter({
  journeys,
  log,
  lastArrival,
  live,
  instanceId,
}: Dependencies): Chapter {
  async function isKept(deliveryId: string | null): Promise<boolean> {
    if (deliveryId === null) return true
    return await live.get(deliveryId).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ProblemError && error.code === 'not_found') return false
        throw error
      },
    )
  }

  return {
    calls: {
      async 'journey:record'(place) {
        const [record] = await log.read({
          partition: place.partition,
          fromOffset: place.offset,
          atMost: 1,
        })
        // Kafka keeps the records of an erased delivery for as long as all others.
        return record && (await isKept(record.key)) ? record : null
      },
      'journey:last-arrival': lastArrival,
    },
    streams: {
      async 'journey:points'({ deliveryId }, emit) {
        journeys.recordsCarryAppendTime(await log.carriesAppendTime())
        const news = new Map<number, Journey>()
        let timer: NodeJS.Timeout | undefined
        const emitState = () => {
          timer = undefined
          emit({ group: `push-${instanceId}`, journeys: [...news.values()] })
          news.clear()
        }
        const stop = journeys.watch(deliveryId, (journey) => {
          news.set(journey.location.seq, journey)
          timer ??= setTimeout(emitState, EMIT_EVERY_MS)
        })
        return () => {
          stop()
          clearTimeout(timer)
        }
      },
    },
  }
}
