import type { Text } from '#app/_words/language.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { PillTone } from './pill.tsx'

export const STATUS_LOOKS: Record<DeliveryStatus, { tone: PillTone; label: Text }> = {
  accepted: { tone: 'info', label: { en: 'Accepted', ko: '주문 접수' } },
  picked_up: { tone: 'accent', label: { en: 'Picked up', ko: '픽업 완료' } },
  arriving: { tone: 'accent', label: { en: 'Arriving', ko: '도착 임박' } },
  delivered: { tone: 'neutral', label: { en: 'Delivered', ko: '배달 완료' } },
  cancelled: { tone: 'danger', label: { en: 'Cancelled', ko: '취소됨' } },
  failed: { tone: 'danger', label: { en: 'Not delivered', ko: '배달 실패' } },
}
