import { durationWords } from '#app/_words/duration-words.ts'
import type { Waiting } from '../outbox/outbox.ts'
import type { RiderState } from '../ride/rider-state.ts'

/** Why positions do not get through now, and what happens to them. */
export type SendingWords = { why: string; kept: string }

/** null when positions get through, or when the page already says elsewhere why they do not. */
export function sendingWords({
  sending,
  refused,
  otherDevice,
  sharing,
  waiting,
  nowMs,
}: Pick<
  RiderState,
  'sending' | 'refused' | 'otherDevice' | 'sharing' | 'waiting' | 'nowMs'
>): SendingWords | null {
  if (refused || otherDevice || (waiting.count === 0 && !sharing)) return null
  switch (sending) {
    case 'fine':
      return null
    case 'offline':
      return { why: 'You are offline', kept: keptWords(waiting, nowMs, 'you are back online') }
    case 'unreachable':
      return { why: 'The server cannot be reached', kept: keptWords(waiting, nowMs, 'it can') }
    case 'turned_away':
      return { why: 'The server takes no positions right now', kept: keptWords(waiting, nowMs, 'it does') }
  }
}

function keptWords({ count, oldestAtMs }: Waiting, nowMs: number, until: string): string {
  if (count === 0 || oldestAtMs === null)
    return `Your positions are kept on this device and sent as soon as ${until}.`
  const [wait, all] = count === 1 ? ['1 position waits', 'It is'] : [`${count} positions wait`, 'All are']
  return `${wait} on this device, the oldest for ${durationWords(nowMs - oldestAtMs)}. ${all} sent as soon as ${until}.`
}
