import type { Delivery } from '#contracts/delivery.ts'
import type { LatLng } from '#contracts/place.ts'
import { isAtPlace } from '#domain/at-place.ts'
import { planRide } from '#domain/ride-plan.ts'
import { progressAlongRoute } from '#domain/route.ts'
import { type DeviceGps, type GpsState, watchDevice } from './device-gps.ts'
import { createGpsNoise } from './gps-noise.ts'
import type { Reading } from './reading.ts'

/** Whether and how fast the simulated rider moves. */
export type Pace = { riding: boolean; speedFactor: number }
export type Whereabouts = {
  at: LatLng
  headingDeg: number | undefined
  /** Metres; undefined when it is exact, or the device does not tell. */
  accuracyM: number | undefined
  atDoor: boolean
}

export type PositionSource = {
  /** Moves the simulated rider on to `nowMs` of a monotonic clock, also across a sleep of the tab. */
  advance(nowMs: number, pace: Pace): void
  /** Where the rider is; null when the device does not say. */
  whereabouts(): Whereabouts | null
  /** What a phone on the simulated ride would report. */
  simulate(recordedAtMs: number, pace: Pace): Reading
  /** null while the ride is simulated. */
  gps(): DeviceGps | null
  switchToDevice(device: boolean, onState: (state: GpsState) => void): void
  stop(): void
}

/** Positions from a simulated ride along the route, or from the device. The simulated ride continues at `start`. */
export function createPositionSource(
  { route, destination }: Pick<Delivery, 'route' | 'destination'>,
  { start, nowMs }: { start: LatLng | null; nowMs: number },
): PositionSource {
  const plan = planRide(route)
  const noisy = createGpsNoise(Math.random)
  let gps: DeviceGps | null = null
  let rideMs = start ? plan.msAtM(progressAlongRoute(route, start).alongM) : 0
  let advancedMs = nowMs

  return {
    advance(nowMs, { riding, speedFactor }) {
      if (riding && !gps) rideMs += (nowMs - advancedMs) * speedFactor
      advancedMs = nowMs
    },
    whereabouts() {
      if (!gps) {
        const { at, headingDeg } = plan.momentAt(rideMs)
        return { at, headingDeg, accuracyM: undefined, atDoor: rideMs >= plan.durationMs }
      }
      const reading = gps.newest()
      if (!reading) return null
      const { lat, lng, headingDeg, accuracyM } = reading
      const at: LatLng = [lat, lng]
      return { at, headingDeg, accuracyM, atDoor: isAtPlace({ at, accuracyM }, destination) }
    },
    simulate(recordedAtMs, { riding, speedFactor }) {
      const moment = plan.momentAt(rideMs)
      const { at, accuracyM } = noisy(moment.at)
      return {
        lat: at[0],
        lng: at[1],
        recordedAtMs,
        accuracyM,
        headingDeg: toTenths(moment.headingDeg),
        speedMps: riding ? toTenths(moment.speedMps * speedFactor) : 0,
      }
    },
    gps: () => gps,
    switchToDevice(device, onState) {
      gps?.stop()
      gps = device ? watchDevice(onState) : null
    },
    stop: () => gps?.stop(),
  }
}

function toTenths(value: number): number {
  return Math.round(value * 10) / 10
}
