import { checkReading } from './check-reading.ts'
import { watchPermission } from './device-permission.ts'
import { createNewestReport } from './newest-report.ts'
import type { Reading } from './reading.ts'

/** Whether the device's position is available. `asking`: the browser was asked and has not answered yet. */
export type GpsState =
  | 'asking'
  | 'working'
  | 'denied'
  | 'unavailable'
  | 'slow'
  | 'unusable'
  | 'insecure'
  | 'unsupported'

export type DeviceGps = {
  /** The reading since the last call, or null. Also requests a new one when the newest is older than `freshMs`. */
  take(freshMs: number): Reading | null
  /** The newest reading; null while the device gives none. */
  newest(): Reading | null
  /** The device stands still: it works, has been quiet for a while, and would report a movement. */
  stands(): boolean
  stop(): void
}

/** No time limit: a device that lies still may report nothing for hours, and that is not a failure. */
const WATCH: PositionOptions = { enableHighAccuracy: true, maximumAge: 0 }
const ASK: PositionOptions = { ...WATCH, timeout: 20_000 }
/** Some browsers never answer a request: ask again after this. */
const ASK_AGAIN_MS = 25_000
/** A device that moves reports more often. */
const QUIET_MS = 5_000
/** A permission can be granted at any moment, so look often; a new search for a position needs more time. */
const CHECK_MS = 5_000
const SEARCH_MS = 20_000
/** W3C Geolocation API, `GeolocationPositionError.code`. */
const CODE = { denied: 1, unavailable: 2, timeout: 3 } as const
/** A single timeout may be an accident. */
const TIMEOUTS_OF_A_FAILURE = 2

/** Watches the device's own position until it is stopped; failures are retried without the rider's help. */
export function watchDevice(onState: (state: GpsState) => void): DeviceGps {
  const none: DeviceGps = { take: () => null, newest: () => null, stands: () => false, stop: () => {} }
  if (!isSecureContext) {
    onState('insecure')
    return none
  }
  if (!('geolocation' in navigator)) {
    onState('unsupported')
    return none
  }
  const { geolocation } = navigator
  let state: GpsState = 'asking'
  const newest = createNewestReport()
  let watch: number | undefined
  let askedAtMs = Number.NEGATIVE_INFINITY
  let isAsking = false
  let timeouts = 0
  let beganAtMs = 0

  function setState(next: GpsState) {
    if (state === next) return
    state = next
    onState(state)
  }
  function start() {
    if (watch !== undefined) geolocation.clearWatch(watch)
    timeouts = 0
    beganAtMs = performance.now()
    watch = geolocation.watchPosition(report, (error) => fail(error, true), WATCH)
  }
  function ask() {
    askedAtMs = performance.now()
    isAsking = true
    geolocation.getCurrentPosition(
      (position) => {
        isAsking = false
        report(position)
      },
      (error) => {
        isAsking = false
        fail(error, false)
      },
      ASK,
    )
  }
  function report(position: GeolocationPosition) {
    const reading = checkReading(position)
    if (!reading) {
      newest.forget()
      return setState('unusable')
    }
    timeouts = 0
    newest.put(reading)
    setState('working')
  }
  function fail({ code }: { code: number }, isWatch: boolean) {
    if (code === CODE.timeout) {
      if (isWatch) timeouts++
      if (isWatch ? timeouts < TIMEOUTS_OF_A_FAILURE : newest.reading() !== null) return
    }
    newest.forget()
    if (code === CODE.denied) setState('denied')
    else setState(code === CODE.timeout ? 'slow' : 'unavailable')
  }
  function check() {
    const isLong = performance.now() - beganAtMs > SEARCH_MS
    if (state === 'asking' && isLong) setState('slow')
    // Where a new try would prompt again, it waits until the rider opens the page: browsers block pages that prompt too often.
    if (state === 'denied' && permission.state() !== 'prompt') start()
    if (state === 'unavailable' && isLong) start()
  }
  function restart() {
    if (state !== 'working' && state !== 'asking') start()
  }

  const permission = watchPermission((now) => {
    if (now === 'denied') fail({ code: CODE.denied }, false)
    else restart()
  })
  const shown = () => document.visibilityState === 'visible' && restart()
  document.addEventListener('visibilitychange', shown)
  const timer = setInterval(check, CHECK_MS)
  onState(state)
  start()

  return {
    take(freshMs) {
      const reading = newest.take(freshMs)
      const isOld = newest.reading() !== null && newest.ageMs() > freshMs
      if (isOld && performance.now() - askedAtMs > (isAsking ? ASK_AGAIN_MS : freshMs)) ask()
      return reading
    },
    newest: newest.reading,
    stands: () =>
      state === 'working' &&
      newest.reading() !== null &&
      newest.ageMs() > QUIET_MS &&
      // Browsers give hidden pages no positions.
      document.visibilityState === 'visible',
    stop() {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', shown)
      permission.stop()
      if (watch !== undefined) geolocation.clearWatch(watch)
    },
  }
}
