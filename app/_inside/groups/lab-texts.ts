import type { PillTone } from '#app/_ui/pill.tsx'
import type { Text } from '#app/_words/language.ts'
import type { LabMemberState } from '#contracts/inside/groups.ts'

export const COMMITS: readonly { commit: LabMemberState['commit']; label: Text; long: Text }[] = [
  {
    commit: 'auto',
    label: { en: 'auto', ko: '자동' },
    long: {
      en: 'kafkajs commits what is finished: every second, and at the end of each batch.',
      ko: 'kafkajs가 끝난 것까지 1초마다, 그리고 배치가 끝날 때 자동으로 커밋합니다.',
    },
  },
  {
    commit: 'after',
    label: { en: 'after', ko: '처리 후' },
    long: {
      en: 'By hand, after the work on each message: a crash repeats the work it interrupts (at least once).',
      ko: '메시지를 처리한 뒤 수동으로 커밋합니다. 장애가 나면 하던 일을 다시 합니다(at least once).',
    },
  },
  {
    commit: 'before',
    label: { en: 'before', ko: '처리 전' },
    long: {
      en: 'By hand, before the work on each message: a crash loses the work it interrupts (at most once).',
      ko: '메시지를 처리하기 전에 수동으로 커밋합니다. 장애가 나면 하던 일이 유실됩니다(at most once).',
    },
  },
]

export const STATES: Record<LabMemberState['state'], { label: Text; tone: PillTone }> = {
  joining: { label: { en: 'joining', ko: '참여 중' }, tone: 'warn' },
  working: { label: { en: 'has partitions', ko: '담당 중' }, tone: 'accent' },
  idle: { label: { en: 'idle', ko: '유휴(idle)' }, tone: 'info' },
  stopped: { label: { en: 'left', ko: '나감' }, tone: 'neutral' },
  crashed: { label: { en: 'crashed', ko: '강제 종료됨' }, tone: 'danger' },
}

export const THREADS: Text = {
  en: 'Threads are kafkajs’ partitionsConsumedConcurrently: one member works on so many of its partitions at the same time, and each partition stays in order. Spring’s @KafkaListener(concurrency = n) is another thing: its n threads are n members of the group, each with partitions of its own, as if you started n consumers here.',
  ko: '여기서 스레드는 kafkajs의 partitionsConsumedConcurrently입니다. 멤버 하나가 맡은 파티션 가운데 그만큼을 동시에 처리하며, 파티션 안의 순서는 지켜집니다. Spring의 @KafkaListener(concurrency = n)은 다릅니다. 스레드 n개가 곧 그룹의 멤버 n개이고 각자 파티션을 맡으므로, 여기서 컨슈머를 n개 시작한 것과 같습니다.',
}
