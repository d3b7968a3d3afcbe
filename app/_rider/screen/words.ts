import type { Text } from '#app/_words/language.ts'
import type { LinkFault } from '../ride/use-rider.ts'

export const WORDS = {
  map: { en: 'Map of the ride', ko: '배달 경로 지도' },
  ride: { en: 'Ride', ko: '배달' },
  rideOf: { en: '{name}’s ride', ko: '{name}님의 배달' },
  over: { en: 'This ride is over', ko: '배달이 끝났어요' },
  pickUpAt: { en: 'Pick up at', ko: '픽업할 곳' },
  deliverTo: { en: 'Deliver to', ko: '배달할 곳' },
  left: { en: '{distance} to go', ko: '{distance} 남음' },
  minutes: { en: 'about {n} min', ko: '약 {n}분' },
  here: { en: 'You are here', ko: '바로 여기예요' },
  thenTo: { en: 'then to {destination}', ko: '다음은 {destination}' },
  from: { en: 'from {store}', ko: '{store}에서 출발' },
  fromTo: { en: '{store} to {destination}', ko: '{store} → {destination}' },
  hold: { en: 'Press and hold', ko: '길게 눌러 주세요' },
  holdLonger: { en: 'Hold it a little longer', ko: '조금 더 길게 눌러 주세요' },
  lab: { en: 'Simulator and requests', ko: '모의 주행과 전송 기록' },
  opening: { en: 'Opening the delivery…', ko: '배달 정보를 불러오고 있어요…' },
  away: {
    en: 'The server cannot be reached. Trying again…',
    ko: '서버에 연결할 수 없어요. 다시 시도하고 있어요…',
  },
  reason: { en: 'Error code:', ko: '오류 코드:' },
  elsewhere: { en: 'This delivery is open in another tab', ko: '다른 탭에서 열려 있는 배달이에요' },
  elsewhereWhy: {
    en: 'Only one of them may report positions. The other one stops when you go on here.',
    ko: '위치는 한 곳에서만 보낼 수 있어요. 여기서 계속하면 다른 탭은 멈춰요.',
  },
  rideHere: { en: 'Ride it here instead', ko: '여기서 계속하기' },
  start: { en: 'Start ride', ko: '배달 시작' },
  goOn: { en: 'Continue ride', ko: '이어서 배달하기' },
  pause: { en: 'Pause ride', ko: '잠시 멈추기' },
  realRide: { en: 'Ride for real, with this device’s GPS', ko: '이 기기의 GPS로 실제 배달하기' },
  thisDevice: { en: 'Ride with this device', ko: '이 기기로 배달하기' },
  atDoor: { en: 'At the door: hand it over', ko: '문 앞 도착 · 전달하기' },
  share: { en: 'Share this device’s position', ko: '이 기기 위치 공유하기' },
  atStore: { en: 'At the store: picked up', ko: '가게 도착 · 픽업' },
  pickedUp: { en: 'Picked up', ko: '픽업 완료' },
  delivered: { en: 'Delivered', ko: '배달 완료' },
  cancel: { en: 'Cancel', ko: '배달 취소' },
  notDelivered: { en: 'Not delivered', ko: '배달 실패' },
  ends: { en: 'Other ends of the ride', ko: '배달을 끝내는 다른 방법' },
  settings: { en: 'Settings', ko: '설정' },
  speed: { en: 'Speed', ko: '속도' },
  interval: { en: 'Report every', ko: '위치 전송 간격' },
  seconds: { en: '{n} s', ko: '{n}초' },
  shareSwitch: { en: 'Share location', ko: '위치 공유' },
  shareHint: { en: 'A rider who stands still reports as well.', ko: '멈춰 있어도 위치를 보내요.' },
  gps: { en: 'Use this device’s GPS', ko: '이 기기의 GPS 사용' },
  gpsHint: {
    en: 'Your real position instead of the simulated one.',
    ko: '모의 주행 대신 실제 위치를 보내요.',
  },
  positions: { en: 'Positions', ko: '위치 기록' },
  sent: { en: 'Sent', ko: '보냄' },
  acknowledged: { en: 'Acknowledged', ko: '접수됨' },
  waiting: { en: 'Waiting', ko: '대기' },
  waitingFor: { en: 'Waiting, {n} s', ko: '대기, {n}초째' },
  requests: { en: 'HTTP requests', ko: 'HTTP 요청' },
  noRequests: {
    en: 'None yet. Each report to the server shows up here.',
    ko: '아직 없어요. 서버로 보낸 요청이 여기에 표시돼요.',
  },
  reloadedDevice: {
    en: 'The page was reloaded. It goes on as it was left.',
    ko: '페이지를 다시 열었어요. 이전 상태에서 이어져요.',
  },
  reloadedRiding: {
    en: 'The page was reloaded. Your ride goes on, and your location is shared.',
    ko: '페이지를 다시 열었어요. 배달이 이어지고 위치도 계속 공유돼요.',
  },
  reloadedStanding: {
    en: 'The page was reloaded. Your location is shared again, as before.',
    ko: '페이지를 다시 열었어요. 전처럼 위치를 공유하고 있어요.',
  },
  order: { en: 'The order', ko: '주문' },
  call: { en: 'Call {name}', ko: '{name}님께 전화하기' },
  callStore: { en: 'Call {name}', ko: '{name}에 전화하기' },
  theCustomer: { en: 'the customer', ko: '고객' },
} as const satisfies Record<string, Text>

