import { useEffect, useRef, useState } from 'react'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { TrackingState } from '../state/tracking-state.ts'
import { NOTHING_SAID, spokenNews } from './spoken-news.ts'
import { titleWords } from './title-words.ts'

/**
 * The one element from which screen readers speak by themselves, and the title. It stays in the page from its first phase
 * to its last: a live region that comes with its words is often not read.
 */
export function Announcer({ state }: { state: TrackingState }) {
  const speaker = useLanguage()
  const said = useRef(NOTHING_SAID)
  const [words, setWords] = useState('')
  useTitle(titleWords(state, speaker) ?? TITLES.track)
  useEffect(() => {
    const news = spokenNews(said.current, state, speaker)
    said.current = news.said
    if (news.words !== '') setWords(news.words)
  }, [state, speaker])
  return (
    <p role="status" data-testid="announced" className="sr-only">
      {words}
    </p>
  )
}
