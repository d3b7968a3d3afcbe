import type { ServerClock } from '#app/_http/server-clock.ts'
import type { KeptSnapshot } from '#app/_offline/kept-snapshot.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { RiderSession } from './rider-session.ts'

type Deps = {
  session: Pick<RiderSession, 'get' | 'subscribe'>
  /** What the ride was opened with. */
  snapshot: Snapshot
  outbox: Pick<Outbox, 'newest'>
  clock: ServerClock
  kept: KeptSnapshot
}

/**
 * Keeps what a page that is reloaded without network needs to ride on: the delivery with its way, how far it is, and where
 * the rider was last. It goes with the delivery's end, and when the link stops working.
 */
export function keepRide({ session, snapshot, outbox, clock, kept }: Deps): void {
  const { delivery } = snapshot
  let { lastLocation } = snapshot
  let written = ''

  function onChange() {
    const { status, refused, recordedAtMs } = session.get()
    const what = `${status} ${refused?.code ?? ''} ${recordedAtMs}`
    if (what === written) return
    written = what
    if (isEnded(status) || refused) return kept.forget()
    const newest = outbox.newest()
    if (newest) lastLocation = { ...newest, deliveryId: delivery.id, receivedAtMs: newest.recordedAtMs }
    const seenAtMs = clock.nowMs()
    const known = { ...snapshot, delivery: { ...delivery, status }, lastLocation }
    kept.keep({ snapshot: known, seenAtMs, aheadMs: clock.aheadMs() })
  }
  onChange()
  session.subscribe(onChange)
}
