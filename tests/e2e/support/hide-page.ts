import type { Page } from '@playwright/test'

type HiddenWindow = Window & { hide(isHidden: boolean): Promise<void> }

/**
 * Lets the page be hidden as by a locked phone, which a browser without a screen cannot do by itself: the page is told
 * so, and its wake lock, the browser's own, is let go. Call it before the page is opened.
 */
export async function makeHideable(page: Page): Promise<(isHidden: boolean) => Promise<void>> {
  await page.addInitScript(() => {
    const taken: WakeLockSentinel[] = []
    const own = navigator.wakeLock.request.bind(navigator.wakeLock)
    let state: DocumentVisibilityState = 'visible'
    Object.defineProperty(document, 'visibilityState', { get: () => state })
    navigator.wakeLock.request = async (type) => {
      const lock = await own(type)
      taken.push(lock)
      return lock
    }
    ;(window as unknown as HiddenWindow).hide = async (isHidden) => {
      state = isHidden ? 'hidden' : 'visible'
      if (isHidden) await Promise.all(taken.map((lock) => lock.release()))
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })
  return (isHidden) => page.evaluate((hidden) => (window as unknown as HiddenWindow).hide(hidden), isHidden)
}
