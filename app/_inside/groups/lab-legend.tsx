import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'

const MARKS: readonly { look: string; means: Text }[] = [
  { look: 'rounded-full border-2 border-line', means: { en: 'waits', ko: '대기' } },
  { look: 'rounded-full bg-muted ring-2 ring-ink', means: { en: 'is worked on', ko: '처리 중' } },
  { look: 'rounded-full bg-muted opacity-45', means: { en: 'done, not committed', ko: '완료, 커밋 전' } },
  { look: 'rounded-full bg-muted', means: { en: 'done and committed', ko: '완료, 커밋됨' } },
  { look: 'rounded-[3px] bg-muted', means: { en: 'begun more than once', ko: '두 번 이상 시작됨(중복)' } },
  {
    look: 'scale-90 rotate-45 bg-danger',
    means: { en: 'committed, never done', ko: '커밋됐지만 처리 안 됨(유실)' },
  },
]

/** What the dots mean; their colour is the consumer's. */
export function LabLegend() {
  const say = useSay()
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-2 text-note text-muted">
      {MARKS.map(({ look, means }) => (
        <li key={means.en} className="flex items-center gap-2">
          <span className={`size-3 ${look}`} aria-hidden="true" />
          <span>{say(means)}</span>
        </li>
      ))}
      <li>{say({ en: 'The colour is the consumer’s.', ko: '색은 처리한 컨슈머를 나타냅니다.' })}</li>
    </ul>
  )
}
