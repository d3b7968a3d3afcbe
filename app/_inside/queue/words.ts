import type { Text } from '#app/_words/language.ts'

export const jobs: Text = { en: 'Jobs', ko: '작업 수' }
export const jobMs: Text = { en: 'Each takes the worker', ko: '작업당 처리 시간' }
export const dies: Text = { en: 'The worker dies half-way', ko: '워커가 도중에 죽음' }
export const diesHint: Text = {
  en: 'After half of the jobs; another one starts 2 s later',
  ko: '절반을 처리한 뒤 죽고, 2초 뒤 새 워커가 시작됩니다',
}
export const start: Text = { en: 'Send the burst', ko: '작업 보내기' }
export const preparing: Text = { en: 'Starting the workers…', ko: '워커 시작 중…' }
export const running: Text = { en: 'Working…', ko: '처리 중…' }
export const demoOnly: Text = {
  en: 'Bursts can be sent in the demo only.',
  ko: '작업은 데모에서만 보낼 수 있습니다.',
}

export const byHttp: Text = { en: 'Request–response, HTTP', ko: '요청-응답 방식 (HTTP)' }
export const byQueue: Text = { en: 'Through the log, Kafka', ko: '메시지 큐 방식 (Kafka)' }

export const p50: Text = { en: 'Response p50', ko: '응답 시간 p50' }
export const p99: Text = { en: 'Response p99', ko: '응답 시간 p99' }
export const held: Text = { en: 'Held open', ko: '열린 요청' }
export const mostHeld = (most: number): Text => ({ en: 'most {most}', ko: '최대 {most}', values: { most } })
export const done: Text = { en: 'Done', ko: '처리됨' }
export const failed: Text = { en: 'Failed', ko: '실패' }
export const repeated: Text = { en: 'Repeated', ko: '반복' }

export const waits: Text = { en: 'the caller waits', ko: '호출자가 기다림' }
export const answered: Text = { en: 'in the log, not done yet', ko: '로그에 있고 아직 처리 전' }
export const lost: Text = { en: 'failed', ko: '실패' }
export const away: Text = { en: 'no worker', ko: '워커 없음' }
export const axis: Text = { en: 'seconds since the burst', ko: '작업을 보낸 뒤 초' }
export const empty: Text = {
  en: 'Send a burst, and each job becomes a line here: from when it was asked for until it was answered.',
  ko: '작업을 보내면 작업마다 줄 하나로, 요청부터 응답까지를 여기에 그립니다.',
}
export const timelineOf = (title: string, count: number): Text => ({
  en: '{title}: {count} jobs, each from asked to answered',
  ko: '{title}: 작업 {count}개, 요청부터 응답까지',
  values: { title, count },
})
export const inLog = (offset: number, count: number): Text => ({
  en: 'Committed offset {offset} of {count}',
  ko: '커밋된 오프셋 {offset} / {count}',
  values: { offset, count },
})

export const howDone: Text = {
  en: 'Both workers are real and run beside the server: one listens for HTTP on this machine, the other is a member of a consumer group on a topic made for this burst. Each does one job at a time. A caller gives up after 10 s, and nobody asks again. After a crash the group first waits until the dead member’s session of 6 s is over; the job that was done but not committed is done again. The topic is removed two minutes later.',
  ko: '두 워커 모두 서버 옆에서 실제로 돌아갑니다. 하나는 이 머신에서 HTTP를 받고, 다른 하나는 이 작업을 위해 만든 토픽의 컨슈머 그룹 멤버입니다. 둘 다 한 번에 하나씩 처리합니다. 호출자는 10초 뒤 포기하며 다시 요청하지 않습니다. 워커가 죽으면 컨슈머 그룹은 죽은 멤버의 6초 세션이 끝나기를 기다리고, 처리했지만 커밋하지 못한 작업은 한 번 더 처리합니다. 토픽은 2분 뒤에 삭제됩니다.',
}

export const milliseconds = (ms: number) =>
  Number.isNaN(ms) ? '–' : ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
