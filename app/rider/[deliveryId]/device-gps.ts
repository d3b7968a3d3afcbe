import type { Reading } from './outbox.ts'

export type DeviceGps = {
  /** The newest reading; asks for another when that one is older than `freshMs`. */
  latest(freshMs: number): Reading | null
  stop(): void
}

const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 }

/** The device's own position. A device that lies still may report nothing by itself, so it is also asked. `onTrouble(null)`: it works (again). */
export function watchDevice(onTrouble: (words: string | null) => void): DeviceGps {
  let newest: Reading | null = null
  let asking = false
  const take = (position: GeolocationPosition) => {
    asking = false
    newest = toReading(position)
    onTrouble(null)
  }
  const fail = (error: GeolocationPositionError) => {
    asking = false
    onTrouble(wordsFor(error))
  }
  if (!('geolocation' in navigator)) {
    onTrouble('This browser has no position to give.')
    return { latest: () => null, stop: () => {} }
  }
  const watch = navigator.geolocation.watchPosition(take, fail, OPTIONS)
  return {
    latest(freshMs) {
      if (newest && !asking && Date.now() - newest.recordedAtMs > freshMs) {
        asking = true
        navigator.geolocation.getCurrentPosition(take, fail, OPTIONS)
      }
      return newest
    },
    stop: () => navigator.geolocation.clearWatch(watch),
  }
}

function toReading({ coords, timestamp }: GeolocationPosition): Reading {
  return {
    lat: coords.latitude,
    lng: coords.longitude,
    recordedAtMs: Math.round(timestamp),
    accuracyM: coords.accuracy,
    // Both are null when unknown, and the heading is NaN for a device that stands still (W3C Geolocation API).
    ...(coords.heading !== null && Number.isFinite(coords.heading) && { headingDeg: coords.heading }),
    ...(coords.speed !== null && Number.isFinite(coords.speed) && { speedMps: Math.max(0, coords.speed) }),
  }
}

function wordsFor({ code, PERMISSION_DENIED, POSITION_UNAVAILABLE }: GeolocationPositionError): string {
  if (code === PERMISSION_DENIED)
    return 'This page may not read the position. Allow it in the browser’s settings.'
  if (code === POSITION_UNAVAILABLE) return 'The device does not know where it is right now.'
  return 'The device takes long to find its position.'
}
