import { checkReading } from './check-reading.ts'
import { watchPermission } from './device-permission.ts'
import { createNewestReport } from './newest-report.ts'
import type { Reading } from './reading.ts'

/** How the device's position is to be had. `asking`: the browser has been asked and has not answered yet. */
export type GpsState =
  | 'asking'
  | 'working'
  | 'denied'
  | 'unavailable'
  | 'slow'
  | 'senseless'
  | 'insecure'
  | 'unsupported'

export type DeviceGps = {
  /** What the device has reported since it was last asked. Asks it for more when that is older than `freshMs`. */
  take(freshMs: number): Reading | null
  /** The newest report; null when the device gives none at the moment. */
  newest(): Reading | null
  /** The device has been quiet for a while, and still would say it if it moved. */
  stands(): boolean
  stop(): void
}

/** Without a time limit: a device that lies still may have nothing to report for hours, and that is no failure. */
const WATCH: PositionOptions = { enableHighAccuracy: true, maximumAge: 0 }
const ASK: PositionOptions = { ...WATCH, timeout: 20_000 }
/** Some browsers never answer at all. */
const ASK_AGAIN_MS = 25_000
/** A device that moves reports more often. */
const QUIET_MS = 5_000
/** A permission may be given at any moment; to search anew for a position takes time of its own. */
const LOOK_MS = 5_000
const SEARCH_MS = 20_000
/** W3C Geolocation API, `GeolocationPositionError.code`. */
const CODE = { denied: 1, unavailable: 2, timeout: 3 } as const
/** One may be an accident. */
const TIMEOUTS_OF_A_FAILURE = 2

/** The device's own position, for as long as it takes: what fails is tried again, by itself. */
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

  function become(next: GpsState) {
    if (state === next) return
    state = next
    onState(state)
  }
  function begin() {
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
      return become('senseless')
    }
    timeouts = 0
    newest.put(reading)
    become('working')
  }
  function fail({ code }: { code: number }, isWatch: boolean) {
    if (code === CODE.timeout) {
      if (isWatch) timeouts++
      if (isWatch ? timeouts < TIMEOUTS_OF_A_FAILURE : newest.reading() !== null) return
    }
    newest.forget()
    if (code === CODE.denied) become('denied')
    else become(code === CODE.timeout ? 'slow' : 'unavailable')
  }
  function look() {
    const isLong = performance.now() - beganAtMs > SEARCH_MS
    if (state === 'asking' && isLong) become('slow')
    // Asked again only when the rider looks at the page: who was bothered too often is not asked any more.
    if (state === 'denied' && permission.state() !== 'prompt') begin()
    if (state === 'unavailable' && isLong) begin()
  }
  function beginAgain() {
    if (state !== 'working' && state !== 'asking') begin()
  }

  const permission = watchPermission((now) => {
    if (now === 'denied') fail({ code: CODE.denied }, false)
    else beginAgain()
  })
  const shown = () => document.visibilityState === 'visible' && beginAgain()
  document.addEventListener('visibilitychange', shown)
  const timer = setInterval(look, LOOK_MS)
  onState(state)
  begin()

  return {
    take(freshMs) {
      const reading = newest.take()
      const isOld = newest.reading() !== null && newest.ageMs() > freshMs
      if (isOld && performance.now() - askedAtMs > (isAsking ? ASK_AGAIN_MS : freshMs)) ask()
      return reading
    },
    newest: newest.reading,
    stands: () =>
      state === 'working' &&
      newest.reading() !== null &&
      newest.ageMs() > QUIET_MS &&
      // Browsers do not tell hidden pages where the device is.
      document.visibilityState === 'visible',
    stop() {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', shown)
      permission.stop()
      if (watch !== undefined) geolocation.clearWatch(watch)
    },
  }
}
