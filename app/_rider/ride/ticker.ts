const TICK_MS = 200

/**
 * Calls `onTick` about five times a second, in hidden tabs too: browsers slow a hidden page's timers down to one a minute,
 * but not those of a worker. Ticks can be late, so callers read the clock instead of counting ticks.
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
