import type { Text } from '#app/_words/language.ts'

export const WORDS = {
  title: { en: 'Or anywhere: two clicks on the map', ko: '어디서나, 지도에서 두 번만 클릭하면' },
  about: {
    en: 'A store, a door, and the rider is on the way: in your town, with or without a map of it.',
    ko: '가게와 도착지만 고르면 라이더가 출발해요. 지도가 없는 동네에서도 돼요.',
  },
  open: { en: 'Open the map', ko: '지도 열기' },
  map: { en: 'Map to choose the store and the door on', ko: '가게와 도착지를 고르는 지도' },
  askStore: { en: 'Click where the store is.', ko: '가게 위치를 눌러 주세요.' },
  askDoor: { en: 'Now click where the customer’s door is.', ko: '이제 도착지를 눌러 주세요.' },
  ready: { en: 'Store and door are set.', ko: '가게와 도착지를 정했어요.' },
  atMiddle: { en: 'Take the middle of the map', ko: '지도 가운데로 정하기' },
  hint: {
    en: 'With the keyboard: arrows move the map, + and − zoom, Enter takes the middle.',
    ko: '키보드: 화살표로 지도를 움직이고, +와 −로 확대·축소하고, 엔터 키로 가운데를 정해요.',
  },
  again: { en: 'Choose again', ko: '다시 고르기' },
  create: { en: 'Create this delivery', ko: '이 배달 만들기' },
  creating: { en: 'Creating…', ko: '만들고 있어요…' },
  towns: { en: 'Go to', ko: '이동' },
  storeName: { en: 'Name of the store', ko: '가게 이름' },
  doorName: { en: 'Address of the door', ko: '도착지 주소' },
  usualStore: { en: 'The store', ko: '가게' },
  usualDoor: { en: 'Your door', ko: '받는 곳' },
  done: { en: 'Your delivery is ready', ko: '배달이 준비됐어요' },
  next: {
    en: 'Open it side by side and press “Start ride”. Where no streets are known the rider takes the straight line.',
    ko: '나란히 열고 ‘배달 시작’을 눌러 보세요. 길을 모르는 곳에서는 라이더가 직선으로 가요.',
  },
  refused: { en: 'The delivery could not be created: {why}', ko: '배달을 만들지 못했어요. {why}' },
} as const satisfies Record<string, Text>
