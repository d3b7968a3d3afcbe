import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { fixAt } from './api.ts'
import { BERLIN } from './order.ts'

const CLOCK = pathToFileURL(join(import.meta.dirname, 'shiftable-clock.mjs'))
/** After it a rider is silent. */
export const MINUTE_MS = 61_000

/** For an app whose clock goes ahead by the milliseconds that the file names. */
export const movedBy = (clockFile: string) => ({ NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile })

/** Some 1.6 km from its door, and a promise that has passed already. */
export const aWayOff = () => ({
  store: { name: 'Up north', lat: BERLIN.destination.lat + 0.0144, lng: BERLIN.destination.lng },
  destination: BERLIN.destination,
  promisedAtMs: Date.now() - 1_000,
})
/** So far north of the door; a hundredth of a degree is 1,113 m. */
export const north = (created: CreateDeliveryAnswer, seq: number, degrees: number, more: object = {}) =>
  fixAt(created, seq, { lat: BERLIN.destination.lat + degrees, lng: BERLIN.destination.lng, ...more })
