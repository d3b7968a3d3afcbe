import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const queueChapter: ChapterOfPage = {
  id: 'queue',
  title: { en: 'Request–response or queue', ko: '요청-응답 방식과 메시지 큐' },
  words: {
    en: 'The same burst of jobs meets the same slow worker twice: by HTTP every caller holds its request open until the worker has come to it, through the log every caller has its answer as soon as the job is appended. When the worker dies half-way, the open requests are lost with it; the log still has every job, and the next worker goes on at the committed offset.',
    ko: '같은 작업 묶음을 똑같이 느린 워커에 두 번 보냅니다. 요청-응답 방식(HTTP)에서는 워커의 차례가 올 때까지 모든 요청이 열린 채 기다리고, 메시지 큐 방식에서는 로그에 추가되는 즉시 응답을 받습니다. 워커가 도중에 죽으면 열려 있던 요청은 함께 사라지지만, 로그에는 모든 작업이 남아 있어 다음 워커가 커밋된 오프셋부터 이어서 처리합니다.',
  },
  Live: dynamic(() => import('./live.tsx').then((module) => module.Live), { ssr: false }),
}
