import type { ProblemCode } from '#contracts/problem.ts'
import type { Text } from './language.ts'

/** What went wrong, for the people who use the pages: never the server's own sentence, which is for engineers. */
const WORDS: Record<ProblemCode, Text> = {
  invalid_json: { en: 'The server could not read the request.', ko: '서버가 요청을 읽지 못했어요.' },
  invalid_body: { en: 'Something in the request is not right.', ko: '요청 내용에 잘못된 부분이 있어요.' },
  unauthenticated: {
    en: 'The link is not valid, or not any more.',
    ko: '링크가 올바르지 않거나 만료됐어요.',
  },
  forbidden: { en: 'This link does not allow that.', ko: '이 링크로는 할 수 없어요.' },
  not_found: { en: 'This delivery is not here.', ko: '배달을 찾을 수 없어요.' },
  method_not_allowed: { en: 'The server does not do that.', ko: '서버가 지원하지 않는 요청이에요.' },
  illegal_transition: {
    en: 'The delivery is at another step already.',
    ko: '배달이 이미 다른 단계로 넘어갔어요.',
  },
  conflict: {
    en: 'It is there already, with other content.',
    ko: '같은 번호로 다른 내용이 이미 등록돼 있어요.',
  },
  wrong_pin: { en: 'This is not the customer’s PIN.', ko: '고객의 확인 번호와 달라요.' },
  too_many_subscriptions: {
    en: 'Enough other devices are told of this delivery already.',
    ko: '이 배달의 알림을 받는 기기가 이미 많아요.',
  },
  other_device: {
    en: 'Another device rides this delivery now.',
    ko: '지금은 다른 기기로 배달하고 있어요.',
  },
  delivery_ended: { en: 'This delivery has ended.', ko: '이미 끝난 배달이에요.' },
  body_too_large: { en: 'That is too much at once.', ko: '한 번에 보내기에는 너무 커요.' },
  unsupported_media_type: {
    en: 'The server could not read the request.',
    ko: '서버가 요청을 읽지 못했어요.',
  },
  rate_limited: {
    en: 'That was a lot at once. Please wait a moment.',
    ko: '요청이 너무 많아요. 잠시 후 다시 시도해 주세요.',
  },
  internal: {
    en: 'Something went wrong on our side. Please try again.',
    ko: '서버에 문제가 생겼어요. 다시 시도해 주세요.',
  },
  geocoder_unavailable: {
    en: 'Addresses cannot be looked up right now.',
    ko: '지금은 주소를 찾을 수 없어요.',
  },
  log_unavailable: {
    en: 'The server cannot take this right now. Please try again in a moment.',
    ko: '지금은 처리할 수 없어요. 잠시 후 다시 시도해 주세요.',
  },
}
const AWAY: Text = {
  en: 'The server could not be reached. Please try again in a moment.',
  ko: '서버에 연결할 수 없어요. 잠시 후 다시 시도해 주세요.',
}
const GENERAL: Text = {
  en: 'That did not work. Please try again in a moment.',
  ko: '처리하지 못했어요. 잠시 후 다시 시도해 주세요.',
}

/** Words for a failed call, by its code; `status` null: there was no answer at all. */
export function problemWords({ code, status }: { code: ProblemCode | null; status: number | null }): Text {
  if (code !== null) return WORDS[code]
  return status === null ? AWAY : GENERAL
}

/** The same for people who run the system: in English the server's own sentence, which says more than its code. */
export function problemDetail(failure: {
  code: ProblemCode | null
  status?: number | null
  detail: string
}): Text {
  return { en: failure.detail, ko: problemWords({ status: null, ...failure }).ko }
}
