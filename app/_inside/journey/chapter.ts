import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const journeyChapter: ChapterOfPage = {
  id: 'journey',
  title: { en: 'Follow one location', ko: '위치 하나 따라가기' },
  words: {
    en: 'Every position that the rider’s phone captures becomes one record of the topic delivery-location-updated; its key, the delivery id, decides the partition. The bars show how long each hop took: choose a dot on the map to see its record, or a row to see its dot.',
    ko: '라이더의 휴대폰이 잡은 위치 하나하나가 토픽 delivery-location-updated의 메시지 하나가 되고, 키인 배달 ID가 파티션을 정합니다. 막대는 구간마다 걸린 시간입니다. 지도의 점을 고르면 그 레코드가, 줄을 고르면 그 점이 표시됩니다.',
  },
  Live: dynamic(() => import('./journey-live.tsx').then((module) => module.JourneyLive), { ssr: false }),
}
