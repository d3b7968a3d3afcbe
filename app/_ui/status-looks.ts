import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { PillTone } from './pill.tsx'

export const STATUS_LOOKS: Record<DeliveryStatus, { tone: PillTone; label: string }> = {
  accepted: { tone: 'info', label: 'Accepted' },
  picked_up: { tone: 'accent', label: 'Picked up' },
  arriving: { tone: 'accent', label: 'Arriving' },
  delivered: { tone: 'neutral', label: 'Delivered' },
  cancelled: { tone: 'danger', label: 'Cancelled' },
  failed: { tone: 'danger', label: 'Not delivered' },
}
