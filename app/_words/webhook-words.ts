import type { WebhookType } from '#contracts/webhook.ts'
import type { Text } from './language.ts'

/** What a shop's systems are told of, on the board and in the chapter. */
export const WEBHOOK_WORDS: Record<WebhookType, Text> = {
  'delivery.created': { en: 'Created', ko: '주문 접수' },
  'delivery.picked_up': { en: 'Picked up', ko: '픽업' },
  'delivery.near': { en: 'Near', ko: '근처 도착' },
  'delivery.arriving': { en: 'Arriving', ko: '도착 임박' },
  'delivery.late': { en: 'Late', ko: '지연' },
  'delivery.silent': { en: 'Silent', ko: '신호 끊김' },
  'delivery.back': { en: 'Back', ko: '신호 복구' },
  'delivery.delivered': { en: 'Delivered', ko: '배달 완료' },
  'delivery.cancelled': { en: 'Cancelled', ko: '취소됨' },
  'delivery.failed': { en: 'Failed', ko: '배달 실패' },
}
