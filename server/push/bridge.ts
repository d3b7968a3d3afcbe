import type { Location } from '#contracts/location.ts'
import type { LocationMessage, RouteMessage, StatusMessage, Trace } from '#contracts/socket.ts'
import { type LinkReplacedEvent, type StatusEvent, TOPIC } from '#contracts/topics.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { isAppDevice } from '#domain/riding-device.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import type { LiveDeliveries, LiveDelivery } from '../delivery/live-deliveries.ts'
import { estimateEta, lastVisible, visibilityOf } from '../delivery/snapshot.ts'
import type { Batch, Consume, RunningConsumer } from '../kafka/consume.ts'
import { decode } from '../kafka/decode.ts'
import { journeyOf } from '../kafka/header-texts.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { AlreadyPushed } from './already-pushed.ts'
import type { Board } from './board.ts'
import type { PointObserver } from './observe-points.ts'
import type { PaintReports } from './paint-reports.ts'

/** The customers' side, as the bridge needs it. A room holds the sockets of one delivery on this instance. */
export type Rooms = {
  has(deliveryId: string): boolean
  emitLocation(deliveryId: string, message: LocationMessage): void
  emitStatus(deliveryId: string, message: StatusMessage): void
  emitRoute(deliveryId: string, message: RouteMessage): void
  /** Disconnects everyone in the room, after what was emitted before. */
  evict(deliveryId: string): void
  /** Disconnects everyone in the room, with the reason: the delivery is no more. */
  closeErased(deliveryId: string): void
  /** Disconnects, with the reason, the customers in the room whose link is older than this version. */
  closeOlder(deliveryId: string, version: number): void
}

type Dependencies = {
  consume: Consume
  instanceId: string
  /** The group that stores the locations. */
  storedBy: string
  /** Locations are read by partition, as they are asked for. */
  onDemand: boolean
  live: LiveDeliveries
  rooms: Rooms
  observer: PointObserver
  board: Pick<Board, 'note'>
  paintReports: PaintReports
  metrics: Metrics
  logger: Logger
  now: () => number
}

/**
 * From Kafka to the rooms of this instance. Its group is its own (`push-<instance>`), because the customer of any
 * delivery may be connected here: each instance must see every event. It commits nothing. It starts with what is not
 * stored yet, so that this instance's memory and the database together hold every point that any instance
 * acknowledged before this one opens.
 */
