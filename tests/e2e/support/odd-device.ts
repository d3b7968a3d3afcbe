import type { Page } from '@playwright/test'

/** What a device may do with the browser's own positions. */
type Oddity = {
  /** In place of what the browser says of these. */
  coords?: Partial<Record<keyof GeolocationCoordinates, unknown>>
  /** Added to the time of capture. */
  laterMs?: number
  /** `quiet`: reports nothing, and answers no question. A number: fails with that code (W3C `GeolocationPositionError`). */
  state?: 'works' | 'quiet' | 1 | 2 | 3
}
type OddWindow = Window & { oddity: Oddity; failWatches(): void }

/** Puts what Chromium itself never reports between it and the page. Call it before the page is opened. */
export async function makeOddDevice(page: Page) {
  await page.addInitScript(() => {
    const own = navigator.geolocation
    const odd = window as unknown as OddWindow
    const failures = new Set<PositionErrorCallback>()
    odd.oddity = {}
    const pass = (ok: PositionCallback) => (position: GeolocationPosition) => {
      const { coords, laterMs = 0, state = 'works' } = odd.oddity
      if (state !== 'works') return
      const { latitude, longitude, accuracy, heading, speed } = position.coords
      const given = { latitude, longitude, accuracy, heading, speed, ...coords }
      ok({ coords: given, timestamp: position.timestamp + laterMs } as GeolocationPosition)
    }
    // Chromium fails with code 2 for a moment between two positions that are set: no word of a device that is quiet.
    const passError = (bad?: PositionErrorCallback | null) => (failed: GeolocationPositionError) => {
      if ((odd.oddity.state ?? 'works') === 'works') bad?.(failed)
    }
    const error = (code: number) => ({ code, message: '' }) as GeolocationPositionError
    const value: Geolocation = {
      watchPosition(ok, bad, options) {
        if (bad) failures.add(bad)
        return own.watchPosition(pass(ok), passError(bad), options)
      },
      getCurrentPosition(ok, bad, options) {
        const { state = 'works' } = odd.oddity
        if (typeof state === 'number') setTimeout(() => bad?.(error(state)))
        else own.getCurrentPosition(pass(ok), passError(bad), options)
      },
      clearWatch: (id) => own.clearWatch(id),
    } as Geolocation
    odd.failWatches = () => {
      const { state } = odd.oddity
      for (const bad of failures) if (typeof state === 'number') bad(error(state))
    }
    Object.defineProperty(navigator, 'geolocation', { value })
  })
  return {
    async become(oddity: Oddity): Promise<void> {
      await page.evaluate((next) => {
        const odd = window as unknown as OddWindow
        odd.oddity = next
        odd.failWatches()
      }, oddity)
    },
  }
}
