import { useLanguage } from '#app/_words/use-language.tsx'
import { riderFreshness } from '../state/rider-freshness.ts'
import { arrivalOf, beforePickUpWords, etaWords, noArrivalWords } from './arrival-words.ts'
import { endedWords } from './delivery-words.ts'
import type { Known } from './whereabouts-words.ts'

/** The expected arrival, why there is none, or when the delivery ended. */
export function Arrival({ state, isSmall }: { state: Known; isSmall: boolean }) {
  const speaker = useLanguage()
  if (state.phase === 'ended')
    return (
      <p
        data-testid="ended-at"
        className={`${isSmall ? 'mt-0.5' : 'mt-3'} text-lead font-semibold text-pretty tabular-nums`}
      >
        {endedWords(state.delivery, speaker)}
      </p>
    )
  if (state.phase === 'waiting') return <BeforePickUp state={state} isSmall={isSmall} />
  if (state.phase !== 'live') return null
  const eta = arrivalOf(state)
  if (!eta)
    return (
      <p
        data-testid="no-eta"
        className={`${isSmall ? 'mt-0.5 text-note' : 'mt-3 text-lead'} font-medium text-pretty text-muted`}
      >
        {noArrivalWords(state, speaker)}
      </p>
    )
  return (
    <Range {...etaWords(eta, state.nowMs, riderFreshness(state), speaker)} isSmall={isSmall} testId="eta" />
  )
}

/** What the order itself says of its arrival; nothing of it comes from the rider's place. */
function BeforePickUp({ state, isSmall }: { state: Known; isSmall: boolean }) {
  const speaker = useLanguage()
  return (
    <Range
      {...beforePickUpWords(state.delivery, state.nowMs, speaker)}
      sure
      isSmall={isSmall}
      testId="expected"
    />
  )
}

function Range({
  clock,
  left,
  sure,
  isSmall,
  testId,
}: {
  clock: string
  left: string
  sure: boolean
  isSmall: boolean
  testId: string
}) {
  return (
    <p
      data-testid={testId}
      className={`flex flex-wrap items-baseline gap-x-3 ${isSmall ? 'mt-0.5' : 'mt-3'}`}
    >
      <span
        className={`leading-tight font-bold tracking-tight tabular-nums ${isSmall ? 'text-lead' : 'text-figure'} ${sure ? '' : 'text-muted'}`}
      >
        {clock}
      </span>
      <span
        className={`font-medium tabular-nums ${isSmall ? 'text-note' : 'text-lead'} ${sure ? 'text-accent-soft-ink' : 'text-muted'}`}
      >
        {left}
      </span>
    </p>
  )
}
