import type { Text } from '#app/_words/language.ts'

export const words = {
  title: { en: 'The API', ko: 'API 문서' },
  intro: {
    en: 'Every HTTP call, socket event and Kafka topic of this server, from the same schemas that it checks them with. Times are epoch milliseconds (`…Ms`), distances metres (`…M`), speeds metres a second (`…Mps`), headings degrees clockwise from north; places are WGS 84. A member with a `?` may be missing.',
    ko: '이 서버의 모든 HTTP 호출과 소켓 이벤트, Kafka 토픽입니다. 서버가 요청을 검사할 때 쓰는 스키마에서 자동으로 만들어집니다. 시각은 에포크 밀리초(`…Ms`), 거리는 미터(`…M`), 속력은 초속 미터(`…Mps`), 방향은 북쪽에서 시계 방향 각도, 좌표는 WGS 84입니다. `?`가 붙은 항목은 생략될 수 있습니다.',
  },
  contents: { en: 'Contents', ko: '차례' },
  deliveries: { en: 'HTTP: deliveries', ko: 'HTTP: 배달' },
  operations: { en: 'HTTP: operations', ko: 'HTTP: 운영' },
  sockets: { en: 'Live, by Socket.IO', ko: '실시간: Socket.IO' },
  socketsIntro: {
    en: 'The server answers Socket.IO 4 at `/socket.io/`; a namespace is what is connected to. The token stands in the handshake’s `auth`.',
    ko: '서버는 `/socket.io/`에서 Socket.IO 4로 통신하고, 클라이언트는 아래 네임스페이스에 연결합니다. 토큰은 핸드셰이크의 `auth`에 넣습니다.',
  },
  topics: { en: 'Kafka topics', ko: 'Kafka 토픽' },
  topicsIntro: {
    en: 'The log behind it all: one more reader is one more consumer group. `KAFKA_PREFIX`, if it is set, stands before each name.',
    ko: '모든 동작의 바탕이 되는 로그입니다. 이벤트를 읽을 시스템을 더하려면 컨슈머 그룹을 하나 더 두면 됩니다. `KAFKA_PREFIX`를 설정하면 토픽 이름 앞에 붙습니다.',
  },
  shapes: { en: 'Shapes', ko: '데이터 형식' },
  problems: { en: 'Problems', ko: '오류' },
  problemsIntro: {
    en: 'Whatever fails is answered in one shape (RFC 9457), as `application/problem+json`. Go by the `code`, never by the words.',
    ko: '모든 오류는 같은 형식(RFC 9457)의 `application/problem+json`으로 응답합니다. 문장이 아니라 `code`로 구분하세요.',
  },
  opensWith: { en: 'Opened by', ko: '호출 권한' },
  headers: { en: 'Headers', ko: '헤더' },
  query: { en: 'Query', ko: '쿼리' },
  body: { en: 'Body', ko: '본문' },
  answers: { en: 'Answers', ko: '응답' },
  key: { en: 'Key', ko: '키' },
  value: { en: 'Value', ko: '값' },
  handshake: { en: 'Handshake', ko: '핸드셰이크' },
  fromServer: { en: 'from the server', ko: '서버에서' },
  toServer: { en: 'to the server', ko: '서버로' },
  answered: { en: 'Answered with', ko: '응답' },
  bytes: { en: 'The bytes as they were, up to 16 KiB', ko: '원본 바이트, 최대 16KiB' },
  insideNote: {
    en: 'What `/inside` asks and watches. The shapes are in `/asyncapi.json`.',
    ko: '`/inside` 화면이 요청하고 구독하는 이벤트입니다. 데이터 형식은 `/asyncapi.json`에 있습니다.',
  },
} satisfies Record<string, Text>

/** Who opens a call. */
export const askers: Record<string, Text> = {
  rider: { en: 'Rider token', ko: '라이더 토큰' },
  customer: { en: 'Customer token', ko: '고객 토큰' },
  app: { en: 'Device code', ko: '기기 코드' },
  dispatch: { en: 'Dispatch token', ko: '배차 토큰' },
  anyone: { en: 'Anyone', ko: '누구나' },
}

/** The titles of contracts/problem.ts in Korean. */
export const problemsInKorean: Record<string, string> = {
  invalid_json: '본문이 JSON이 아닙니다',
  invalid_body: '요청 형식이 올바르지 않습니다',
  unauthenticated: '올바른 토큰이 필요합니다',
  forbidden: '이 토큰으로는 할 수 없습니다',
  not_found: '요청한 것을 찾을 수 없습니다',
  method_not_allowed: '지원하지 않는 메서드입니다',
  illegal_transition: '현재 상태에서 바꿀 수 없는 상태입니다',
  too_many_subscriptions: '이 배달의 알림을 받는 기기가 이미 많습니다',
  conflict: '같은 주문이 다른 내용으로 이미 있습니다',
  wrong_pin: '고객의 확인 번호(PIN)와 다릅니다',
  other_device: '다른 기기로 배달하고 있습니다',
  delivery_ended: '배달이 끝났습니다',
  body_too_large: '본문이 너무 큽니다',
  unsupported_media_type: '본문은 application/json이어야 합니다',
  rate_limited: '요청이 너무 많습니다',
  internal: '서버에 문제가 생겼습니다',
  geocoder_unavailable: '지금은 주소를 찾을 수 없습니다',
  log_unavailable: '이벤트 로그에 연결할 수 없습니다',
}
