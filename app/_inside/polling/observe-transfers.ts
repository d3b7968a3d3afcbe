/**
 * Reports the browser's measurement of each answer from `path` (Resource Timing). Its `transferSize` is the body as sent
 * plus a flat 300 bytes for the headers. Returns a function that stops it.
 */
export function observeTransfers(
  path: string,
  onTransfer: (entry: PerformanceResourceTiming) => void,
): () => void {
  const url = new URL(path, location.href).href
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName(url)) onTransfer(entry as PerformanceResourceTiming)
  })
  observer.observe({ type: 'resource' })
  return () => observer.disconnect()
}
