import { Motorbike } from 'lucide-react'
import { Pill, type PillTone } from '#app/_ui/pill.tsx'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import { positionAgeMs, type RiderFreshness, riderFreshness } from '../state/rider-freshness.ts'
import type { Live } from '../state/tracking-state.ts'
import { YOUR_RIDER } from './delivery-words.ts'
import { agoWords, FRESHNESS_WORDS, staleWords } from './freshness-words.ts'
import { WORDS } from './words.ts'

const TONES: Record<RiderFreshness, PillTone> = {
  live: 'accent',
  delayed: 'warn',
  lost: 'danger',
  unknown: 'neutral',
  none: 'neutral',
}

/** A late or lost position, said in one line where the rest is folded away. */
export function StaleLine({ state }: { state: Live }) {
  const { say } = useLanguage()
  const freshness = riderFreshness(state)
  const ageMs = positionAgeMs(state)
  if (ageMs === null || (freshness !== 'delayed' && freshness !== 'lost')) return null
  return (
    <p data-testid="stale" className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1">
      <Pill tone={TONES[freshness]} dot>
        {say(FRESHNESS_WORDS[freshness])}
      </Pill>
      <span className="text-note text-muted tabular-nums">
        {say(WORDS.updated, { ago: agoWords(ageMs, say) })}
      </span>
    </p>
  )
}

/** Who rides, and how old the position on the map is. */
export function RiderLine({ state }: { state: Live }) {
  const { say, language } = useLanguage()
  const freshness = riderFreshness(state)
  const ageMs = positionAgeMs(state)
  const stale = ageMs === null ? null : staleWords(freshness, ageMs, say)
  return (
    <div className="mt-5 border-t border-line pt-4">
      <div className="flex items-center gap-3">
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-soft-ink">
          <Motorbike className="size-5" aria-hidden="true" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="font-semibold">
            {say(WORDS.named, { name: shortName(state.delivery.rider.name, language) || say(YOUR_RIDER) })}
          </p>
          {ageMs !== null && (
            <p data-testid="updated" className="text-sm text-muted tabular-nums">
              {say(WORDS.updated, { ago: agoWords(ageMs, say) })}
            </p>
          )}
        </div>
        <Pill tone={TONES[freshness]} dot testId="freshness">
          {say(FRESHNESS_WORDS[freshness])}
        </Pill>
      </div>
      {stale && <p className="mt-3 text-sm text-pretty text-muted">{stale}</p>}
    </div>
  )
}
