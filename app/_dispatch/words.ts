import type { Text } from '#app/_words/language.ts'
import type { Speaker } from '#app/_words/speak.ts'
import { clockRangeWords, clockWords, durationText } from '#app/_words/times.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Eta } from '#contracts/snapshot.ts'
import type { ToldWebhook } from '#contracts/webhook.ts'
import type { Attention, Need } from '#domain/attention.ts'
import type { Chapter } from '#domain/ride-story.ts'
import type { AddressColumn } from './state/fill-addresses.ts'
import type { Filter } from './state/filter.ts'
import type { Column } from './state/read-orders.ts'

export const WORDS = {
  board: { en: 'Dispatch', ko: '배차 현황판' },
  tokenWhy: {
    en: 'The board shows where every rider is. It opens with the dispatch token, which this tab keeps until you close it.',
    ko: '현황판에서는 모든 라이더의 위치를 볼 수 있어요. 배차 토큰이 있어야 열리고, 토큰은 이 탭을 닫을 때까지만 보관해요.',
  },
  tokenWrong: { en: 'This is not the dispatch token', ko: '배차 토큰이 올바르지 않아요' },
  openBoard: { en: 'Open the board', ko: '현황판 열기' },
  connecting: { en: 'Connecting…', ko: '연결 중…' },
  connected: { en: 'Live', ko: '실시간' },
  full: { en: 'All places are taken. Trying again…', ko: '지금은 접속자가 많아요. 다시 시도 중…' },
  search: { en: 'Order, name or place', ko: '주문 번호, 이름, 장소' },
  clearSearch: { en: 'Clear the search', ko: '검색어 지우기' },
  show: { en: 'Show', ko: '보기' },
  list: { en: 'List', ko: '목록' },
  map: { en: 'Map', ko: '지도' },
  deliveries: { en: 'Running deliveries', ko: '진행 중인 배달' },
  endedDeliveries: { en: 'Deliveries that have ended', ko: '끝난 배달' },
  mapLabel: { en: 'Map of all running deliveries', ko: '진행 중인 모든 배달의 지도' },
  showAll: { en: 'Show all', ko: '모두 보기' },
  previousOnMap: { en: 'Previous rider on the map', ko: '지도의 이전 라이더' },
  nextOnMap: { en: 'Next rider on the map', ko: '지도의 다음 라이더' },
  nothingRuns: { en: 'No delivery is running.', ko: '진행 중인 배달이 없어요.' },
  nothingFound: { en: 'No delivery fits.', ko: '조건에 맞는 배달이 없어요.' },
  legend: { en: 'Signs', ko: '표시' },
  close: { en: 'Close', ko: '닫기' },
  noRider: { en: 'No rider named', ko: '라이더 미지정' },
  order: { en: 'Order', ko: '주문' },
  from: { en: 'From', ko: '출발' },
  to: { en: 'To', ko: '도착' },
  arrives: { en: 'Arrives', ko: '도착 예정' },
  promised: { en: 'Promised', ko: '약속 시각' },
  lastHeard: { en: 'Last heard of', ko: '마지막 신호' },
  never: { en: 'not yet', ko: '아직 없음' },
  story: { en: 'What has happened', ko: '지금까지' },
  storyAway: { en: 'The ride could not be loaded.', ko: '주행 기록을 불러오지 못했어요.' },
  again: { en: 'Try again', ko: '다시 시도' },
  links: { en: 'Links', ko: '링크' },
  riderLink: { en: 'Rider’s link', ko: '라이더 링크' },
  customerLink: { en: 'Customer’s link', ko: '고객 링크' },
  unknownLink: {
    en: 'Links are shown once, when they are made. A new one takes the place of the old one, which stops.',
    ko: '링크는 만들 때 한 번만 보여요. 새 링크를 만들면 이전 링크는 열리지 않아요.',
  },
  newLink: { en: 'New link', ko: '새 링크' },
  newLinkAsk: {
    en: 'The old link stops at once. Make a new one?',
    ko: '이전 링크는 바로 열리지 않게 돼요. 새로 만들까요?',
  },
  yesNewLink: { en: 'Yes, make a new one', ko: '네, 새로 만들기' },
  keep: { en: 'Keep it', ko: '그대로 두기' },
  qr: { en: 'QR code', ko: 'QR 코드' },
  open: { en: 'Open', ko: '열기' },
  cancel: { en: 'Cancel the delivery', ko: '배달 취소' },
  cancelWhy: { en: 'Why is it cancelled?', ko: '취소 이유' },
  cancelHint: { en: 'Shown to the customer', ko: '고객에게 보여요' },
  cancelYes: { en: 'Cancel it for good', ko: '취소 확정' },
  cancelNo: { en: 'Go back', ko: '돌아가기' },
  ended: { en: 'This delivery is no longer running.', ko: '이미 끝난 배달이에요.' },
  customer: { en: 'Customer', ko: '고객' },
  callRider: { en: 'Call the rider', ko: '라이더에게 전화' },
  callCustomer: { en: 'Call the customer', ko: '고객에게 전화' },
  callStore: { en: 'Call the shop', ko: '가게에 전화' },
  saveGpx: { en: 'Save as GPX', ko: 'GPX 저장' },
  saveGeoJson: { en: 'Save as GeoJSON', ko: 'GeoJSON 저장' },
  evening: { en: 'A busy evening: 30 riders', ko: '바쁜 저녁: 라이더 30명' },
  eveningRuns: {
    en: '30 simulated riders are on their way until {time}',
    ko: '가상 라이더 30명이 {time}까지 달려요',
  },
  eveningFailed: { en: 'It could not be started. Try again', ko: '시작하지 못했어요. 다시 시도' },
  showMore: { en: 'Show earlier ones', ko: '이전 배달 더 보기' },
  nothingEnded: { en: 'No delivery has ended yet.', ko: '끝난 배달이 없어요.' },
  endedAway: { en: 'The list could not be loaded. Try again', ko: '목록을 불러오지 못했어요. 다시 시도' },
  endedAt: { en: 'Ended', ko: '종료' },
  reason: { en: 'Reason', ko: '사유' },
  replay: { en: 'Replay', ko: '주행 다시 보기' },
  replayMap: { en: 'Map of the ride', ko: '주행 지도' },
  noRide: { en: 'No positions are kept of this ride.', ko: '저장된 위치가 없어요.' },
  time: { en: 'Time', ko: '시각' },
  speed: { en: 'Speed', ko: '속도' },
  ridden: { en: 'Way', ko: '거리' },
  noSignal: { en: 'no signal', ko: '신호 없음' },
  timeOfRide: { en: 'Time of the ride', ko: '주행 시각' },
  play: { en: 'Play', ko: '재생' },
  pause: { en: 'Pause', ko: '일시정지' },
  pace: { en: 'Pace', ko: '배속' },
  moments: { en: 'On the way', ko: '주행 중 일어난 일' },
  tokenNeeded: { en: 'This needs the dispatch token', ko: '배차 토큰이 필요해요' },
  tokenNeededWhy: {
    en: 'What you asked for is for dispatch alone. This tab keeps the token until you close it.',
    ko: '배차 담당자만 볼 수 있어요. 토큰은 이 탭을 닫을 때까지만 보관해요.',
  },
  goOn: { en: 'Go on', ko: '계속' },
  create: { en: 'New deliveries', ko: '새 배달' },
  createHow: { en: 'How', ko: '만드는 방법' },
  onMap: { en: 'On the map', ko: '지도에서' },
  byLines: { en: 'Paste lines', ko: '여러 줄 붙여넣기' },
  pickMap: { en: 'Map to choose the shop and the door on', ko: '가게와 도착지를 고르는 지도' },
  askStore: { en: 'Click where the shop is.', ko: '지도에서 가게 위치를 눌러 주세요.' },
  askDoor: { en: 'Now click where the customer’s door is.', ko: '이제 도착지를 눌러 주세요.' },
  bothSet: {
    en: 'Both places are set. Another click moves the one that is chosen.',
    ko: '두 위치를 정했어요. 다시 누르면 선택한 쪽이 옮겨져요.',
  },
  nextClick: { en: 'The next click sets', ko: '지도에서 정할 곳' },
  shop: { en: 'Shop', ko: '가게' },
  door: { en: 'Door', ko: '도착지' },
  atMiddle: { en: 'Take the middle of the map', ko: '지도 가운데로 정하기' },
  pickKeys: {
    en: 'With the keyboard: arrows move the map, + and − zoom, Enter takes the middle.',
    ko: '키보드: 화살표로 지도를 움직이고, +와 −로 확대·축소하고, 엔터 키로 가운데를 정해요.',
  },
  findStore: { en: 'Or the shop by its address', ko: '또는 주소로 가게 찾기' },
  findDoor: { en: 'Or the door by its address', ko: '또는 주소로 도착지 찾기' },
  find: { en: 'Find', ko: '찾기' },
  foundPlaces: { en: 'Places that were found', ko: '찾은 위치' },
  findNothing: { en: 'No place has this address.', ko: '이 주소의 위치를 찾지 못했어요.' },
  findLater: {
    en: 'That was a lot at once. Try again in a moment.',
    ko: '한꺼번에 너무 많이 찾았어요. 잠시 후 다시 시도해 주세요.',
  },
  findAway: {
    en: 'Addresses cannot be looked up now. Click on the map instead.',
    ko: '지금은 주소를 찾을 수 없어요. 지도를 눌러 주세요.',
  },
  pasteAddresses: {
    en: 'Instead of coordinates a line may have addresses (storeAddress, address); they are looked up before anything is made.',
    ko: '좌표 대신 주소(storeAddress, address)를 적어도 돼요. 배달을 만들기 전에 위치를 찾아요.',
  },
  wantsPin: {
    en: 'The rider asks for a PIN at the door',
    ko: '문 앞에서 라이더가 확인 번호를 물어봐요',
  },
  makeIt: { en: 'Make this delivery', ko: '이 배달 만들기' },
  serverAway: {
    en: 'The server did not answer. Look on the board whether it was made before you try again.',
    ko: '서버가 응답하지 않았어요. 다시 시도하기 전에 현황판에 생겼는지 확인해 주세요.',
  },
  isMade: { en: 'The delivery is made', ko: '배달을 만들었어요' },
  wasThere: { en: 'This order was there already', ko: '이미 있던 주문이에요' },
  shownOnce: {
    en: 'Send each link to its person now: they are shown once. The delivery is on the board already.',
    ko: '링크는 지금 한 번만 보여요. 각 사람에게 바로 보내 주세요. 배달은 이미 현황판에 있어요.',
  },
  pin: { en: 'PIN, on the customer’s page', ko: '확인 번호 (고객 화면에 표시)' },
  anotherOne: { en: 'Make another', ko: '하나 더 만들기' },
  pasteHow: {
    en: 'Paste lines from a file or a spreadsheet, under a first line with the names of the columns. A shop and a destination with their places are needed; the rest may be left out. A line with a number that is known already makes no second delivery.',
    ko: '파일이나 스프레드시트에서 줄을 붙여 넣어 주세요. 첫 줄은 열 이름이에요. 가게와 도착지의 이름과 좌표만 필수이고 나머지는 비워도 돼요. 이미 있는 주문 번호는 두 번 만들지 않아요.',
  },
  pasteHere: { en: 'Lines', ko: '붙여넣을 내용' },
  pasteMissing: { en: 'Columns that are missing', ko: '빠진 열' },
  pasteTooMany: { en: 'Only the first 500 lines are read.', ko: '처음 500줄만 읽어요.' },
  pastePreview: { en: 'What will be made', ko: '만들 배달' },
  loading: { en: 'Loading…', ko: '불러오는 중…' },
  toldShop: { en: 'What your systems were told', ko: '가게 시스템에 보낸 알림' },
  tried: { en: 'tried {n} times', ko: '{n}번 시도' },
  lastAnswer: { en: 'answer: {answer}', ko: '응답: {answer}' },
  sendAgain: { en: 'Send again', ko: '다시 보내기' },
  sendAgainFailed: { en: 'It could not be sent again.', ko: '다시 보내지 못했어요.' },
  hookOff: {
    en: 'A receiver answered 410 and is switched off; its events wait. Send one again: once it is taken, the others follow.',
    ko: '가게 시스템이 410으로 응답해 전송을 멈췄어요. 보낼 알림은 대기 중이고, 다시 보내기가 성공하면 전송이 재개돼요.',
  },
  hooksOff: { en: 'Webhooks are switched off', ko: '웹훅 전송 멈춤' },
} as const satisfies Record<string, Text>

