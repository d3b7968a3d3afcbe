/**
 * Tells what the browser measured of each answer from `path` (Resource Timing). Its `transferSize` is the body as it
 * came and a flat 300 bytes for the headers, whatever they are. Answers how to stop.
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
