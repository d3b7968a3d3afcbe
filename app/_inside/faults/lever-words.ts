import { CopyPlus, Gauge, Link2Off, type LucideIcon, Power, Shuffle, Unplug, WifiOff } from 'lucide-react'
import type { Text } from '#app/_words/language.ts'
import type { Lever } from '#contracts/inside/faults.ts'

/** The name of each lever, what it does, and whom it affects. */
export const LEVER_WORDS: Record<Lever, { icon: LucideIcon; title: Text; hint: Text }> = {
  broker: {
    icon: Power,
    title: { en: 'Stop the broker', ko: '브로커 중지' },
    hint: { en: 'posts get 503', ko: '위치 전송에 503으로 응답합니다' },
  },
  slow: {
    icon: Gauge,
    title: { en: 'Slow it', ko: '응답 지연' },
    hint: { en: 'Kafka answers later', ko: 'Kafka가 늦게 답합니다' },
  },
  consumer: {
    icon: Unplug,
    title: { en: 'Kill the push consumer', ko: '푸시 컨슈머 강제 종료' },
    hint: { en: 'the customer waits, then gets all', ko: '고객은 복구 후 한꺼번에 받습니다' },
  },
  duplicate: {
    icon: CopyPlus,
    title: { en: 'Duplicate', ko: '중복' },
    hint: { en: 'each record is in Kafka twice', ko: '레코드가 Kafka에 두 번 들어갑니다' },
  },
  reorder: {
    icon: Shuffle,
    title: { en: 'Reorder', ko: '순서 바꾸기' },
    hint: { en: 'points come in swapped pairs', ko: '위치가 두 개씩 뒤바뀌어 옵니다' },
  },
  network: {
    icon: WifiOff,
    title: { en: 'Drop the rider’s network', ko: '라이더 네트워크 끊기' },
    hint: { en: 'requests are cut off, no answer', ko: '요청이 응답 없이 끊깁니다' },
  },
  token: {
    icon: Link2Off,
    title: { en: 'Expire the token', ko: '토큰 만료' },
    hint: { en: 'the customer’s link runs out', ko: '고객의 링크가 만료됩니다' },
  },
}
