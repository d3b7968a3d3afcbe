import type { Outbox, Outgoing } from '../db/outbox.ts'
import type { Logger } from '../logger.ts'

/** How long a change may wait when the process that made it died before telling it. */
const LOOK_EVERY_MS = 2_000
const AT_ONCE = 100

/** Usually the event is published before the caller is answered; when Kafka or the database is slow, soon after it. */
export const PUBLISH_WITHIN_MS = 1_000

export type Relay = {
  /** Publishes the waiting events, oldest first. Resolves when all are published, or when Kafka does not take them now. */
  flush(): Promise<void>
  stop(): Promise<void>
}

export type WatchedRelay<Event> = Relay & {
  /** Called with each event that waits in the outbox, whichever instance has put it there, again as long as it waits. */
  onWaiting(listener: (event: Event) => void): void
}

type Dependencies<Event> = {
  outbox: Outbox<Event>
  publish: (event: Event, requestId: string | undefined) => Promise<void>
  logger: Logger
}

/**
 * Carries events from an outbox to Kafka. An event is in the outbox from the same statement that made the change, and
 * leaves it only when Kafka has it: after a crash in between, some instance publishes it later. So it is published at
 * least once, and its content shows a repetition. The events of one delivery are published one after the other, those of
 * different deliveries together, in one batch.
 */
export function startRelay<Event extends { deliveryId: string }>({
  outbox,
  publish,
  logger,
}: Dependencies<Event>): WatchedRelay<Event> {
  let running: Promise<void> | null = null
  let again = false
  let onWaiting: (event: Event) => void = () => {}
  const timer = setInterval(() => void flush(), LOOK_EVERY_MS)

  /** One round at a time: two would publish the same change twice. A call during a round starts one more after it. */
  function flush(): Promise<void> {
    if (running) again = true
    running ??= rounds().finally(() => {
      running = null
    })
    return running
  }

  async function rounds(): Promise<void> {
    try {
      do {
        again = false
        await round()
      } while (again)
    } catch (err) {
      logger.warn({ err }, 'Changes wait in the outbox')
    }
  }

  async function round(): Promise<void> {
    for (;;) {
      const pending = await outbox.pending(AT_ONCE)
      for (const { event } of pending) onWaiting(event)
      const published: bigint[] = []
      const results = await Promise.allSettled(
        byDelivery(pending).map((events) => publishInTurn(events, published)),
      )
      if (published.length > 0) await outbox.remove(published)
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
      if (pending.length < AT_ONCE) return
    }
  }

  /** What follows an event that was not published waits with it. */
  async function publishInTurn(events: Outgoing<Event>[], published: bigint[]): Promise<void> {
    for (const { id, event, requestId } of events) {
      await publish(event, requestId)
      published.push(id)
    }
  }

  return {
    flush,
    onWaiting(listener) {
      onWaiting = listener
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

function byDelivery<Event extends { deliveryId: string }>(pending: Outgoing<Event>[]): Outgoing<Event>[][] {
  const ofEach = new Map<string, Outgoing<Event>[]>()
  for (const outgoing of pending) {
    const { deliveryId } = outgoing.event
    const events = ofEach.get(deliveryId)
    if (events) events.push(outgoing)
    else ofEach.set(deliveryId, [outgoing])
  }
  return [...ofEach.values()]
}
