import { clockWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import { riderFreshness } from '../state/rider-freshness.ts'
import type { TrackingState } from '../state/tracking-state.ts'
import { arrivalOf, beforePickUpWords, etaWords, noArrivalWords } from './arrival-words.ts'

/** The expected arrival, why there is none, or when the delivery ended. */
export function Arrival({ state }: { state: TrackingState & { delivery: Delivery } }) {
  const speaker = useLanguage()
  if (state.phase === 'ended')
    return (
      <p data-testid="ended-at" className="mt-3 text-3xl font-bold tracking-tight tabular-nums">
        {clockWords(state.delivery.statusAtMs, speaker)}
      </p>
    )
  if (state.phase === 'waiting') return <BeforePickUp state={state} />
  if (state.phase !== 'live') return null
  const eta = arrivalOf(state)
  if (!eta)
    return (
      <p data-testid="no-eta" className="mt-3 text-lead font-medium text-pretty text-muted">
        {noArrivalWords(state, speaker)}
      </p>
    )
  return <Range {...etaWords(eta, state.nowMs, riderFreshness(state), speaker)} testId="eta" />
}

/** What the order itself says of its arrival; nothing of it comes from the rider's place. */
function BeforePickUp({ state }: { state: TrackingState & { delivery: Delivery } }) {
  const speaker = useLanguage()
  return <Range {...beforePickUpWords(state.delivery, state.nowMs, speaker)} sure testId="expected" />
}

function Range({
  clock,
  left,
  sure,
  testId,
}: {
  clock: string
  left: string
  sure: boolean
  testId: string
}) {
  return (
    <p data-testid={testId} className="mt-3 flex flex-wrap items-baseline gap-x-3">
      <span
        className={`text-figure leading-tight font-bold tracking-tight tabular-nums ${sure ? '' : 'text-muted'}`}
      >
        {clock}
      </span>
      <span className={`text-lead font-medium tabular-nums ${sure ? 'text-accent-soft-ink' : 'text-muted'}`}>
        {left}
      </span>
    </p>
  )
}
