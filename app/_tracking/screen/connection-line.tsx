import { WifiOff } from 'lucide-react'
import { useSay } from '#app/_words/use-language.tsx'
import { shownAgeMs } from '../state/rider-freshness.ts'
import type { TrackingState } from '../state/tracking-state.ts'
import { CONNECTION_WORDS } from './delivery-words.ts'
import { lastSeenWords } from './freshness-words.ts'

/** The customer's own connection, shown only while it is interrupted; `Announcer` says it to screen readers. */
export function ConnectionLine({ state }: { state: TrackingState }) {
  const say = useSay()
  const words = CONNECTION_WORDS[state.connection]
  return (
    <div
      data-testid="connection"
      className={
        words
          ? 'mb-4 flex items-start gap-2.5 rounded-2xl bg-info-soft px-3.5 py-3 text-sm text-info-soft-ink'
          : undefined
      }
    >
      {words && <WifiOff className="mt-0.5 size-4 shrink-0" aria-hidden="true" />}
      <div className="tabular-nums">
        {words && <p className="font-semibold">{say(words)}</p>}
        {words && <p className="mt-0.5 text-pretty">{lastSeenWords(shownAgeMs(state), say)}</p>}
      </div>
    </div>
  )
}
