/** What another feature may use of the customer's page: what a customer's socket receives, and how fresh it is. */

export { useTracking } from './receiving/use-tracking.ts'
export { riderFreshness } from './state/rider-freshness.ts'
export { newestOf, type TrackingState } from './state/tracking-state.ts'
