import type { Text } from '#app/_words/language.ts'
import type { Say } from '#app/_words/speak.ts'
import { durationWords } from '#app/_words/times.ts'
import type { Waiting } from '../outbox/outbox.ts'
import type { RiderState } from '../ride/rider-state.ts'

/** Why positions do not get through now, and what happens to them. */
export type SendingWords = { why: string; kept: string }

/** `until`: the end of each sentence below, which says when positions are sent. */
const WORDS: Record<Exclude<RiderState['sending'], 'fine'>, { why: Text; until: Text }> = {
  offline: {
    why: { en: 'You are offline', ko: '인터넷에 연결돼 있지 않아요' },
    until: { en: 'you are back online', ko: '다시 연결되면' },
  },
  unreachable: {
    why: { en: 'The server cannot be reached', ko: '서버에 연결할 수 없어요' },
    until: { en: 'it can', ko: '연결되면' },
  },
  turned_away: {
    why: { en: 'The server takes no positions right now', ko: '서버가 지금 위치를 받지 못하고 있어요' },
    until: { en: 'it does', ko: '다시 받을 수 있게 되면' },
  },
}
const KEPT = {
  none: {
    en: 'Your positions are kept on this device and sent as soon as {until}.',
    ko: '위치는 이 기기에 저장해 두었다가 {until} 바로 보내요.',
  },
  one: {
    en: '1 position waits on this device, the oldest for {span}. It is sent as soon as {until}.',
    ko: '위치 1개가 이 기기에서 {span}째 기다리고 있어요. {until} 바로 보내요.',
  },
  many: {
    en: '{n} positions wait on this device, the oldest for {span}. All are sent as soon as {until}.',
    ko: '위치 {n}개가 이 기기에서 최대 {span}째 기다리고 있어요. {until} 모두 보내요.',
  },
} as const satisfies Record<string, Text>

type Facts = Pick<RiderState, 'sending' | 'refused' | 'otherDevice' | 'sharing' | 'waiting' | 'nowMs'>

/** null when positions get through, or when the page already says elsewhere why they do not. */
export function sendingWords(facts: Facts, say: Say): SendingWords | null {
  const { sending, refused, otherDevice, sharing, waiting, nowMs } = facts
  if (refused || otherDevice || (waiting.count === 0 && !sharing) || sending === 'fine') return null
  const { why, until } = WORDS[sending]
  return { why: say(why), kept: keptWords(waiting, nowMs, say(until), say) }
}

function keptWords({ count, oldestAtMs }: Waiting, nowMs: number, until: string, say: Say): string {
  if (count === 0 || oldestAtMs === null) return say(KEPT.none, { until })
  const span = durationWords(nowMs - oldestAtMs, say)
  return count === 1 ? say(KEPT.one, { span, until }) : say(KEPT.many, { n: count, span, until })
}
