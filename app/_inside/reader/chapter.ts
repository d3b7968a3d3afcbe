import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const readerChapter: ChapterOfPage = {
  id: 'reader',
  title: { en: 'One more reader', ko: '컨슈머 그룹 하나 더' },
  words: {
    en: 'A shop’s own systems want to hear of each delivery. Nothing that writes to the log has to change for it: one more consumer group reads the same topics, puts what is to be told into the database before it commits, and sends it as signed webhooks until the shop has taken them, at least once and each delivery in order.',
    ko: '가게의 시스템도 배달 소식을 듣고 싶어 합니다. 그렇다고 로그에 쓰는 쪽이 바뀔 필요는 없습니다. 컨슈머 그룹 하나가 같은 토픽을 더 읽고, 알릴 내용을 커밋하기 전에 데이터베이스에 적은 다음, 가게가 받을 때까지 서명된 웹훅으로 보냅니다. 최소 한 번, 배달마다 순서대로 도착합니다.',
  },
  Live: dynamic(() => import('./live.tsx').then((module) => module.Live), { ssr: false }),
}
