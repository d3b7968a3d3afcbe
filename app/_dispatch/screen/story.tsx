'use client'
import { Button } from '#app/_ui/button.tsx'
import type { Language } from '#app/_words/language.ts'
import { useLanguage, useSay } from '#app/_words/use-language.tsx'
import type { Chapter } from '#domain/ride-story.ts'
import { metresWords, spanWords, statusWords, timeWords, WORDS } from '../words.ts'

type Props = { chapters: readonly Chapter[] | null; nowMs: number; failed: boolean; onRetry: () => void }

/** Each status with its time, and between them what went wrong. */
export function Story({ chapters, nowMs, failed, onRetry }: Props) {
  const { language } = useLanguage()
  const say = useSay()
  return (
    <section aria-label={say(WORDS.story)} data-testid="story">
      <h3 className="text-[15px] font-bold">{say(WORDS.story)}</h3>
      {chapters === null ? (
        <div className="mt-2 flex items-center justify-between gap-3 text-[15px] text-muted" role="status">
          <span>{say(failed ? WORDS.storyAway : WORDS.loading)}</span>
          {failed && <Button onClick={onRetry}>{say(WORDS.again)}</Button>}
        </div>
      ) : (
        <ol className="mt-3">
          {chapters.map((chapter, index) => (
            <li
              key={`${chapter.kind} ${chapter.atMs}`}
              className="relative grid grid-cols-[3.25rem_1rem_minmax(0,1fr)] items-start gap-2 pb-3 text-[15px]"
            >
              <time dateTime={new Date(chapter.atMs).toISOString()} className="text-muted tabular-nums">
                {timeWords(chapter.atMs, language)}
              </time>
              <span
                aria-hidden="true"
                className={`mt-1.5 size-2.5 justify-self-center rounded-full ${DOTS[chapter.kind] ?? 'bg-accent'}`}
              />
              {index < chapters.length - 1 && (
                <span aria-hidden="true" className="absolute top-5 bottom-0 left-[4.2rem] w-px bg-line" />
              )}
              <span className="font-medium">{chapterWords(chapter, nowMs, language)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

export const DOTS: Partial<Record<Chapter['kind'], string>> = {
  silence: 'bg-[var(--fleet-silent)]',
  detour: 'bg-[var(--fleet-off-way)]',
  cancelled: 'bg-danger',
  failed: 'bg-danger',
}

export function chapterWords(chapter: Chapter, nowMs: number, language: Language): string {
  const ko = language === 'ko'
  switch (chapter.kind) {
    case 'silence': {
      const span = spanWords((chapter.toMs ?? nowMs) - chapter.atMs, language)
      if (chapter.toMs === null) return ko ? `${span}째 신호 없음` : `Silent for ${span}, still`
      return ko ? `${span} 동안 신호 없음` : `Silent for ${span}`
    }
    case 'detour': {
      const span = chapter.toMs === null ? null : spanWords(chapter.toMs - chapter.atMs, language)
      const far = metresWords(chapter.farthestM)
      if (span === null) return ko ? `경로 이탈 중, 최대 ${far}` : `Off the way, by up to ${far}`
      return ko ? `${span} 동안 경로 이탈, 최대 ${far}` : `Off the way for ${span}, by up to ${far}`
    }
    default:
      return chapter.kind === 'accepted'
        ? ko
          ? '주문 접수'
          : 'Accepted'
        : chapter.kind === 'picked_up'
          ? ko
            ? '픽업 완료'
            : 'Picked up'
          : statusWords(chapter.kind, language)
  }
}
