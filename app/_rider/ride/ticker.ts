const TICK_MS = 200

/**
 * Calls `onTick` about five times a second, also in a tab that nobody looks at: browsers slow the timers of hidden pages
 * down to one a minute, those of workers not. However late a tick comes, time is read from the clock, not from ticks.
 */
export function startTicker(onTick: () => void): () => void {
  try {
    const worker = new Worker(new URL('./ticker-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = onTick
    worker.postMessage(TICK_MS)
    return () => worker.terminate()
  } catch (cause) {
    console.warn('No worker: the ride slows down while this tab is hidden', cause)
    const timer = setInterval(onTick, TICK_MS)
    return () => clearInterval(timer)
  }
}