export const FILTER_WORDS: Record<Filter, Text> = {
  all: { en: 'All', ko: '전체' },
  needs: { en: 'Need you', ko: '확인 필요' },
  accepted: { en: 'Waiting', ko: '픽업 전' },
  picked_up: { en: 'On the way', ko: '이동 중' },
  arriving: { en: 'Arriving', ko: '도착 임박' },
  ended: { en: 'Ended', ko: '종료' },
}

export const STATUS_WORDS: Record<DeliveryStatus, Text> = {
  accepted: { en: 'Waiting for pick-up', ko: '픽업 대기' },
  picked_up: { en: 'On the way', ko: '이동 중' },
  arriving: { en: 'Arriving', ko: '도착 임박' },
  delivered: { en: 'Delivered', ko: '배달 완료' },
  cancelled: { en: 'Cancelled', ko: '취소됨' },
  failed: { en: 'Failed', ko: '배달 실패' },
}

export const NEED_WORDS: Record<Need, Text> = {
  silent: { en: 'Silent', ko: '신호 끊김' },
  late: { en: 'Late', ko: '지연' },
  off_way: { en: 'Off the way', ko: '경로 이탈' },
}

export const HOOK_STATES: Record<ToldWebhook['state'], Text> = {
  sent: { en: 'sent', ko: '전송됨' },
  waiting: { en: 'waiting', ko: '대기 중' },
  given_up: { en: 'given up', ko: '전송 실패' },
  off: { en: 'switched off', ko: '전송 멈춤' },
  unused: { en: 'not used any more', ko: '사용 안 함' },
}

