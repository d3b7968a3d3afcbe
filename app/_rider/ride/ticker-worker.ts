/** The timer of ticker.ts. Receives the interval once, then posts a message at every tick. */
self.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'number') setInterval(() => self.postMessage(null), data)
}
