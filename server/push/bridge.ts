import type { Location } from '#contracts/location.ts'
import type { LocationMessage, StatusMessage } from '#contracts/socket.ts'
import { type LocationEvent, type StatusEvent, TOPIC } from '#contracts/topics.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import type { LiveDeliveries, LiveDelivery } from '../delivery/live-deliveries.ts'
import { estimateEta, lastVisible } from '../delivery/snapshot.ts'
import type { Batch, Consume, RunningConsumer } from '../kafka/consume.ts'
import { decode } from '../kafka/decode.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { AlreadyPushed } from './already-pushed.ts'

/** The customers' side, as the bridge needs it. A room holds the sockets of one delivery on this instance. */
export type Rooms = {
  has(deliveryId: string): boolean
  emitLocation(deliveryId: string, message: LocationMessage): void
  emitStatus(deliveryId: string, message: StatusMessage): void
  /** Disconnects everyone in the room, after what was emitted before. */
  evict(deliveryId: string): void
}

type Dependencies = {
  consume: Consume
  instanceId: string
  live: LiveDeliveries
  rooms: Rooms
  metrics: Metrics
  log: Log
  now: () => number
}

/**
 * From Kafka to the rooms of this instance. Its group is its own (`push-<instance>`), because the customer of any
 * delivery may be connected here: each instance must see every event. It starts with what comes next and commits
 * nothing; what a restart misses, the customer's page asks for.
 */
export async function startBridge({
  consume,
  instanceId,
  live,
  rooms,
  metrics,
  log,
  now,
}: Dependencies): Promise<RunningConsumer> {
  const pushed = new AlreadyPushed()
  return await consume({
    groupId: `push-${instanceId}`,
    topics: [TOPIC.locationUpdated, TOPIC.statusChanged],
    position: 'now',
    handle,
  })

  async function handle({ topic, messages }: Batch): Promise<void> {
    for (const message of messages) {
      const decoded = decode(topic, message)
      // The history puts it on the dead-letter topic, once for all instances.
      if (decoded.kind === 'undecodable') continue
      try {
        if (decoded.kind === 'location') await onLocation(decoded.event)
        else await onStatus(decoded.event)
      } catch (err) {
        log.warn(
          { err, deliveryId: decoded.event.deliveryId, requestId: decoded.requestId },
          'An event could not be pushed',
        )
      }
    }
  }

  async function onLocation({ v: _v, riderId: _riderId, ...location }: LocationEvent): Promise<void> {
    live.noteLocation(location)
    if (!rooms.has(location.deliveryId)) return
    pushLocation(await live.get(location.deliveryId), location)
  }

  async function onStatus(event: StatusEvent): Promise<void> {
    live.noteStatus(event)
    if (!rooms.has(event.deliveryId)) return
    if (!pushed.add(event.deliveryId, `${event.status} at ${event.atMs}`)) return
    rooms.emitStatus(event.deliveryId, { status: event.status, atMs: event.atMs })
    if (isEnded(event.status)) {
      rooms.evict(event.deliveryId)
      pushed.forget(event.deliveryId)
      return
    }
    // Status and locations are two topics: the point that this status makes visible may have come before it.
    const delivery = await live.get(event.deliveryId)
    const location = lastVisible(delivery)
    if (location) pushLocation(delivery, location)
  }

  function pushLocation(delivery: LiveDelivery, location: Location): void {
    const {
      delivery: { id, status },
      visibleFromSeq,
    } = delivery.record
    if (!isLocationVisible({ status, visibleFromSeq }, location.seq)) return
    // Kafka delivers at least once; the customer gets each point once.
    if (!pushed.add(id, `seq ${location.seq}`)) return
    rooms.emitLocation(id, { location, eta: estimateEta(delivery, delivery.recent.last, now()) })
    metrics.locationsPushed.inc()
    metrics.receiveToEmit.observe(Math.max(0, now() - location.receivedAtMs) / 1_000)
  }
}