const COLUMN_WORDS: Record<Column | AddressColumn, Text> = {
  number: { en: 'Order number', ko: '주문 번호' },
  store: { en: 'Name of the shop', ko: '가게 이름' },
  storeLat: { en: 'Place of the shop', ko: '가게 위치' },
  storeLng: { en: 'Place of the shop', ko: '가게 위치' },
  storePhone: { en: 'Shop’s phone', ko: '가게 전화' },
  destination: { en: 'Address of the door', ko: '도착지 주소' },
  lat: { en: 'Place of the door', ko: '도착지 위치' },
  lng: { en: 'Place of the door', ko: '도착지 위치' },
  rider: { en: 'Rider', ko: '라이더' },
  riderPhone: { en: 'Rider’s phone', ko: '라이더 전화' },
  customer: { en: 'Customer', ko: '고객' },
  customerPhone: { en: 'Customer’s phone', ko: '고객 전화' },
  promised: { en: 'Promised at', ko: '약속 시각' },
  note: { en: 'Note for the rider', ko: '라이더에게 전할 말' },
  pin: { en: 'PIN', ko: '확인 번호' },
  storeAddress: { en: 'Address of the shop', ko: '가게 주소' },
  address: { en: 'Address of the door', ko: '도착지 주소' },
}
export const columnWords = (column: string): Text =>
  (COLUMN_WORDS as Partial<Record<string, Text>>)[column] ?? { en: column, ko: column }

