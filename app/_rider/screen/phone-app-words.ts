import type { Text } from '#app/_words/language.ts'

export const PHONE_APP_WORDS = {
  title: { en: 'Use a phone app', ko: '휴대폰 앱으로 위치 보내기' },
  hint: { en: 'Reports with the screen off.', ko: '화면을 꺼도 위치를 보내요.' },
  about: {
    en: 'OwnTracks and Traccar Client are free. You enter a code there once for this delivery, and go on here with everything else.',
    ko: 'OwnTracks와 Traccar Client는 무료 앱이에요. 이 배달의 코드를 앱에 한 번 입력하고, 나머지는 여기서 이어서 하세요.',
  },
  get: { en: 'Get a code', ko: '코드 받기' },
  busy: { en: 'Getting a code…', ko: '코드를 받고 있어요…' },
  another: { en: 'A new code', ko: '새 코드 받기' },
  stops: { en: 'The code before stops working.', ko: '이전 코드는 쓸 수 없게 돼요.' },
  failed: { en: 'No code was made: {why}', ko: '코드를 받지 못했어요. {why}' },
  code: { en: 'Device code', ko: '기기 코드' },
  app: { en: 'App', ko: '앱' },
  ownTracks: { en: 'OwnTracks', ko: 'OwnTracks' },
  traccar: { en: 'Traccar Client', ko: 'Traccar Client' },
  setUp: { en: 'Set up OwnTracks', ko: 'OwnTracks 설정하기' },
  scanOwnTracks: {
    en: 'Scan this with the camera of the phone that has OwnTracks.',
    ko: 'OwnTracks가 있는 휴대폰의 카메라로 찍어 주세요.',
  },
  scanTraccar: {
    en: 'Scan this in Traccar Client’s settings.',
    ko: 'Traccar Client 설정에서 이 QR 코드를 찍어 주세요.',
  },
  byHand: { en: 'Or enter it by hand', ko: '직접 입력하려면' },
  mode: { en: 'Mode', ko: '모드' },
  url: { en: 'Address', ko: '서버 주소' },
  user: { en: 'User', ko: '사용자' },
  password: { en: 'Password', ko: '비밀번호' },
  identifier: { en: 'Device identifier', ko: '기기 식별자' },
  theCode: { en: 'the code', ko: '위의 코드' },
  reporting: { en: 'Your phone app reports', ko: '휴대폰 앱이 위치를 보내고 있어요' },
  newest: { en: 'The newest position came {age} ago.', ko: '마지막 위치는 {age} 전에 왔어요.' },
  silent: { en: 'Nothing comes from the phone app', ko: '휴대폰 앱에서 위치가 오지 않아요' },
  check: {
    en: 'The newest position came {age} ago. Open the app and see that it is switched on.',
    ko: '마지막 위치가 {age} 전에 왔어요. 앱을 열어 켜져 있는지 확인해 주세요.',
  },
  awaited: { en: 'Waiting for the phone app', ko: '휴대폰 앱을 기다리고 있어요' },
  until: {
    en: 'This page reports until the app’s first position has come.',
    ko: '앱의 첫 위치가 올 때까지 이 페이지가 위치를 보내요.',
  },
  none: {
    en: 'No position has come yet. Open the app and switch it on.',
    ko: '아직 위치가 오지 않았어요. 앱을 열어 켜 주세요.',
  },
  withPage: { en: 'Report with this page instead', ko: '이 페이지로 위치 보내기' },
} as const satisfies Record<string, Text>
