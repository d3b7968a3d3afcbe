import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const faultsChapter: ChapterOfPage = {
  id: 'faults',
  title: { en: 'When things break', ko: '장애가 나면' },
  words: {
    en: 'A circuit breaker stands before Kafka: after three failures in a row it opens, refuses at once instead of letting everybody wait, asks Kafka in the background whether it is back, and then lets one request through as a trial. Pull a lever and watch both pages: the rider keeps what is not acknowledged and sends it later, whatever comes twice or too late is recognised, and no position is lost.',
    ko: 'Kafka 앞에는 서킷 브레이커가 있습니다. 세 번 연속 실패하면 열려서, 모두를 기다리게 하는 대신 요청을 바로 거절하고, Kafka가 돌아왔는지 뒤에서 확인한 다음 요청 하나를 먼저 통과시켜 봅니다. 레버를 당기고 두 화면을 지켜보세요. 라이더는 확인받지 못한 위치를 보관했다가 나중에 보내고, 두 번 오거나 늦게 온 것은 걸러지며, 위치는 하나도 유실되지 않습니다.',
  },
  Live: dynamic(() => import('./faults-live.tsx').then((module) => module.FaultsLive), { ssr: false }),
}
