/** What another feature may use of the rider's page: a rider who rides by the same code, on a page of its own. */

export { createMemoryOutbox } from './outbox/memory-outbox.ts'
export { deviceId } from './ride/device-id.ts'
export { openKeptRide } from './ride/kept-ride.ts'
export { type RiderSession, startRiderSession } from './ride/rider-session.ts'
