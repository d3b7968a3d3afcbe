'use client'
import { Button } from '#app/_ui/button.tsx'
import { clockWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Chapter } from '#domain/ride-story.ts'
import { chapterWords, WORDS } from '../words.ts'

type Props = { chapters: readonly Chapter[] | null; nowMs: number; failed: boolean; onRetry: () => void }

/** Each status with its time, and between them what went wrong. */
export function Story({ chapters, nowMs, failed, onRetry }: Props) {
  const speaker = useLanguage()
  const { say } = speaker
  return (
    <section aria-label={say(WORDS.story)} data-testid="story">
      <h3 className="text-body font-bold">{say(WORDS.story)}</h3>
      {chapters === null ? (
        <div className="mt-2 flex items-center justify-between gap-3 text-body text-muted" role="status">
          <span>{say(failed ? WORDS.storyAway : WORDS.loading)}</span>
          {failed && <Button onClick={onRetry}>{say(WORDS.again)}</Button>}
        </div>
      ) : (
        <ol className="mt-3">
          {chapters.map((chapter, index) => (
            <li
              key={`${chapter.kind} ${chapter.atMs}`}
              className="relative grid grid-cols-[4.5rem_1rem_minmax(0,1fr)] items-start gap-2 pb-3 text-body"
            >
              <time dateTime={new Date(chapter.atMs).toISOString()} className="text-muted tabular-nums">
                {clockWords(chapter.atMs, speaker)}
              </time>
              <span
                aria-hidden="true"
                className={`mt-1.5 size-2.5 justify-self-center rounded-full ${DOTS[chapter.kind] ?? 'bg-accent'}`}
              />
              {index < chapters.length - 1 && (
                <span aria-hidden="true" className="absolute top-5 bottom-0 left-[5.45rem] w-px bg-line" />
              )}
              <span className="font-medium">{say(chapterWords(chapter, nowMs))}</span>
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
