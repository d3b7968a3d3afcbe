import type { ApiFailure } from '#app/_http/call-api.ts'
import type { Text } from '#app/_words/language.ts'
import { problemWords } from '#app/_words/problem-words.ts'
import type { Say } from '#app/_words/speak.ts'

export const WORDS = {
  title: { en: 'Watch your rider come, live.', ko: '라이더가 오는 길, 실시간으로 보세요.' },
  about: {
    en: 'A rider reports a position every few seconds; you see it glide over your map. Every step in between is the real one.',
    ko: '라이더의 위치가 몇 초마다 전해져 지도 위에서 부드럽게 움직여요. 화면 뒤의 모든 과정이 실제로 동작해요.',
  },
  byDispatch: {
    en: 'Deliveries are created by dispatch here. If you are waiting for one, open the link that was sent to you; if you are a rider, open yours.',
    ko: '배달은 배차 담당자가 만들어요. 주문을 기다리고 있다면 받은 링크를, 라이더라면 라이더 링크를 열어 주세요.',
  },
  heroNow: { en: 'On the way to you', ko: '고객님께 가고 있어요' },
  heroClock: { en: '2:32 – 2:36 pm', ko: '오후 2:32~2:36' },
  heroLeft: { en: 'in 4–8 min', ko: '4~8분 후' },
  start: { en: 'Start a demo delivery', ko: '데모 배달 시작하기' },
  starting: { en: 'Starting…', ko: '시작하고 있어요…' },
  which: { en: 'Which delivery', ko: '배달 고르기' },
  any: { en: 'Any delivery', ko: '아무 배달이나' },
  ready: { en: 'Your delivery is ready', ko: '배달이 준비됐어요' },
  readyHow: {
    en: 'Open it side by side and press “Start ride”. Or open each link where you like, even on another device.',
    ko: '나란히 열고 ‘배달 시작’을 눌러 보세요. 링크를 따로따로, 다른 기기에서 열어도 돼요.',
  },
  readyHowPhone: {
    en: 'Open the rider’s page and press “Start ride”; open the customer’s page in another tab, or on another device.',
    ko: '라이더 화면을 열고 ‘배달 시작’을 눌러 보세요. 고객 화면은 다른 탭이나 다른 기기에서 열면 돼요.',
  },
  notStarted: { en: 'The delivery could not be started: {why}', ko: '배달을 시작하지 못했어요. {why}' },
  away: {
    en: 'The server could not be reached. Is it still running?',
    ko: '서버에 연결할 수 없어요. 아직 실행 중인지 확인해 주세요.',
  },
  busy: {
    en: 'That was a lot of deliveries at once. Please wait a moment.',
    ko: '한꺼번에 너무 많은 배달을 만들었어요. 잠시 후 다시 시도해 주세요.',
  },
  openBoth: { en: 'Open side by side', ko: '나란히 열기' },
  openRider: { en: 'Open the rider’s page', ko: '라이더 화면 열기' },
  riderPage: { en: 'Rider’s page', ko: '라이더 화면' },
  customerPage: { en: 'Customer’s page', ko: '고객 화면' },
  anotherDevice: { en: 'On another device', ko: '다른 기기에서 열기' },
  scanRider: { en: 'Code to scan: the rider’s page', ko: '라이더 화면을 여는 QR 코드' },
  scanCustomer: { en: 'Code to scan: the customer’s page', ko: '고객 화면을 여는 QR 코드' },
  onlyHere: {
    en: 'This address works on this computer only. For a phone start the demo by `npm run demo -- --lan`, and open the address that it prints.',
    ko: '지금 주소는 이 컴퓨터에서만 열려요. 휴대폰에서 열려면 `npm run demo -- --lan`으로 데모를 시작하고, 화면에 나오는 주소로 접속해 주세요.',
  },
  running: { en: 'Running deliveries', ko: '진행 중인 배달' },
  evening: { en: 'A busy evening', ko: '바쁜 저녁' },
  board: { en: 'Dispatch board', ko: '배차 현황판' },
  since: { en: 'for {time}', ko: '{time} 전 시작' },
  refresh: { en: 'Refresh', ko: '새로고침' },
  none: { en: 'None right now.', ko: '지금은 없어요.' },
  notListed: {
    en: 'They cannot be listed at the moment. Refresh in a few seconds.',
    ko: '지금은 목록을 불러올 수 없어요. 잠시 후 새로고침해 주세요.',
  },
  to: { en: 'to', ko: '→' },
  sideBySide: { en: 'Side by side', ko: '나란히 보기' },
  rider: { en: 'Rider', ko: '라이더' },
  customer: { en: 'Customer', ko: '고객' },
  bothNeeded: {
    en: 'It needs both links of a delivery. Please start from the first page.',
    ko: '배달의 두 링크가 모두 필요해요. 첫 화면에서 다시 시작해 주세요.',
  },
  twoPages: {
    en: 'Two separate pages. All that joins them goes through the server.',
    ko: '서로 다른 두 화면이에요. 서버를 통해서만 이어져요.',
  },
  alone: { en: 'Open alone', ko: '따로 열기' },
  how: { en: 'The way of one position', ko: '위치 하나가 전달되는 과정' },
  second: {
    en: 'A second consumer group, shared by all instances, writes the same positions to the database, from where a page fetches what it missed.',
    ko: '모든 인스턴스가 함께 쓰는 두 번째 컨슈머 그룹이 같은 위치를 데이터베이스에 저장하고, 화면은 놓친 위치를 여기서 가져와요.',
  },
  inside: { en: 'Look inside, live', ko: '내부 실시간으로 보기' },
  docs: { en: 'Read the API', ko: 'API 문서 보기' },
} as const satisfies Record<string, Text>

export const HOP_WORDS = {
  rider: {
    name: { en: 'Rider', ko: '라이더' },
    does: {
      en: 'numbers each position and keeps it until it is acknowledged',
      ko: '위치마다 번호를 붙이고, 접수될 때까지 보관해요',
    },
  },
  http: {
    name: { en: 'HTTP', ko: 'HTTP' },
    does: {
      en: 'a POST every few seconds, answered once the log has it',
      ko: '몇 초마다 POST 한 번, 로그에 기록되면 응답해요',
    },
  },
  kafka: {
    name: { en: 'Kafka', ko: 'Kafka' },
    does: {
      en: 'all positions of one delivery go to one partition, in order',
      ko: '한 배달의 위치는 모두 한 파티션에 순서대로 쌓여요',
    },
  },
  socket: {
    name: { en: 'Socket.IO', ko: 'Socket.IO' },
    does: {
      en: 'a consumer group on each instance pushes to its customers',
      ko: '인스턴스마다 컨슈머 그룹이 고객에게 바로 보내요',
    },
  },
  map: {
    name: { en: 'Map', ko: '지도' },
    does: { en: 'the marker glides to the newest position', ko: '라이더가 최신 위치까지 부드럽게 움직여요' },
  },
} as const satisfies Record<string, { name: Text; does: Text }>

type Because = { readonly en: `${string}{why}${string}`; readonly ko: `${string}{why}${string}` }

/** Why no delivery was made. The demo’s server is often the reader’s own: it may have been stopped. */
export function failedWords(failure: ApiFailure, because: Because, say: Say): string {
  if (failure.status === null) return say(WORDS.away)
  if (failure.status === 429) return say(WORDS.busy)
  return say(because, { why: say(problemWords(failure)) })
}
