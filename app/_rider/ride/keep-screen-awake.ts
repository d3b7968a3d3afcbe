import { isEnded } from '#domain/lifecycle.ts'
import type { RiderStore } from './rider-store.ts'

/**
 * Keeps the screen on while positions are shared: with the screen off a page gets no position (w3c/geolocation #131).
 * A browser lets the lock go whenever the page is hidden (https://www.w3.org/TR/screen-wake-lock/), so it is taken again
 * when the page is seen. Returns a function that ends this.
 */
export function keepScreenAwake({ get, set, subscribe }: RiderStore): () => void {
  let lock: WakeLockSentinel | null = null
  let isAsked = false
  let isOver = false

  function isWanted(): boolean {
    const { sharing, status, refused, otherDevice } = get()
    return !isOver && sharing && !isEnded(status) && refused === null && !otherDevice
  }

  async function update() {
    if (!isWanted()) return await lock?.release()
    if (lock || isAsked || !('wakeLock' in navigator) || document.visibilityState !== 'visible') return
    isAsked = true
    try {
      const taken = await navigator.wakeLock.request('screen')
      lock = taken
      taken.addEventListener('release', () => {
        lock = null
        if (!isOver) set({ screenAwake: false })
      })
      set({ screenAwake: true })
    } catch {
      // Its battery is low, or the page was hidden meanwhile. It is asked for again when the page is seen.
    }
    isAsked = false
    if (!isWanted()) await lock?.release()
  }

  const onSeen = () => void update()
  document.addEventListener('visibilitychange', onSeen)
  const unsubscribe = watchWanted(subscribe, isWanted, onSeen)
  onSeen()
  return () => {
    isOver = true
    unsubscribe()
    document.removeEventListener('visibilitychange', onSeen)
    void lock?.release()
  }
}

/** The state changes five times a second, what is wanted seldom. A refused lock must not be asked for at each change. */
function watchWanted(
  subscribe: RiderStore['subscribe'],
  isWanted: () => boolean,
  onChange: () => void,
): () => void {
  let was = isWanted()
  return subscribe(() => {
    if (isWanted() === was) return
    was = !was
    onChange()
  })
}