export function metresWords(m: number): string {
  return m < 1_000 ? `${Math.round(m / 10) * 10} m` : `${(m / 1_000).toFixed(1)} km`
}

/** One line for what the delivery needs a person for. */
export function attentionWords(attention: NonNullable<Attention>): Text {
  switch (attention.need) {
    case 'silent':
      return silentFor(attention.forMs)
    case 'late':
      return {
        en: '{span} late',
        ko: '{span} 늦음',
        values: { span: durationText(Math.max(attention.byMs, 60_000)) },
      }
    case 'off_way':
      return {
        en: '{far} off the way',
        ko: '경로에서 {far} 벗어남',
        values: { far: metresWords(attention.byM) },
      }
  }
}

const silentFor = (ms: number): Text => ({
  en: 'Silent for {span}',
  ko: '{span}째 신호 없음',
  values: { span: durationText(ms) },
})

export const speedWords = (mps: number): string => `${Math.round(mps * 3.6)} km/h`

/** A chapter of a ride's story, in a few words. */
export function chapterWords(chapter: Chapter, nowMs: number): Text {
  switch (chapter.kind) {
    case 'silence': {
      const span = durationText((chapter.toMs ?? nowMs) - chapter.atMs)
      return chapter.toMs === null
        ? { en: 'Silent for {span}, still', ko: '{span}째 신호 없음', values: { span } }
        : { en: 'Silent for {span}', ko: '{span} 동안 신호 없음', values: { span } }
    }
    case 'detour': {
      const far = metresWords(chapter.farthestM)
      if (chapter.toMs === null)
        return { en: 'Off the way, by up to {far}', ko: '경로 이탈 중, 최대 {far}', values: { far } }
      return {
        en: 'Off the way for {span}, by up to {far}',
        ko: '{span} 동안 경로 이탈, 최대 {far}',
        values: { span: durationText(chapter.toMs - chapter.atMs), far },
      }
    }
    case 'accepted':
      return { en: 'Accepted', ko: '주문 접수' }
    case 'picked_up':
      return { en: 'Picked up', ko: '픽업 완료' }
    default:
      return STATUS_WORDS[chapter.kind]
  }
}

