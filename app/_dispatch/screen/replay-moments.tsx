'use client'
import { useMemo } from 'react'
import type { Text } from '#app/_words/language.ts'
import { durationText, secondWords } from '#app/_words/times.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { Chapter } from '#domain/ride-story.ts'
import type { Ride } from '../state/replay.ts'
import { chapterWords, WORDS } from '../words.ts'
import { DOTS } from './story.tsx'

type Props = { ride: Ride; chapters: readonly Chapter[]; atMs: number; onSeek: (atMs: number) => void }

/** What happened on the way, each a place to go on from. */
export function ReplayMoments({ ride, chapters, atMs, onSeek }: Props) {
  const say = useSay()
  const moments = useMemo(() => momentsOf(ride, chapters), [ride, chapters])
  const present = moments.findLastIndex((each) => each.atMs <= atMs)
  return (
    <section aria-label={say(WORDS.moments)}>
      <h3 className="text-body font-bold">{say(WORDS.moments)}</h3>
      <ol className="mt-2 grid gap-1">
        {moments.map((each, index) => (
          <li key={each.key}>
            <button
              type="button"
              onClick={() => onSeek(each.atMs)}
              aria-current={index === present ? 'step' : undefined}
              className="grid min-h-11 w-full grid-cols-[auto_0.75rem_minmax(0,1fr)] items-center gap-3 rounded-xl px-3 text-left text-body hover:bg-sunken aria-[current]:bg-sunken"
            >
              <span className="text-muted tabular-nums">{secondWords(each.atMs)}</span>
              <span aria-hidden="true" className={`size-2.5 rounded-full ${each.dot}`} />
              <span className="font-medium">{say(each.words)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Moment = { key: string; atMs: number; dot: string; words: Text }

function momentsOf(ride: Ride, chapters: readonly Chapter[]): Moment[] {
  const told = chapters.map((chapter) => ({
    key: `${chapter.kind} ${chapter.atMs}`,
    atMs: chapter.atMs,
    dot: DOTS[chapter.kind] ?? 'bg-accent',
    words: chapterWords(chapter, ride.endMs),
  }))
  const stood = ride.stops.map(({ atMs, toMs }) => {
    const words = { en: 'Stood for {span}', ko: '{span} 정차', values: { span: durationText(toMs - atMs) } }
    return { key: `stop ${atMs}`, atMs, dot: 'bg-[var(--fleet-late)]', words }
  })
  return [...told, ...stood].sort((a, b) => a.atMs - b.atMs)
}
