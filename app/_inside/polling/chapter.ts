import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const pollingChapter: ChapterOfPage = {
  id: 'polling',
  title: { en: 'Polling or push', ko: '폴링과 푸시' },
  words: {
    en: 'One map asks the server again and again whether there is a new location; the other keeps a connection open and is told at once when there is. Asking costs a request each time, new location or not, and what is shown gets as old as the last question; being told costs one connection.',
    ko: '한쪽 지도는 새 위치가 있는지 서버에 주기적으로 요청하고, 다른 쪽 지도는 연결을 유지한 채 새 위치가 생기면 즉시 전달받습니다. 폴링은 불필요한 요청이 반복되고 마지막으로 물어본 때만큼 오래된 위치를 보여 주지만, 푸시는 연결 하나로 실시간성을 지킵니다.',
  },
  Live: dynamic(() => import('./live.tsx').then((module) => module.Live), { ssr: false }),
}
