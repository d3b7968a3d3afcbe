import { useSyncExternalStore } from 'react'

/** In the language of the browser; the section says which it is in. */
export type Language = 'en' | 'ko'

type Words = {
  title: string
  about: string
  open: string
  map: string
  askStore: string
  askDoor: string
  ready: string
  atMiddle: string
  hint: string
  again: string
  create: string
  creating: string
  towns: string
  storeName: string
  doorName: string
  usualStore: string
  usualDoor: string
  done: string
  next: string
  away: string
  busy: string
  refused(detail: string): string
}

export const WORDS: Record<Language, Words> = {
  en: {
    title: 'Or anywhere: two clicks on the map',
    about: 'A store, a door, and the rider is on the way: in your town, with or without a map of it.',
    open: 'Open the map',
    map: 'Map to choose the store and the door on',
    askStore: 'Click where the store is.',
    askDoor: 'Now click where the customer’s door is.',
    ready: 'Store and door are set.',
    atMiddle: 'Take the middle of the map',
    hint: 'With the keyboard: arrows move the map, + and − zoom, Enter takes the middle.',
    again: 'Choose again',
    create: 'Create this delivery',
    creating: 'Creating…',
    towns: 'Go to',
    storeName: 'Name of the store',
    doorName: 'Address of the door',
    usualStore: 'The store',
    usualDoor: 'Your door',
    done: 'Your delivery is ready',
    next: 'Open it side by side and press “Start ride”. Where no streets are known the rider takes the straight line.',
    away: 'The server could not be reached. Is it still running?',
    busy: 'That was a lot of deliveries at once. Please wait a moment.',
    refused: (detail) => `The delivery could not be created: ${detail}`,
  },
  ko: {
    title: '어디서나: 지도에서 두 번 클릭',
    about: '가게와 도착지만 찍으면 라이더가 출발합니다. 지도가 없는 동네에서도 됩니다.',
    open: '지도 열기',
    map: '가게와 도착지를 고르는 지도',
    askStore: '가게 위치를 클릭하세요.',
    askDoor: '이제 도착지를 클릭하세요.',
    ready: '가게와 도착지를 정했습니다.',
    atMiddle: '지도 가운데로 정하기',
    hint: '키보드: 화살표로 지도를 움직이고, +와 −로 확대·축소, Enter로 가운데를 정합니다.',
    again: '다시 고르기',
    create: '이 배달 만들기',
    creating: '만드는 중…',
    towns: '이동',
    storeName: '가게 이름',
    doorName: '도착지 주소',
    usualStore: '가게',
    usualDoor: '받는 곳',
    done: '배달이 준비됐습니다',
    next: '나란히 열고 “Start ride”를 누르세요. 길을 모르는 곳에서는 라이더가 직선으로 갑니다.',
    away: '서버에 연결할 수 없습니다. 아직 실행 중인가요?',
    busy: '한꺼번에 너무 많은 배달을 만들었습니다. 잠시 기다려 주세요.',
    refused: (detail) => `배달을 만들 수 없습니다: ${detail}`,
  },
}

const never = () => () => {}

export function useLanguage(): Language {
  return useSyncExternalStore(
    never,
    () => (navigator.language.startsWith('ko') ? 'ko' : 'en'),
    () => 'en',
  )
}
