/** An answer that takes longer shares the line with the scripts. */
const PATIENCE_MS = 1_000

/**
 * Loads a part of the page once what it says first (first-look.ts) has been painted, so that neither the line nor the
 * processor is taken from that.
 */
export async function afterFirstLook<T>(load: () => Promise<T>): Promise<T> {
  await Promise.race([window.firstLook?.(null), pause(PATIENCE_MS)])
  await nextPaint()
  return await load()
}

/** A hidden page paints nothing. */
const nextPaint = () =>
  Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
    pause(PATIENCE_MS),
  ])

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
