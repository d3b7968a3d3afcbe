import { MAX_RIDE_SEQ, type ReportedFix } from '#contracts/location.ts'

/** A position as a phone app tells it: such apps know no numbers. */
export type AppReading = Omit<ReportedFix, 'seq'>

/** How the positions of a delivery's phone apps are numbered. */
export type Numbering = {
  /** What was captured in that second has the number `fromSeq + 1`, in the next second the next one. */
  fromAtMs: number
  fromSeq: number
  /** What to add to the phone's impossible times; null while it has told none. */
  clockOffMs: number | null
}
export type Numbered = { fixes: ReportedFix[]; ignored: number; clockOffMs: number | null }

/** An app may report a little of what it captured before the code was typed in: it has just found out where it is. */
const BEFORE_THE_CODE_MS = 60_000
/** By this a clock may be ahead of ours, and the number still follows from its own time. */
const AHEAD_MS = 60_000
/**
 * The time of capture that an app tells in whole seconds: the end of that second, so that what was captured right after a
 * pick-up is not taken for earlier; but not later than it came in.
 */
export function withinSecond(seconds: number, receivedAtMs: number): number {
  const startMs = Math.floor(seconds) * 1_000
  return Math.min(startMs + 999, Math.max(startMs, receivedAtMs))
}

/** No app keeps a position for that long: a time before that is a wrong clock, as a GPS week rollover has it. */
const QUEUED_AT_MOST_MS = 7 * 24 * 3_600_000

/** Where the numbers of a delivery's apps begin, decided with its first code: they count on from what is known. */
export function beginNumbering(lastSeq: number, nowMs: number): Pick<Numbering, 'fromAtMs' | 'fromSeq'> {
  return { fromAtMs: nowMs - BEFORE_THE_CODE_MS, fromSeq: lastSeq }
}

/**
 * Numbers readings by the second of their capture: one that is sent again has its number again, and an older one an older
 * number. A rider's page counts at most one a second, so whichever of the two reports later has the higher numbers.
 *
 * What was captured before the first number belongs to another delivery that the phone rode before, and is ignored. A phone
 * whose clock is impossible is numbered by how far its newest reading is off, so that its repeats are repeats as well; the
 * time itself is left for `judgeFix` to replace.
 */
export function numberReadings(
  readings: readonly AppReading[],
  numbering: Numbering,
  receivedAtMs: number,
): Numbered {
  const clockOffMs = clockOff(readings, numbering, receivedAtMs)
  const fixes: ReportedFix[] = []
  for (const reading of readings) {
    const shiftMs = isImpossible(reading.recordedAtMs, numbering, receivedAtMs) ? (clockOffMs ?? 0) : 0
    const seq = seqAt(reading.recordedAtMs + shiftMs, numbering)
    if (seq > numbering.fromSeq && seq <= MAX_RIDE_SEQ) fixes.push({ ...reading, seq })
  }
  return { fixes, ignored: readings.length - fixes.length, clockOffMs }
}

function seqAt(atMs: number, { fromAtMs, fromSeq }: Numbering): number {
  return fromSeq + 1 + Math.floor(atMs / 1_000) - Math.floor(fromAtMs / 1_000)
}

function isImpossible(atMs: number, { fromAtMs }: Numbering, receivedAtMs: number): boolean {
  return atMs < fromAtMs - QUEUED_AT_MOST_MS || atMs > receivedAtMs + AHEAD_MS
}

/** What was told before holds for as long as it makes the newest impossible time a possible one. */
function clockOff(
  readings: readonly AppReading[],
  numbering: Numbering,
  receivedAtMs: number,
): number | null {
  const { fromAtMs, clockOffMs } = numbering
  const times = readings.map(({ recordedAtMs }) => recordedAtMs)
  const newestMs = Math.max(...times.filter((atMs) => isImpossible(atMs, numbering, receivedAtMs)))
  if (newestMs === Number.NEGATIVE_INFINITY) return clockOffMs
  if (clockOffMs !== null) {
    const shiftedMs = newestMs + clockOffMs
    if (shiftedMs >= fromAtMs && shiftedMs <= receivedAtMs + AHEAD_MS) return clockOffMs
  }
  return receivedAtMs - newestMs
}
