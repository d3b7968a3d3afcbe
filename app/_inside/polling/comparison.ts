import type { ServerClock } from '#app/_http/server-clock.ts'
import type { Location } from '#contracts/location.ts'
import { type AgeMeter, type Ages, createAgeMeter, sawTeeth } from './ages.ts'
import type { Frames } from './counting-websocket.ts'

type Side = { meter: AgeMeter; endedAtMs: number | null; trail: readonly Location[] }

/** The counters of both sides, started at the same moment. */
export type Comparison = {
  clock: ServerClock
  startedAtMs: number
  stoppedAtMs: number | null
  polled: Side & { requests: number; fresh: number; unchanged: number; failed: number; bytes: number }
  pushed: Side & Frames
}

export type Numbers = { ages: Ages | null; ended: boolean; bytes: number }
/** The counts at one moment, as the page shows them. */
export type Look = {
  polled: Numbers & Pick<Comparison['polled'], 'requests' | 'fresh' | 'unchanged' | 'failed'>
  pushed: Numbers & Pick<Comparison['pushed'], 'handshakes' | 'messages'>
  /** Seconds before now, and the ages in seconds of polled and pushed. */
  chart: (number | null)[][]
}

export const WINDOW_S = 60

export function startComparison(clock: ServerClock): Comparison {
  const side = () => ({ meter: createAgeMeter(), endedAtMs: null, trail: [], bytes: 0 })
  return {
    clock,
    startedAtMs: clock.nowMs(),
    stoppedAtMs: null,
    polled: { ...side(), requests: 0, fresh: 0, unchanged: 0, failed: 0 },
    pushed: { ...side(), handshakes: 0, messages: 0 },
  }
}

/** Records that a side now shows this location, unless it does already. */
export function show(side: Side, location: Location, clock: ServerClock): void {
  if (side.endedAtMs !== null || (side.trail.at(-1)?.seq ?? 0) >= location.seq) return
  side.trail = [...side.trail, location]
  side.meter.show({ fromMs: clock.nowMs(), recordedAtMs: location.recordedAtMs })
}

export function end(side: Side, clock: ServerClock): void {
  side.endedAtMs ??= clock.nowMs()
}

export function lookAt({ clock, stoppedAtMs, polled, pushed }: Comparison): Look {
  const nowMs = stoppedAtMs ?? clock.nowMs()
  const numbers = ({ meter, endedAtMs, bytes }: Comparison['polled' | 'pushed']): Numbers => ({
    ages: meter.read(Math.min(nowMs, endedAtMs ?? nowMs)),
    ended: endedAtMs !== null,
    bytes,
  })
  const toMs = Math.min(nowMs, Math.max(polled.endedAtMs ?? nowMs, pushed.endedAtMs ?? nowMs))
  const fromMs = toMs - WINDOW_S * 1_000
  const shown = [polled, pushed].map(({ meter, endedAtMs }) => ({
    showings: meter.since(fromMs),
    untilMs: endedAtMs ?? toMs,
  }))
  const [moments = [], ...ages] = sawTeeth(shown, { fromMs, toMs })
  const { requests, fresh, unchanged, failed } = polled
  const { handshakes, messages } = pushed
  return {
    polled: { ...numbers(polled), requests, fresh, unchanged, failed },
    pushed: { ...numbers(pushed), handshakes, messages },
    chart: [
      moments.map((atMs) => ((atMs ?? toMs) - toMs) / 1_000),
      ...ages.map((line) => line.map((ageMs) => (ageMs === null ? null : ageMs / 1_000))),
    ],
  }
}
