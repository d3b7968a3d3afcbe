import type { Journey } from '#contracts/inside/journey.ts'
import { BoundedMap } from '../ground/bounded-map.ts'
import type { PointObserver } from '../push/observe-points.ts'

type Listener = (journey: Journey) => void
/** What is known of the points of one watched delivery, by seq, and its listeners. */
type Watched = { bySeq: BoundedMap<number, Journey>; listeners: Set<Listener> }

export type Journeys = PointObserver & {
  /** Calls the listener at each step of a point, beginning with the known ones. Returns the function that stops it. */
  watch(deliveryId: string, listener: Listener): () => void
  /** From now on the records' own times are the broker's. */
  recordsCarryAppendTime(carry: boolean): void
}

const REMEMBERED = 40

/** The ways of the points of watched deliveries; nothing is kept of any other. */
export function createJourneys(): Journeys {
  const watched = new Map<string, Watched>()
  let appendTime = false

  function note(
    deliveryId: string,
    seq: number,
    change: (known: Journey | undefined) => Journey | undefined,
  ) {
    const delivery = watched.get(deliveryId)
    const journey = delivery && change(delivery.bySeq.get(seq))
    if (!journey) return
    delivery.bySeq.set(seq, journey)
    for (const listener of delivery.listeners) listener(journey)
  }

  return {
    isWatched: (deliveryId) => watched.has(deliveryId),
    onRead({ location, partition, offset, timestamp, ...point }) {
      // What comes again is another record of the same point: the first one was shown.
      note(location.deliveryId, location.seq, (known) =>
        known
          ? undefined
          : {
              location,
              requestId: point.requestId ?? null,
              partition,
              offset: Number(offset),
              sentAtMs: point.sentAtMs ?? null,
              publishedAtMs: point.publishedAtMs ?? null,
              appendedAtMs: appendTime ? Number(timestamp) : null,
              consumedAtMs: point.readAtMs,
              customersHere: point.customersHere,
              emittedAtMs: null,
              paintedAtMs: null,
            },
      )
    },
    onEmitted: (deliveryId, seq, emittedAtMs) =>
      note(deliveryId, seq, (known) => known && { ...known, emittedAtMs }),
    onPainted: (deliveryId, seq, paintedAtMs) =>
      note(deliveryId, seq, (known) => known && { ...known, paintedAtMs }),
    watch(deliveryId, listener) {
      const delivery = watched.get(deliveryId) ?? { bySeq: new BoundedMap(REMEMBERED), listeners: new Set() }
      watched.set(deliveryId, delivery)
      delivery.listeners.add(listener)
      for (const journey of delivery.bySeq.values()) listener(journey)
      return () => {
        delivery.listeners.delete(listener)
        if (delivery.listeners.size === 0) watched.delete(deliveryId)
      }
    },
    recordsCarryAppendTime(carry) {
      appendTime = carry
    },
  }
}
