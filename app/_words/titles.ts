import type { Text } from './language.ts'

/** What the pages are called, in the browser’s tab and in their HTML. */
export const TITLES = {
  rider: { en: 'Rider', ko: '라이더' },
  track: { en: 'Your delivery', ko: '내 배달' },
  sideBySide: { en: 'Side by side', ko: '나란히 보기' },
  dispatch: { en: 'Dispatch', ko: '배차 현황판' },
  docs: { en: 'API', ko: 'API' },
  inside: { en: 'Inside', ko: '내부 들여다보기' },
  notFound: { en: 'Nothing is here', ko: '페이지를 찾을 수 없어요' },
} as const satisfies Record<string, Text>

export const DESCRIPTIONS = {
  all: {
    en: 'Open a link and watch your rider come, live, on a map.',
    ko: '링크 하나로 라이더가 오는 길을 지도에서 실시간으로 확인하세요.',
  },
  docs: {
    en: 'The HTTP calls, socket events and Kafka topics of Rider Live.',
    ko: 'Rider Live의 HTTP 호출, 소켓 이벤트, Kafka 토픽을 소개합니다.',
  },
  inside: {
    en: 'What happens between a rider’s phone and a customer’s map, live.',
    ko: '라이더의 휴대폰에서 고객의 지도까지, 무슨 일이 일어나는지 실시간으로 보여 드립니다.',
  },
} as const satisfies Record<string, Text>
