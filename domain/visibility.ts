import type { DeliveryStatus } from '#contracts/delivery.ts'
import { isVisibleToCustomer } from './lifecycle.ts'

export type Visibility = {
  status: DeliveryStatus
  /**
   * Set at pick-up to the highest seq accepted by then, or 1 when there was none; null before. The position known at
   * pick-up is the store's; what came earlier is the rider's way there and none of the customer's business.
   */
  visibleFromSeq: number | null
}

/** Whether a customer may see the location with this seq. */
export function isLocationVisible({ status, visibleFromSeq }: Visibility, seq: number): boolean {
  return isVisibleToCustomer(status) && visibleFromSeq !== null && seq >= visibleFromSeq
}
