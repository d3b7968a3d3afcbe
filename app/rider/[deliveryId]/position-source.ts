import type { LatLng } from '#contracts/place.ts'
import { planRide } from '#domain/ride-plan.ts'
import { progressAlongRoute } from '#domain/route.ts'
import { type DeviceGps, watchDevice } from './device-gps.ts'
import { createGpsNoise } from './gps-noise.ts'
import type { Reading } from './outbox.ts'

/** How the simulated rider goes at the moment. */
export type Pace = { riding: boolean; speedFactor: number; intervalMs: number }

export type PositionSource = {
  /** Lets the simulated rider ride on to `nowMs` of a monotonic clock: a tab that slept has ridden on in the meantime. */
  advance(nowMs: number, pace: Pace): void
  /** Where the rider really is. */
  truth(pace: Pace): { at: LatLng; headingDeg: number | undefined; atDoor: boolean }
  /** What the device would report, stamped by its own clock (`deviceMs`, epoch); null when it has nothing. */
  read(deviceMs: number, pace: Pace): Reading | null
  switchToDevice(device: boolean, onTrouble: (words: string | null) => void): void
  stop(): void
}

/** Positions, simulated along a route or of the device itself. The ride is taken up again at `start`. */
export function createPositionSource(
  route: LatLng[],
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
    truth({ intervalMs }) {
      const reading = gps?.latest(intervalMs)
      if (reading) return { at: [reading.lat, reading.lng], headingDeg: reading.headingDeg, atDoor: false }
      const { at, headingDeg } = plan.momentAt(rideMs)
      return { at, headingDeg, atDoor: !gps && rideMs >= plan.durationMs }
    },
    read(deviceMs, { riding, speedFactor, intervalMs }) {
      if (gps) return gps.latest(intervalMs)
      const moment = plan.momentAt(rideMs)
      const { at, accuracyM } = noisy(moment.at)
      return {
        lat: at[0],
        lng: at[1],
        recordedAtMs: deviceMs,
        accuracyM,
        headingDeg: toTenths(moment.headingDeg),
        speedMps: riding ? toTenths(moment.speedMps * speedFactor) : 0,
      }
    },
    switchToDevice(device, onTrouble) {
      gps?.stop()
      gps = device ? watchDevice(onTrouble) : null
    },
    stop: () => gps?.stop(),
  }
}

function toTenths(value: number): number {
  return Math.round(value * 10) / 10
}
