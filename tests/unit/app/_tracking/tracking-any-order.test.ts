import fc from 'fast-check'
import { expect, it } from 'vitest'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import {
  initialTracking,
  missingAfter,
  newestOf,
  type TrackingMessage,
  type TrackingState,
} from '#app/_tracking/state/tracking-state.ts'
import { location, snapshot } from '../samples.ts'

const COUNT = 12
const eta = (seq: number) => ({ fromMs: seq * 1_000, toMs: seq * 2_000 })
const push = (seq: number): TrackingMessage => ({
  type: 'location',
  message: { location: location(seq), eta: eta(seq) },
})
const page = (from: number, to: number): TrackingMessage => ({
  type: 'backfill',
  afterSeq: from - 1,
  locations: Array.from({ length: to - from + 1 }, (_, index) => location(from + index)),
})
const reconnect = (seq: number): TrackingMessage => ({
  type: 'snapshot',
  snapshot: snapshot('picked_up', location(seq)),
})

const seq = fc.integer({ min: 1, max: COUNT })
const anyMessage: fc.Arbitrary<TrackingMessage> = fc.oneof(
  { weight: 5, arbitrary: seq.map(push) },
  { weight: 2, arbitrary: fc.tuple(seq, seq).map(([a, b]) => page(Math.min(a, b), Math.max(a, b))) },
  { weight: 1, arbitrary: seq.map(reconnect) },
  { weight: 1, arbitrary: fc.constantFrom('reconnecting', 'connected', 'offline' as const).map(connection) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: COUNT }).map(abandoned),
  },
)
function abandoned(afterSeq: number): TrackingMessage {
  return { type: 'gap_abandoned', afterSeq }
}
function connection(own: TrackingState['connection']): TrackingMessage {
  return { type: 'connection', connection: own }
}
const play = (messages: TrackingMessage[]) => messages.reduce(reduceTracking, initialTracking(0))
const all = Array.from({ length: COUNT }, (_, index) => index + 1)
const opening: TrackingMessage = { type: 'snapshot', snapshot: snapshot('picked_up') }
const ordered = play([opening, page(1, 1), ...all.map(push), connection('connected')])

it('[TRK4] any interleaving with repetitions, gaps, reconnects and backfills ends like the ordered stream', () => {
  fc.assert(
    fc.property(
      fc.array(anyMessage, { maxLength: 40 }),
      fc.shuffledSubarray(all, { minLength: COUNT }),
      fc.infiniteStream(fc.boolean()),
      (noise, order, coin) => {
        const messages: TrackingMessage[] = [opening]
        const pushes = order.map(push)
        const rest = [...noise]
        // Every location is pushed at least once, in any order, somewhere in the noise.
        while (pushes.length + rest.length > 0) {
          const from = coin.next().value && pushes.length > 0 ? pushes : rest.length > 0 ? rest : pushes
          const next = from.shift()
          if (next) messages.push(next)
        }
        expect(play([...messages, page(1, COUNT), connection('connected')])).toEqual(ordered)
      },
    ),
  )
})

it('[TRK3] the position that is shown never goes back in time', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 60 }), (messages) => {
      let state: TrackingState = play([opening])
      let shownSeq = 0
      for (const message of messages) {
        state = reduceTracking(state, message)
        const newest = newestOf(state)?.seq ?? 0
        expect(newest).toBeGreaterThanOrEqual(shownSeq)
        shownSeq = newest
      }
    }),
  )
})

it('[TRK2] the trail is ascending and holds each seq once', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 60 }), (messages) => {
      const state = play([opening, ...messages])
      const seqs = state.phase === 'live' ? state.trail.map((each) => each.seq) : []
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
    }),
  )
})

it('[TRK5] asking the history for what is missing, again and again, always comes to an end', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 40 }), fc.uniqueArray(seq), (messages, gone) => {
      let state = play([opening, ...messages])
      let asked = 0
      for (let after = missingAfter(state); after !== null; after = missingAfter(state)) {
        const afterSeq = after
        const stored = all
          .filter((each) => each > afterSeq && !gone.includes(each))
          .map((each) => location(each))
        state = reduceTracking(state, { type: 'backfill', afterSeq, locations: stored })
        if (missingAfter(state) === afterSeq)
          state = reduceTracking(state, { type: 'gap_abandoned', afterSeq })
        expect(++asked).toBeLessThan(3 * COUNT)
      }
    }),
  )
})

it('[TRK1] no order of messages brings a location back after the end', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 40 }), fc.nat(40), (messages, when) => {
      const end: TrackingMessage = { type: 'status', message: { status: 'delivered', atMs: 9_000 } }
      const state = play([opening, ...messages.slice(0, when), end, ...messages.slice(when)])
      expect(state.phase).toBe('ended')
      expect(newestOf(state)).toBeNull()
    }),
  )
})
