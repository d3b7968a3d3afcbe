import dynamic from 'next/dynamic'
import type { ChapterOfPage } from '../chapter.tsx'

export const groupsChapter: ChapterOfPage = {
  id: 'groups',
  title: { en: 'Groups and threads', ko: '그룹과 스레드' },
  words: {
    en: 'Consumers with the same group id share the partitions, so each message is worked on by one of them; every other group gets all messages again. A partition has one member of a group at most, so members beyond the number of partitions are idle, and what a crash costs depends on when the offset was committed.',
    ko: '같은 그룹 ID를 쓰는 컨슈머들은 파티션을 나누어 맡으므로 메시지 하나는 그중 하나만 처리하고, 그룹 ID가 다르면 그룹마다 모든 메시지를 받습니다. 한 파티션은 그룹 안에서 한 멤버만 맡기 때문에 파티션보다 많은 멤버는 쉬게 되고(idle), 장애가 났을 때의 손실이나 중복은 오프셋을 언제 커밋했는지에 달려 있습니다.',
  },
  Live: dynamic(() => import('./groups-live.tsx').then(({ GroupsLive }) => GroupsLive), { ssr: false }),
}