export const heardWords = (agoMs: number): Text => ({
  en: '{span} ago',
  ko: '{span} 전',
  values: { span: durationText(agoMs) },
})

export function etaWords({ fromMs, toMs }: Eta, speaker: Speaker): string {
  const [from, to] = [clockWords(fromMs, speaker), clockWords(toMs, speaker)]
  return from === to ? from : clockRangeWords(fromMs, toMs, speaker)
}

export const countWords = (shown: number, all: number): Text =>
  shown === all
    ? { en: '{all} running', ko: '{all}건', values: { all } }
    : { en: '{shown} of {all}', ko: '{all}건 중 {shown}건', values: { shown, all } }

export const pastedWords = {
  line: (line: number): Text => ({ en: 'Line {line}', ko: '{line}번째 줄', values: { line } }),
  create: (n: number): Text =>
    n === 1
      ? { en: 'Make 1 delivery', ko: '배달 1건 만들기' }
      : { en: 'Make {n} deliveries', ko: '배달 {n}건 만들기', values: { n } },
  lookUp: (n: number): Text =>
    n === 1
      ? { en: 'Look up 1 address', ko: '주소 1개 찾기' }
      : { en: 'Look up {n} addresses', ko: '주소 {n}개 찾기', values: { n } },
  created: (n: number): Text =>
    n === 1
      ? { en: '1 delivery is made.', ko: '1건을 만들었어요.' }
      : { en: '{n} deliveries are made.', ko: '{n}건을 만들었어요.', values: { n } },
}
