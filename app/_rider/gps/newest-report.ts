import type { Reading } from './reading.ts'

/** Taken so much later than it should be, the page slept and may have missed readings: the last one is not the newest. */
const SLEPT_MS = 10_000

/** The device's newest reading, and whether it was recorded already. */
export function createNewestReport() {
  let newest: { reading: Reading; atMs: number; isTaken: boolean } | null = null
  let takenAtMs = performance.now()

  return {
    put(reading: Reading) {
      // A device repeats a reading until it has the next one.
      if (newest?.reading.recordedAtMs === reading.recordedAtMs) return
      newest = { reading, atMs: performance.now(), isTaken: false }
    },
    forget() {
      newest = null
    },
    /** The newest reading once; null when there is none or it was taken before. It is called every `everyMs`. */
    take(everyMs: number): Reading | null {
      const nowMs = performance.now()
      if (nowMs - takenAtMs > SLEPT_MS + everyMs && newest?.isTaken) newest = null
      takenAtMs = nowMs
      if (!newest || newest.isTaken) return null
      newest.isTaken = true
      return newest.reading
    },
    reading: (): Reading | null => newest?.reading ?? null,
    /** How long ago the device reported it. */
    ageMs: (): number => (newest ? performance.now() - newest.atMs : Number.POSITIVE_INFINITY),
  }
}
