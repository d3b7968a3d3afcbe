export type Freshness = 'live' | 'delayed' | 'lost'

/** Riders report about every 5 s: three reports may go missing before the customer is told. */
export const LIVE_UNDER_MS = 15_000
export const DELAYED_UNDER_MS = 60_000

/** What to call a location of this age. A negative age is a clock that runs ahead: as live as can be. */
export function freshness(ageMs: number): Freshness {
  if (ageMs < LIVE_UNDER_MS) return 'live'
  return ageMs < DELAYED_UNDER_MS ? 'delayed' : 'lost'
}