export const TROUBLE_WORDS = {
  noMore: { en: 'No more positions are sent: {why}', ko: '위치 전송이 멈췄어요. {why}' },
  endedNothing: {
    en: 'This delivery has ended. Nothing more is sent.',
    ko: '배달이 끝났어요. 더 이상 보내지 않아요.',
  },
  ended: {
    en: 'This delivery has ended. Your location is no longer shared.',
    ko: '배달이 끝났어요. 위치는 더 이상 공유되지 않아요.',
  },
  kept: {
    en: 'Kept on this device: {n}. They are sent once a new link is opened here.',
    ko: '이 기기에 위치 {n}개가 남아 있어요. 여기서 새 링크를 열면 보내요.',
  },
  notSent: { en: 'Not sent any more: {n}.', ko: '보내지 못한 위치 {n}개가 있어요.' },
  otherDeviceWaits: {
    en: 'Another device rides this delivery now. {positions} of this one will be sent if you ride with it again.',
    ko: '지금은 다른 기기로 배달하고 있어요. 이 기기로 다시 배달하면 {positions}를 보내요.',
  },
  otherDevice: {
    en: 'Another device rides this delivery now. This one sends nothing.',
    ko: '지금은 다른 기기로 배달하고 있어요. 이 기기는 위치를 보내지 않아요.',
  },
  unsendable: {
    en: 'The server could not take {positions}. The ride goes on.',
    ko: '서버가 {positions}를 받지 못했어요. 배달은 계속돼요.',
  },
} as const satisfies Record<string, Text>

export const LINK_CARD_WORDS = {
  title: { en: 'The customer’s link', ko: '고객 링크' },
  stopped: { en: 'The old one has stopped working.', ko: '이전 링크는 이제 열리지 않아요.' },
  why: {
    en: 'If it got into the wrong hands, make a new one.',
    ko: '다른 사람에게 알려졌다면 새 링크를 만드세요.',
  },
  replaceLabel: { en: 'Replace the customer’s link', ko: '고객 링크 바꾸기' },
  replace: { en: 'Replace', ko: '바꾸기' },
  fresh: { en: 'Customer’s new link', ko: '새 고객 링크' },
  ask: { en: 'Replace the customer’s link?', ko: '고객 링크를 바꿀까요?' },
  stops: { en: 'The link that is out stops working at once.', ko: '지금 쓰는 링크는 바로 열리지 않게 돼요.' },
  told: {
    en: 'Whoever has it open is told so and sees nothing more. You get a new one to send.',
    ko: '열어 둔 사람에게는 안내가 나오고 더 이상 보이지 않아요. 새 링크를 고객에게 보내 주세요.',
  },
  keep: { en: 'Keep it', ko: '그대로 두기' },
  yes: { en: 'Replace it', ko: '바꿀게요' },
  busy: { en: 'Replacing…', ko: '바꾸고 있어요…' },
  failed: { en: 'The link was not replaced: {why}', ko: '링크를 바꾸지 못했어요. {why}' },
  unknown: {
    en: 'The server did not answer, so the link that is out may have stopped already. Please replace it once more.',
    ko: '서버가 응답하지 않아서 지금 쓰는 링크가 이미 멈췄을 수 있어요. 한 번 더 바꿔 주세요.',
  },
} as const satisfies Record<string, Text>

export const REFUSED_WORDS: Record<LinkFault, { title: Text; detail: Text }> = {
  expired: {
    title: { en: 'This link has expired', ko: '링크가 만료됐어요' },
    detail: {
      en: 'A link stops a day after the delivery was due. Please ask dispatch for a new one if it is still to be delivered.',
      ko: '링크는 배달 예정일 다음 날까지만 열려요. 아직 배달할 주문이라면 배차 담당자에게 새 링크를 요청해 주세요.',
    },
  },
  erased: {
    title: { en: 'This delivery is not here any more', ko: '더 이상 볼 수 없는 배달이에요' },
    detail: {
      en: 'It has been erased, and nothing of it is kept. Please ask dispatch if you still carry it.',
      ko: '배달 정보가 모두 삭제됐어요. 아직 배달 중이라면 배차 담당자에게 문의해 주세요.',
    },
  },
  unknown: {
    title: { en: 'This link does not work', ko: '링크를 열 수 없어요' },
    detail: {
      en: 'It may have been replaced by a new one, or a part of it was lost on the way. Please ask dispatch for a new one.',
      ko: '새 링크로 바뀌었거나 주소 일부가 빠졌을 수 있어요. 배차 담당자에게 새 링크를 요청해 주세요.',
    },
  },
}
