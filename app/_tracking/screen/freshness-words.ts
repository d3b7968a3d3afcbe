import type { Text } from '#app/_words/language.ts'
import type { Say } from '#app/_words/speak.ts'
import { durationWords } from '#app/_words/times.ts'
import type { RiderFreshness } from '../state/rider-freshness.ts'

const WORDS = {
  seen: {
    en: 'Last updated {ago}. It goes on by itself once you are back online.',
    ko: '{ago} 업데이트된 정보예요. 다시 연결되면 자동으로 이어져요.',
  },
  delayed: {
    en: 'The rider’s phone has been silent for {span}. Waiting for the next position.',
    ko: '라이더의 휴대폰에서 {span} 동안 소식이 없어요. 다음 위치를 기다리고 있어요.',
  },
  lost: {
    en: 'The rider’s phone has been silent for {span}. The rider may be elsewhere by now.',
    ko: '라이더의 휴대폰에서 {span} 동안 소식이 없어요. 지금은 다른 곳에 있을 수 있어요.',
  },
  justNow: { en: 'just now', ko: '방금 전' },
  ago: { en: '{span} ago', ko: '{span} 전' },
} as const satisfies Record<string, Text>

/** Words for the rider's position, never for the customer's own connection. */
export const FRESHNESS_WORDS: Record<RiderFreshness, Text> = {
  live: { en: 'Live', ko: '실시간' },
  delayed: { en: 'Delayed', ko: '지연' },
  lost: { en: 'Signal lost', ko: '신호 끊김' },
  unknown: { en: 'Last known', ko: '마지막 위치' },
  none: { en: 'Waiting', ko: '대기 중' },
}

/** How current the page is while the customer's connection is down; null before the first position. */
export function lastSeenWords(ageMs: number | null, say: Say): string | null {
  return ageMs === null ? null : say(WORDS.seen, { ago: agoWords(ageMs, say) })
}

/** What an old position means for the customer; null for a fresh one. */
export function staleWords(freshness: RiderFreshness, ageMs: number, say: Say): string | null {
  if (freshness !== 'delayed' && freshness !== 'lost') return null
  return say(WORDS[freshness], { span: durationWords(ageMs, say) })
}

/** How long ago something was. */
export function agoWords(ageMs: number, say: Say): string {
  return ageMs < 1_000 ? say(WORDS.justNow) : say(WORDS.ago, { span: durationWords(ageMs, say) })
}
