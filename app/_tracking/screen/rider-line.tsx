import { Motorbike } from 'lucide-react'
import { Pill, type PillTone } from '#app/_ui/pill.tsx'
import { positionAgeMs, type RiderFreshness, riderFreshness } from '../state/rider-freshness.ts'
import type { Live } from '../state/tracking-state.ts'
import { agoWords, freshnessWords, staleWords } from './freshness-words.ts'

const TONES: Record<RiderFreshness, PillTone> = {
  live: 'accent',
  delayed: 'warn',
  lost: 'danger',
  unknown: 'neutral',
  none: 'neutral',
}

/** Who rides, and how old the position on the map is. */
export function RiderLine({ state }: { state: Live }) {
  const freshness = riderFreshness(state)
  const ageMs = positionAgeMs(state)
  const stale = ageMs === null ? null : staleWords(freshness, ageMs)
  return (
    <div className="mt-5 border-t border-line pt-4">
      <div className="flex items-center gap-3">
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-soft-ink">
          <Motorbike className="size-5" aria-hidden="true" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{state.delivery.rider.name || 'Your rider'}</p>
          {ageMs !== null && (
            <p data-testid="updated" className="text-sm text-muted tabular-nums">
              {`Updated ${agoWords(ageMs)}`}
            </p>
          )}
        </div>
        <Pill tone={TONES[freshness]} dot testId="freshness">
          {freshnessWords(freshness)}
        </Pill>
      </div>
      {stale && <p className="mt-3 text-sm text-pretty text-muted">{stale}</p>}
    </div>
  )
}
