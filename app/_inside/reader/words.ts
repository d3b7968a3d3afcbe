import type { Text } from '#app/_words/language.ts'

export const add: Text = { en: 'Add the reader', ko: '컨슈머 그룹 추가' }
export const adding: Text = { en: 'Joining…', ko: '참여하는 중…' }
export const remove: Text = { en: 'Remove it', ko: '제거' }
export const leavesIn = (seconds: number): Text => ({
  en: 'leaves in {seconds} s',
  ko: '{seconds}초 뒤 종료',
  values: { seconds },
})
export const none: Text = { en: 'No reader', ko: '컨슈머 없음' }
export const demoOnly: Text = {
  en: 'Readers are added in the demo only. Here WEBHOOK_URL names the systems that are told.',
  ko: '데모에서만 추가할 수 있습니다. 여기서는 WEBHOOK_URL에 적힌 시스템이 소식을 받습니다.',
}

export const down: Text = { en: 'The shop’s system is down', ko: '가게 시스템 장애' }
export const downHint: Text = {
  en: 'It answers 503, and comes back by itself after 45 s',
  ko: '503으로 응답하고, 45초 뒤 자동으로 복구됩니다',
}
export const backIn = (seconds: number): Text => ({
  en: 'Answers 503 · back in {seconds} s',
  ko: '503으로 응답 중 · {seconds}초 뒤 복구',
  values: { seconds },
})

export const requests: Text = { en: 'Requests', ko: '요청' }
export const taken: Text = { en: 'Events taken', ko: '받은 이벤트' }
export const waiting: Text = { en: 'Waiting', ko: '대기 중' }

export const waitingTitle: Text = { en: 'Waiting in the database', ko: '데이터베이스에서 대기 중' }
export const nothingWaits: Text = {
  en: 'Nothing waits: what the group has read was taken.',
  ko: '대기 중인 것이 없습니다. 읽은 것은 모두 전달됐습니다.',
}
export const more = (count: number): Text => ({
  en: 'and {count} more',
  ko: '외 {count}개',
  values: { count },
})
export const triedTimes = (count: number): Text => ({
  en: 'tried {count} ×',
  ko: '{count}번 시도',
  values: { count },
})
export const nextIn = (seconds: string): Text => ({
  en: 'again in {seconds} s',
  ko: '{seconds}초 뒤 다시',
  values: { seconds },
})
export const now: Text = { en: 'being sent', ko: '보내는 중' }
export const behind: Text = { en: 'behind the one before', ko: '앞 이벤트를 기다림' }

export const printedTitle: Text = { en: 'What the shop’s system printed', ko: '가게 시스템의 출력' }
export const nothingYet: Text = {
  en: 'Nothing has come yet. Start a ride above: its pick-up is the next event.',
  ko: '아직 받은 것이 없습니다. 위에서 배달을 시작하면 다음 이벤트가 도착합니다.',
}
export const addFirst: Text = {
  en: 'Add the reader, and each event of each delivery is a line here.',
  ko: '컨슈머 그룹을 추가하면 모든 배달의 이벤트가 여기에 한 줄씩 나타납니다.',
}
export const time: Text = { en: 'Time', ko: '시각' }
export const event: Text = { en: 'Event', ko: '이벤트' }
export const delivery: Text = { en: 'Delivery', ko: '배달' }
export const attempt: Text = { en: 'Attempt', ko: '시도' }
export const signature: Text = { en: 'Signature', ko: '서명' }
export const verified: Text = { en: 'verified', ko: '검증됨' }
export const notVerified: Text = { en: 'not valid', ko: '유효하지 않음' }
/** The name of the header. */
export const webhookId: Text = { en: 'webhook-id', ko: 'webhook-id' }
export const answer: Text = { en: 'Answer', ko: '응답' }

export const howDone: Text = {
  en: 'The shop’s system is a plain HTTP server on this machine. It checks each request with the library of the Standard Webhooks specification, takes it with 204 and prints it; what it has had before it knows by the same webhook-id. A try that fails is repeated after 0.5 s, 3 s, 12 s and 30 s here, a tenth of the real waits, which grow to a day. Of each delivery one event is under way at a time; the first one that is taken shows that the receiver is back, and all that waits is sent. Near, late, silent and back are noticed by another group, watch, that reads the positions. The reader leaves after five minutes.',
  ko: '가게 시스템은 이 머신에서 도는 평범한 HTTP 서버입니다. Standard Webhooks 라이브러리로 요청마다 서명을 검증하고, 204로 받아 출력합니다. 이미 받은 것은 같은 webhook-id로 알아봅니다. 실패한 전송은 여기서는 0.5초, 3초, 12초, 30초 뒤에 다시 시도합니다. 실제로는 열 배이며 하루까지 늘어납니다. 배달마다 한 번에 이벤트 하나만 보내고, 하나라도 받으면 복구된 것으로 보고 대기 중이던 것을 모두 보냅니다. 근처 도착·지연·신호 끊김·신호 복구는 위치를 읽는 또 다른 그룹 watch가 감지합니다. 이 컨슈머 그룹은 5분 뒤 종료됩니다.',
}
