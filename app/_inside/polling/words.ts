import type { Text } from '#app/_words/language.ts'
import type { Look } from './comparison.ts'

export const nothingRuns: Text = {
  en: 'No delivery is running. Start a ride above, and both maps follow it.',
  ko: '진행 중인 배달이 없습니다. 위에서 배달을 시작하면 두 지도가 함께 따라갑니다.',
}
export const overHere: Text = { en: 'This ride has ended.', ko: '이 배달은 끝났습니다.' }
export const goOnWith = (store: string): Text => ({
  en: 'Go on with {store}',
  ko: '{store} 배달로 계속',
  values: { store },
})

export const askEvery: Text = { en: 'Ask every', ko: '폴링 주기' }
export const everyS = (seconds: number): Text => ({
  en: '{seconds} s',
  ko: '{seconds}초',
  values: { seconds },
})
export const withEtag: Text = { en: 'With ETag', ko: 'ETag 사용' }
export const withEtagHint: Text = {
  en: 'What has not changed is answered 304, without a body',
  ko: '바뀌지 않았으면 본문 없이 304로 응답합니다',
}

export const polledShort: Text = { en: 'Polling', ko: '폴링' }
export const polledTitle = (everyS: number): Text => ({
  en: 'Polling every {everyS} s',
  ko: '{everyS}초마다 폴링',
  values: { everyS },
})
export const pushedTitle: Text = { en: 'Push', ko: '푸시' }
export const ended: Text = { en: 'The ride has ended', ko: '배달이 끝났습니다' }
export const nothingToSee: Text = { en: 'No location yet', ko: '아직 위치 없음' }

export const requests: Text = { en: 'Requests', ko: '요청' }
export const received: Text = { en: 'Received', ko: '받은 양' }
export const meanAge: Text = { en: 'Mean age', ko: '평균 경과 시간' }
export const worstAge: Text = { en: 'Worst age', ko: '최대 경과 시간' }

export function answers(polled: Look['polled'] | undefined): Text {
  const { fresh = 0, unchanged = 0, failed = 0 } = polled ?? {}
  return {
    en: '{fresh} answered with a body, {unchanged} with 304{more}',
    ko: '본문 응답 {fresh}번, 304 응답 {unchanged}번{more}',
    values: {
      fresh,
      unchanged,
      more: failed > 0 ? { en: ', {failed} failed', ko: ', 실패 {failed}번', values: { failed } } : '',
    },
  }
}
export function messages(pushed: Look['pushed'] | undefined): Text {
  const { messages: came = 0 } = pushed ?? {}
  return {
    en: 'the upgrade to WebSocket, then {came} messages without being asked',
    ko: 'WebSocket 업그레이드 한 번, 그 뒤로는 요청 없이 메시지 {came}개',
    values: { came },
  }
}

export const mapOf = (title: string): Text => ({ en: 'Map: {title}', ko: '지도: {title}', values: { title } })

export const chartTitle: Text = { en: 'How old is what is shown?', ko: '보이는 위치는 얼마나 오래되었나?' }
export const chartHint: Text = {
  en: 'Since the rider was really there. Each tooth ends when a newer location is shown.',
  ko: '라이더가 실제로 그곳에 있던 때부터 잰 시간입니다. 더 새로운 위치가 보이면 톱니가 끝납니다.',
}
export const secondsAgo: Text = { en: 'seconds ago', ko: '초 전' }
export const ageAxis: Text = { en: 'age in seconds', ko: '경과 시간(초)' }

export const howCounted: Text = {
  en: 'Only what comes in is counted. Polling by the browser’s Resource Timing: the body, and by its standard a flat 300 bytes for the headers of each answer, of a 304 too; the headers of each question would come on top. Push by the payload of every WebSocket frame, greeting and heartbeats included, without the headers of the one upgrade and without the one reading of the way so far. Neither counts TCP and TLS.',
  ko: '받은 것만 셉니다. 폴링은 브라우저의 Resource Timing 값으로, 본문에 응답 헤더를 표준대로 일괄 300바이트로 더한 크기이며 304도 마찬가지입니다. 요청 헤더는 여기에 더해집니다. 푸시는 첫 인사와 하트비트를 포함한 모든 WebSocket 프레임의 내용이며, 한 번의 업그레이드 헤더와 지나온 길을 한 번 읽는 요청은 빠집니다. TCP와 TLS는 둘 다 세지 않습니다.',
}

export const size = (bytes: number) => (bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} KB`)
export const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1_000).toFixed(1)} s`)
