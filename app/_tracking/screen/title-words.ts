import type { Speaker } from '#app/_words/speak.ts'
import { riderFreshness } from '../state/rider-freshness.ts'
import type { TrackingState } from '../state/tracking-state.ts'
import { arrivalOf, etaWords } from './arrival-words.ts'
import { headline, refusalWords } from './delivery-words.ts'

/** How far the delivery is, for the browser's tab, the arrival first: tabs show only a beginning. null: not known yet. */
export function titleWords(state: TrackingState, speaker: Speaker): string | null {
  if (state.phase === 'opening') return null
  if (state.phase === 'refused') return speaker.say(refusalWords(state.code, state.fault).title)
  const { title } = headline(state, speaker)
  const eta = state.phase === 'live' ? arrivalOf(state) : null
  if (!eta) return title
  const { clock, sure } = etaWords(eta, state.nowMs, riderFreshness(state), speaker)
  return sure ? `${clock} · ${title}` : title
}
