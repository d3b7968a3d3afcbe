/** What another feature may use of the rider's page: a rider who rides by the same code, on a page of its own. */
export { deviceId } from './device-id.ts'
export { openKeptRide } from './kept-ride.ts'
export { createMemoryOutbox } from './memory-outbox.ts'
export { type RiderSession, startRiderSession } from './rider-session.ts'
