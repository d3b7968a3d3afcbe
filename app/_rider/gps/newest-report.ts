import type { Reading } from './reading.ts'

/** A page that stood still for longer has missed what the device said meanwhile. */
const SLEPT_MS = 10_000

/** The newest that the device has reported, and whether it was recorded already. */
export function createNewestReport() {
  let newest: { reading: Reading; atMs: number; isTaken: boolean } | null = null
  let takenAtMs = performance.now()

  return {
    put(reading: Reading) {
      // The device gives one and the same reading again until it has made the next.
      if (newest?.reading.recordedAtMs === reading.recordedAtMs) return
      newest = { reading, atMs: performance.now(), isTaken: false }
    },
    forget() {
      newest = null
    },
    /** null when there is none, or when it was taken before. */
    take(): Reading | null {
      const nowMs = performance.now()
      if (nowMs - takenAtMs > SLEPT_MS && newest?.isTaken) newest = null
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
