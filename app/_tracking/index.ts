/** What another feature may use of the customer's page: what a customer's socket receives, and how fresh it is. */
export { riderFreshness } from './rider-freshness.ts'
export { newestOf, type TrackingState } from './tracking-state.ts'
export { useTracking } from './use-tracking.ts'
