/** What a frame can spare beside everything else that moves. One drawing is done in any case. */
const SPARE_MS = 6

export type DrawQueue = {
  /** `draw` is called in one of the next frames, the oldest first. */
  add(tile: object, draw: () => void): void
  /** Its drawing is not wanted any more. */
  drop(tile: object): void
}

/** Drawings one after the other, in as many frames as they take: all at once, they would hold up the rider. */
export function createDrawQueue(
  nextFrame: (then: () => void) => void = requestAnimationFrame,
  nowMs: () => number = () => performance.now(),
): DrawQueue {
  const waiting = new Map<object, () => void>()
  let due = false

  function atNextFrame(): void {
    if (due || waiting.size === 0) return
    due = true
    nextFrame(drawSome)
  }

  function drawSome(): void {
    due = false
    const untilMs = nowMs() + SPARE_MS
    try {
      for (const [tile, draw] of waiting) {
        waiting.delete(tile)
        draw()
        if (nowMs() >= untilMs) break
      }
    } finally {
      atNextFrame()
    }
  }

  return {
    add(tile, draw) {
      waiting.set(tile, draw)
      atNextFrame()
    },
    drop(tile) {
      waiting.delete(tile)
    },
  }
}
