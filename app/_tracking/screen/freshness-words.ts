import { durationWords } from '#app/_words/duration-words.ts'
import type { RiderFreshness } from '../state/rider-freshness.ts'

/** How current the page is while the customer's connection is down; null before the first position. */
export function lastSeenWords(ageMs: number | null): string | null {
  return ageMs === null
    ? null
    : `What you see was true ${agoWords(ageMs)}. It goes on by itself when you are back.`
}

/** Words for the rider's position, never for the customer's own connection. */
export function freshnessWords(freshness: RiderFreshness): string {
  switch (freshness) {
    case 'live':
      return 'Live'
    case 'delayed':
      return 'Delayed'
    case 'lost':
      return 'Signal lost'
    case 'unknown':
      return 'Last known'
    case 'none':
      return 'Waiting'
  }
}

/** What an old position means for the customer; null for a fresh one. */
export function staleWords(freshness: RiderFreshness, ageMs: number): string | null {
  const silence = durationWords(ageMs)
  switch (freshness) {
    case 'delayed':
      return `The rider’s phone has been silent for ${silence}. Waiting for the next position.`
    case 'lost':
      return `The rider’s phone has been silent for ${silence}. The rider may be elsewhere by now.`
    case 'live':
    case 'unknown':
    case 'none':
      return null
  }
}

/** How long ago something was. */
export function agoWords(ageMs: number): string {
  return ageMs < 1_000 ? 'just now' : `${durationWords(ageMs)} ago`
}
