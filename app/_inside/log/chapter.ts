import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const logChapter: ChapterOfPage = {
  id: 'log',
  title: { en: 'The log', ko: '로그' },
  words: {
    en: 'Each partition only ever grows at its right end, and reading takes nothing away: what goes, goes at the left, by age, read or not. Each consumer group remembers one offset per partition; the distance from there to the end is its lag.',
    ko: '파티션은 오른쪽 끝에만 기록이 추가되며(append-only), 읽는다고 해서 지워지지 않습니다. 오래된 기록은 읽었든 읽지 않았든 보존 기간(retention)에 따라 왼쪽부터 사라집니다. 컨슈머 그룹은 파티션마다 오프셋 하나를 기억하고, 그 위치에서 끝까지의 거리가 랙(lag)입니다.',
  },
  Live: dynamic(() => import('./log-live.tsx').then(({ LogLive }) => LogLive), { ssr: false }),
}
