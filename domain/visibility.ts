import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import { isVisibleToCustomer } from './lifecycle.ts'

/** Where the customer's view begins, decided once at pick-up. Before it: null, true, null. */
export type ViewBegins = {
  visibleFromSeq: number | null
  /** Whether the rider's device told that number; else the clock decides as well. */
  visibleSeqTold: boolean
  pickedUpAtMs: number | null
}
export type Visibility = ViewBegins & { status: DeliveryStatus }

/**
 * What was captured before the pick-up is the rider's way to the store and none of the customer's business, but for the
 * last place, which is the store's. `atSeq` is the device's word on the last number it had captured by then (0 or
 * undefined: it cannot tell). With it the numbers decide, whatever the device's clock says and however late points come
 * in. Without it the last place is the newest one believed so far, and what follows has to be captured later.
 */
export function beginView(
  atSeq: number | undefined,
  known: { believed: Pick<Location, 'seq'> | null; last: Pick<Location, 'seq'> | null },
): { visibleFromSeq: number; visibleSeqTold: boolean } {
  if (atSeq !== undefined && atSeq > 0) return { visibleFromSeq: atSeq, visibleSeqTold: true }
  const visibleFromSeq = known.believed?.seq ?? (known.last?.seq ?? 0) + 1
  return { visibleFromSeq, visibleSeqTold: false }
}

/**
 * Whether a customer may know of the location. Where the clock decides, a point that came in after the pick-up must have
 * been captured by then or later: of points that waited on the device none is shown, because none is known to be the last.
 */
export function isLocationVisible(
  { status, visibleFromSeq, visibleSeqTold, pickedUpAtMs }: Visibility,
  { seq, recordedAtMs, receivedAtMs }: Pick<Location, 'seq' | 'recordedAtMs' | 'receivedAtMs'>,
): boolean {
  if (!isVisibleToCustomer(status) || visibleFromSeq === null || seq < visibleFromSeq) return false
  if (visibleSeqTold || pickedUpAtMs === null) return true
  return recordedAtMs >= pickedUpAtMs || (seq === visibleFromSeq && receivedAtMs <= pickedUpAtMs)
}
