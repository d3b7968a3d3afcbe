import type { Text } from '#app/_words/language.ts'
import { shortName } from '#app/_words/place-name.ts'
import type { Speaker } from '#app/_words/speak.ts'
import { dateClockWords } from '#app/_words/times.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import { shownStatus } from '../state/shown-status.ts'
import type { Connection, LinkFault, TrackingState } from '../state/tracking-state.ts'
import { WORDS } from './words.ts'

export const YOUR_RIDER = { en: 'Your rider', ko: '라이더' } as const satisfies Text

const TITLES = {
  accepted: { en: 'Your order is being prepared', ko: '가게에서 주문을 준비하고 있어요' },
  picked_up: { en: 'On the way to you', ko: '고객님께 가고 있어요' },
  arriving: { en: 'Almost there', ko: '거의 다 왔어요' },
  delivered: { en: 'Delivered. Enjoy!', ko: '배달이 완료됐어요' },
  cancelled: { en: 'This delivery was cancelled', ko: '배달이 취소됐어요' },
  failed: { en: 'Your order could not be handed over', ko: '주문을 전해 드리지 못했어요' },
} as const satisfies Record<string, Text>

const DETAILS = {
  accepted: {
    en: '{rider} will pick it up at {store}. The map goes live then.',
    ko: '{rider}님이 {store}에서 픽업하면 지도에서 바로 볼\u00a0수 있어요.',
  },
  picked_up: { en: '{rider} has picked up your order.', ko: '{rider}님이 주문을 픽업했어요.' },
  wentAway: {
    en: '{rider} was close to your door, and is farther away again.',
    ko: '{rider}님이 문 앞 가까이 왔다가 다시 멀어졌어요.',
  },
  arriving: { en: '{rider} is close to your door.', ko: '{rider}님이 곧 문 앞에 도착해요.' },
  delivered: { en: 'Your order has arrived at {destination}.', ko: '주문이 {destination}에 도착했어요.' },
  cancelled: {
    en: 'Please ask {store} if you did not expect this.',
    ko: '요청하신 취소가 아니라면 {store}에 문의해 주세요.',
  },
  failed: {
    en: 'Please ask {store} what happens with it now.',
    ko: '이후 처리는 {store}에 문의해 주세요.',
  },
} as const satisfies Record<string, Text>

/** When it ended, as a sentence. */
const ENDED = {
  delivered: { en: 'Delivered on {when}.', ko: '{when}에 배달됐어요.' },
  cancelled: { en: 'Cancelled on {when}.', ko: '{when}에 취소됐어요.' },
  failed: { en: 'Last tried on {when}.', ko: '{when}에 마지막으로 방문했어요.' },
} as const satisfies Record<string, Text>

/** Null while it goes on. */
export function endedWords({ status, statusAtMs }: Delivery, speaker: Speaker): string | null {
  if (status !== 'delivered' && status !== 'cancelled' && status !== 'failed') return null
  return speaker.say(ENDED[status], { when: dateClockWords(statusAtMs, speaker) })
}

/** One line for what is going on, and one for what to expect. */
export function headline(
  state: TrackingState & { delivery: Delivery },
  { say, language }: Speaker,
): { title: string; detail: string } {
  const { store, destination, status, rider } = state.delivery
  const shown = shownStatus(state)
  const names = {
    rider: shortName(rider.name, language) || say(YOUR_RIDER),
    store: shortName(store.name, language),
    destination: shortName(destination.name, language),
  }
  const hasGoneAway = shown === 'picked_up' && status === 'arriving'
  return { title: say(TITLES[shown]), detail: say(DETAILS[hasGoneAway ? 'wentAway' : shown], names) }
}

/** Why the link does not work, and what to do. */
const FAULT_WORDS: Record<LinkFault, { title: Text; detail: Text }> = {
  replaced: {
    title: { en: 'This link has been replaced', ko: '새 링크로 바뀌었어요' },
    detail: {
      en: 'It no longer opens the delivery. Please ask whoever sent it to you for the new one.',
      ko: '이 링크로는 더 이상 배달을 볼 수 없어요. 링크를 보내 준 곳에 새 링크를 요청해 주세요.',
    },
  },
  expired: {
    title: { en: 'This link has expired', ko: '링크가 만료됐어요' },
    detail: {
      en: 'A link stops a day after the delivery was due. Please ask for a new one if you still expect it.',
      ko: '링크는 배달 예정일 다음 날까지만 열려요. 아직 받을 배달이 있다면 새 링크를 요청해 주세요.',
    },
  },
  erased: {
    title: { en: 'This delivery is not here any more', ko: '더 이상 볼 수 없는 배달이에요' },
    detail: {
      en: 'It has been erased, and nothing of it is kept. Please ask the shop if you still expect it.',
      ko: '배달 정보가 모두 삭제됐어요. 아직 받을 주문이 있다면 가게에 문의해 주세요.',
    },
  },
  unknown: {
    title: { en: 'This link does not work', ko: '링크를 열 수 없어요' },
    detail: {
      en: 'It may have been replaced by a new one, or a part of it was lost on the way. Please open it once more exactly as it was sent to you, or ask for a new one.',
      ko: '새 링크로 바뀌었거나 주소 일부가 빠졌을 수 있어요. 받은 링크를 그대로 다시 열어 보거나 새 링크를 요청해 주세요.',
    },
  },
}

export function refusalWords(code: ProblemCode, fault: LinkFault): { title: Text; detail: Text } {
  if (code === 'delivery_ended') return { title: WORDS.ended, detail: WORDS.nothingLeft }
  return FAULT_WORDS[fault]
}

/** Words for the customer's own connection, never for the rider's; null while it works. */
export const CONNECTION_WORDS: Record<Connection, Text | null> = {
  offline: { en: 'You are offline', ko: '인터넷에 연결돼 있지 않아요' },
  reconnecting: {
    en: 'Your connection was interrupted. Reconnecting…',
    ko: '연결이 끊겼어요. 다시 연결하고 있어요…',
  },
  connecting: { en: 'Connecting…', ko: '연결하고 있어요…' },
  connected: null,
  closed: null,
}
