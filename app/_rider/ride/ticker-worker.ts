/** Nothing but a clock, see ticker.ts. Gets the interval once, then sends a message at every tick. */
self.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'number') setInterval(() => self.postMessage(null), data)
}
