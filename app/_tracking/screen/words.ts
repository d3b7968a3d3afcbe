import type { Text } from '#app/_words/language.ts'

export const WORDS = {
  opening: { en: 'Opening your delivery…', ko: '배달 정보를 불러오고 있어요…' },
  delivery: { en: 'Delivery', ko: '배달' },
  map: { en: 'Map of your delivery', ko: '배달 지도' },
  details: { en: 'Details', ko: '자세히 보기' },
  from: { en: 'From', ko: '가게' },
  to: { en: 'To', ko: '도착지' },
  when: { en: 'When', ko: '도착 시간' },
  call: { en: 'Call {name}', ko: '{name}에 전화하기' },
  named: { en: '{name}', ko: '{name}님' },
  updated: { en: 'Updated {ago}', ko: '{ago} 업데이트' },
  noLonger: {
    en: 'The rider’s location is no longer shared.',
    ko: '라이더의 위치는 더 이상 공유되지 않아요.',
  },
  ended: { en: 'This delivery has ended', ko: '배달이 끝났어요' },
  nothingLeft: {
    en: 'There is nothing left to follow here. The rider’s location is no longer shared.',
    ko: '더 볼 수 있는 것이 없어요. 라이더의 위치는 더 이상 공유되지 않아요.',
  },
  reason: { en: 'Error code:', ko: '오류 코드:' },
  pin: { en: 'Your PIN', ko: '확인 번호' },
  pinHow: {
    en: 'The rider asks for it at the door. Tell it only when your order is in your hands.',
    ko: '라이더가 문 앞에서 물어봐요. 주문을 받은 다음에 알려 주세요.',
  },
} as const satisfies Record<string, Text>
