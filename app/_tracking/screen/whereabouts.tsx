import { useLanguage } from '#app/_words/use-language.tsx'
import { newestOf } from '../state/tracking-state.ts'
import { type Known, whereaboutsWords } from './whereabouts-words.ts'

export const WHEREABOUTS_ID = 'whereabouts'

/** What the map shows, in words: the map names this as its description. Seen by all as soon as there is a rider. */
export function Whereabouts({ state }: { state: Known }) {
  const speaker = useLanguage()
  const isSeen = newestOf(state) !== null
  return (
    <p
      id={WHEREABOUTS_ID}
      data-testid="whereabouts"
      className={isSeen ? 'mt-1 text-body text-pretty text-muted tabular-nums' : 'sr-only'}
    >
      {whereaboutsWords(state, speaker)}
    </p>
  )
}