export async function startBridge({
  consume,
  instanceId,
  storedBy,
  onDemand,
  live,
  rooms,
  observer,
  board,
  paintReports,
  metrics,
  logger,
  now,
}: Dependencies): Promise<RunningConsumer> {
  const startedAtMs = now()
  const pushed = new AlreadyPushed()
  live.onStatus(tellStatus)
  live.onLink(closeReplaced)
  live.onRoute(({ deliveryId, route, routed }) => {
    board.note(deliveryId)
    rooms.emitRoute(deliveryId, { route, routed })
  })
  live.onErased(({ deliveryId }) => {
    board.note(deliveryId)
    pushed.forget(deliveryId)
    rooms.closeErased(deliveryId)
    // It looks for it, and finds it gone.
    board.note(deliveryId)
  })
  return await consume({
    groupId: `push-${instanceId}`,
    topics: Object.values(TOPIC),
    position: 'now',
    after: { groupId: storedBy, topic: TOPIC.locationUpdated },
    onDemand,
    handle,
  })

  async function handle({ topic, partition, messages }: Batch): Promise<void> {
    for (const message of messages) {
      const decoded = decode(topic, message)
      // The history puts it on the dead-letter topic, once for all instances.
      if (decoded.kind === 'undecodable') continue
      try {
        if (decoded.kind === 'location') {
          const pushing = onLocation(decoded.event, partition, message)
          if (pushing) await pushing
        } else if (decoded.kind === 'status') live.noteStatus(decoded.event)
        else if (decoded.kind === 'link') live.noteLink(decoded.event)
        else if (decoded.kind === 'device') live.noteDevice(decoded.event)
        else if (decoded.kind === 'route') live.noteRoute(decoded.event)
        else live.noteErased(decoded.event)
      } catch (err) {
        logger.warn(
          { err, deliveryId: decoded.event.deliveryId, requestId: journeyOf(message).requestId },
          'An event could not be pushed',
        )
      }
    }
  }

  /** Returns undefined when it is done. */
  function onLocation(
    location: Location,
    partition: number,
    message: Batch['messages'][number],
  ): Promise<void> | undefined {
    const { offset, timestamp } = message
    const journey = journeyOf(message)
    const { requestId, traceparent, publishedAtMs } = journey
    const readAtMs = now()
    live.noteLocation(location)
    board.note(location.deliveryId)
    // What was published before this instance started was not on its way here all the time.
    if (publishedAtMs !== undefined && publishedAtMs >= startedAtMs)
      metrics.hop('log', readAtMs - publishedAtMs)
    const customersHere = rooms.has(location.deliveryId)
    if (observer.isWatched(location.deliveryId))
      observer.onRead({ ...journey, location, partition, offset, timestamp, readAtMs, customersHere })
    if (!customersHere) return undefined
    const trace = requestId === undefined ? undefined : { requestId, ...(traceparent ? { traceparent } : {}) }
    const push = (delivery: LiveDelivery) => {
      pushLocation(delivery, location, trace)
      metrics.hop('push', now() - readAtMs)
    }
    const known = live.known(location.deliveryId)
    if (!known) return live.get(location.deliveryId).then(push)
    push(known)
    return undefined
  }

  /**
   * Told the moment it holds on this instance, which made the change or read of it in the log: a customer hears that
   * the order was picked up before seeing where it is.
   */
  function tellStatus({ deliveryId, status, atMs }: StatusEvent): void {
    board.note(deliveryId)
    // Also of those whose customers have left before the end.
    if (isEnded(status)) pushed.forget(deliveryId)
    // With `accepted` every snapshot begins.
    if (status === 'accepted' || !rooms.has(deliveryId)) return
    rooms.emitStatus(deliveryId, { status, atMs })
    if (isEnded(status)) rooms.evict(deliveryId)
    else if (status === 'picked_up') void pushLastVisible(deliveryId)
  }

  /** Only customers have sockets: a rider's old link is refused at the next call. */
  function closeReplaced({ deliveryId, role, version }: LinkReplacedEvent): void {
    if (role === 'customer') rooms.closeOlder(deliveryId, version)
  }

  /**
   * The point that the pick-up makes visible may have come before it. No other status makes one visible: there the
   * newest would only overtake those on their way through the log.
   */
  async function pushLastVisible(deliveryId: string): Promise<void> {
    try {
      const delivery = await live.get(deliveryId)
      const location = lastVisible(delivery)
      if (location) pushLocation(delivery, location)
    } catch (err) {
      logger.warn({ err, deliveryId }, 'The position at the change of status could not be pushed')
    }
  }

  function pushLocation(delivery: LiveDelivery, location: Location, trace?: Trace): void {
    const { id } = delivery.record.delivery
    if (location.implausible || !isLocationVisible(visibilityOf(delivery), location)) return
    // Kafka delivers at least once; the customer gets each point once.
    if (!pushed.add(id, location.seq)) return void metrics.locationsRepeated.inc({ group: 'push' })
    const eta = estimateEta(delivery, lastVisible(delivery), now())
    const message = { location, eta, ...leftOut(delivery, location) }
    rooms.emitLocation(id, trace ? paintReports.withTrace(message, trace) : message)
    observer.onEmitted(id, location.seq, now())
    metrics.locationsPushed.inc()
    metrics.receiveToEmit.observe({}, Math.max(0, now() - location.receivedAtMs) / 1_000)
  }
}

/** An app's numbers follow the clock: pages are told that what they leave out was never there, and need not ask for it. */
function leftOut({ record, recent }: LiveDelivery, { seq }: Location): Pick<LocationMessage, 'prevSeq'> {
  if (!isAppDevice(record.riding.deviceId)) return {}
  const prevSeq = recent.seqBefore(seq)
  return prevSeq === undefined || prevSeq === seq - 1 ? {} : { prevSeq }
}
