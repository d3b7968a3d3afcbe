import type { Claims } from '#domain/access.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { isReplaced } from '#domain/links.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { MissedLocations } from '../delivery/missed-locations.ts'
import { estimateEta, lastVisible, takeSnapshot, visibilityOf } from '../delivery/snapshot.ts'
import { closeLink } from './close-link.ts'
import type { CustomerSocket } from './customer-socket.ts'
import type { SentWithSnapshot } from './sent-with-snapshot.ts'

type SnapshotOptions = {
  claims: Claims
  afterSeq: number | undefined
  live: LiveDeliveries
  missed: MissedLocations
  sentWithSnapshot: SentWithSnapshot
  now: () => number
  /** From here on it is pushed to. */
  join: () => void
}

/**
 * Snapshot first, then what was missed, then the stream. All that has to be waited for comes first: from the
 * snapshot to the join nothing is awaited, so no event can fall between them or come before its time.
 */
export async function sendSnapshot(
  socket: CustomerSocket,
  { claims, afterSeq, live, missed, sentWithSnapshot, now, join }: SnapshotOptions,
): Promise<void> {
  const { deliveryId } = claims
  const stored = afterSeq === undefined ? [] : await missed(deliveryId, afterSeq)
  const delivery = await live.get(deliveryId)
  // Replaced between the handshake and now: from here on it is found in its room.
  if (isReplaced(claims, delivery.record.links)) return closeLink(socket)

  socket.emit('delivery:snapshot', takeSnapshot(delivery, 'customer', now()))
  if (isEnded(delivery.record.delivery.status)) {
    // It ended between the handshake and now.
    const { status, statusAtMs } = delivery.record.delivery
    socket.emit('delivery:status', { status, atMs: statusAtMs })
    socket.disconnect(true)
    return
  }
  if (afterSeq !== undefined) {
    const visibility = visibilityOf(delivery)
    const known = [...stored, ...delivery.recent.after(afterSeq)]
    const bySeq = new Map(known.map((location) => [location.seq, location]))
    const inOrder = [...bySeq.values()]
      .filter((location) => !location.implausible && isLocationVisible(visibility, location))
      .sort((a, b) => a.seq - b.seq)
    const eta = estimateEta(delivery, lastVisible(delivery), now())
    for (const location of inOrder) socket.emit('delivery:location', { location, eta })
    sentWithSnapshot.note(
      deliveryId,
      socket.id,
      inOrder.map(({ seq }) => seq),
    )
  }
  join()
}
