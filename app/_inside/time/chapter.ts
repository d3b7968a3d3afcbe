import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const timeChapter: ChapterOfPage = {
  id: 'time',
  title: { en: 'Time travel', ko: '시간 여행' },
  words: {
    en: 'The log is append-only, so every earlier state is still in it: drag along it by offset or by time, and the map shows the rider then. It ends at the retention cliff; what is before it is gone, read or not, and reading never removes anything.',
    ko: '로그는 추가만 되므로(append-only) 지난 상태가 모두 남아 있습니다. 오프셋이나 시각을 따라 움직이면 지도는 그때의 라이더를 보여 줍니다. 보존 기간이 지난 메시지는 읽었든 안 읽었든 사라지고, 읽는다고 해서 사라지지는 않습니다.',
  },
  Live: dynamic(() => import('./time-live.tsx').then((module) => module.TimeLive), { ssr: false }),
}
