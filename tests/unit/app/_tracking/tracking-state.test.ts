import { describe, expect, it } from 'vitest'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import { positionAgeMs, riderFreshness, shownAgeMs } from '#app/_tracking/state/rider-freshness.ts'
import {
  initialTracking,
  missingAfter,
  newestOf,
  type TrackingMessage,
  type TrackingState,
} from '#app/_tracking/state/tracking-state.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import { delivery, location, snapshot } from '../samples.ts'

const play = (...messages: TrackingMessage[]): TrackingState =>
  messages.reduce(reduceTracking, initialTracking(0))
const snap = (...args: Parameters<typeof snapshot>): TrackingMessage => ({
  type: 'snapshot',
  snapshot: snapshot(...args),
})
const at = (seq: number, change = {}): TrackingMessage => ({
  type: 'location',
  message: { location: location(seq, change), eta: { fromMs: seq * 1_000, toMs: seq * 2_000 } },
})
const status = (
  name: 'picked_up' | 'arriving' | 'delivered' | 'cancelled' | 'failed',
  atMs = 5_000,
): TrackingMessage => ({
  type: 'status',
  message: { status: name, atMs },
})
const backfill = (...seqs: number[]): TrackingMessage => ({
  type: 'backfill',
  afterSeq: (seqs[0] ?? 1) - 1,
  locations: seqs.map((seq) => location(seq)),
})
const seqs = (state: TrackingState) => (state.phase === 'live' ? state.trail.map(({ seq }) => seq) : [])

describe('what may be known of the location', () => {
  it('[TRK1] holds no location before pick-up, even when one comes', () => {
    const state = play(snap('accepted'), at(1), backfill(1, 2))
    expect(state).toEqual({
      phase: 'waiting',
      delivery: delivery('accepted'),
      pin: null,
      shopPhone: null,
      connection: 'connecting',
      nowMs: 0,
    })
  })

  it('[PIN3] the PIN of the snapshot is kept until the end', () => {
    const told: TrackingMessage = { type: 'snapshot', snapshot: { ...snapshot('accepted'), pin: '0420' } }
    const pinOf = (state: TrackingState) => ('pin' in state ? state.pin : undefined)
    expect(pinOf(play(told))).toBe('0420')
    expect(pinOf(play(told, status('picked_up'), at(3), status('arriving')))).toBe('0420')
    expect(pinOf(play(snap('picked_up')))).toBeNull()
    expect(JSON.stringify(play(told, status('picked_up'), status('failed')))).not.toContain('0420')
  })

  it('[WHO2] so is the telephone of the shop', () => {
    const phones = { store: '030 1234' }
    const told: TrackingMessage = { type: 'snapshot', snapshot: { ...snapshot('accepted'), phones } }
    expect(play(told, status('picked_up'), at(3))).toMatchObject({ shopPhone: '030 1234' })
    expect(JSON.stringify(play(told, status('picked_up'), status('delivered')))).not.toContain('1234')
  })

  it.each(['delivered', 'cancelled', 'failed'] as const)(
    '[TRK1] forgets every location when %s, and takes no more',
    (end) => {
      const state = play(snap('picked_up', location(3)), backfill(1, 2, 3), status(end), at(4), backfill(5))
      expect(state.phase).toBe('ended')
      expect(JSON.stringify(state)).not.toContain('recordedAtMs')
    },
  )

  it('[TRK2] a duplicate changes nothing, not even the object', () => {
    const state = play(snap('picked_up', location(2)), backfill(1, 2))
    expect(reduceTracking(state, backfill(1, 2))).toBe(state)
  })

  it('[TRK2] the first copy of a seq stays', () => {
    const state = play(snap('picked_up', location(2)), at(2, { lat: 1 }))
    expect(newestOf(state)?.lat).toBe(37.5)
  })

  it('[TRK3] a late location joins the trail and the marker stays at the newest', () => {
    const state = play(snap('picked_up', location(5)), at(3))
    expect(seqs(state)).toEqual([3, 5])
    expect(newestOf(state)?.seq).toBe(5)
  })

  it('[TRK8] ignores a location of another delivery', () => {
    expect(seqs(play(snap('picked_up'), at(1, { deliveryId: 'other' })))).toEqual([])
  })

  it('[TRK9] the ETA is that of the newest location', () => {
    const state = play(snap('picked_up', location(5)), at(6), at(4), backfill(7))
    expect(state.phase === 'live' && state.eta).toEqual({ fromMs: 6_000, toMs: 12_000 })
  })

  it('[TRK9] an ETA that comes after its location was back-filled is taken', () => {
    const state = play(snap('picked_up', location(5)), backfill(5, 6), at(6))
    expect(state.phase === 'live' && state.eta).toEqual({ fromMs: 6_000, toMs: 12_000 })
  })
})

describe('gaps', () => {
  it('[TRK5] wants the history once when it is picked up, and once when the page is opened on the way', () => {
    expect(missingAfter(play(snap('accepted'), status('picked_up')))).toBe(0)
    expect(missingAfter(play(snap('picked_up', location(40))))).toBe(0)
  })

  it('[TRK5] wants what a skipped seq left out, and nothing when it has come', () => {
    const opened = play(snap('picked_up', location(2)), backfill(1, 2))
    expect(missingAfter(opened)).toBeNull()
    const skipped = reduceTracking(opened, at(5))
    expect(missingAfter(skipped)).toBe(2)
    expect(missingAfter(reduceTracking(skipped, backfill(3, 4)))).toBeNull()
  })

  it('[TRK5] stops asking for what the history does not have, and asks again for the next gap', () => {
    const gap = play(snap('picked_up', location(2)), backfill(1, 2), at(5), {
      type: 'gap_abandoned',
      afterSeq: 2,
    })
    expect(missingAfter(gap)).toBeNull()
    expect(missingAfter(reduceTracking(gap, at(8)))).toBe(5)
  })

  it('[TRK5] an abandoned gap that closes later closes', () => {
    const gap = play(snap('picked_up', location(2)), backfill(1, 2), at(5), {
      type: 'gap_abandoned',
      afterSeq: 2,
    })
    expect(seqs(reduceTracking(gap, backfill(3, 4)))).toEqual([1, 2, 3, 4, 5])
  })

  it('[TRK20] numbers that an app left out are no gap: by the push, nor where a page of history passes over them', () => {
    const pushed = (seq: number, prevSeq: number): TrackingMessage => ({
      type: 'location',
      message: { location: location(seq), eta: null, prevSeq },
    })
    const opened = play(snap('picked_up', location(340)), backfill(310, 325, 340))
    expect(missingAfter(opened)).toBeNull()
    const next = reduceTracking(opened, pushed(352, 340))
    expect(missingAfter(next)).toBeNull()
    // One of 360 was missed.
    const missed = reduceTracking(next, pushed(371, 360))
    expect(missingAfter(missed)).toBe(352)
    const asked: TrackingMessage = {
      type: 'backfill',
      afterSeq: 352,
      locations: [location(360), location(371)],
    }
    expect(missingAfter(reduceTracking(missed, asked))).toBeNull()
  })

  it('[TRK6] what came before the visible part is no gap', () => {
    expect(missingAfter(play(snap('picked_up', location(9)), backfill(7, 8, 9)))).toBeNull()
  })
})

describe('places that are not believed', () => {
  const believed = (seq: number) => location(seq)
  const not = (seq: number) => location(seq, { lat: 0, lng: 0, accuracyM: 10, implausible: true })
  const history = (...locations: ReturnType<typeof location>[]): TrackingMessage => ({
    type: 'backfill',
    afterSeq: (locations[0]?.seq ?? 1) - 1,
    locations,
  })

  it('[TRK16] R5: become neither marker nor trail nor arrival, and make nothing fresh', () => {
    const opened = play(snap('picked_up', location(2)), backfill(1, 2))
    const state = reduceTracking(opened, history(not(3), not(4)))
    expect(seqs(state)).toEqual([1, 2])
    expect(newestOf(state)?.seq).toBe(2)
    const now = { ...state, connection: 'connected' as const, nowMs: location(2).recordedAtMs + 30_000 }
    expect(riderFreshness(now)).toBe('delayed')
    const pushed = reduceTracking(opened, at(3, { lat: 0, lng: 0, implausible: true }))
    expect(pushed).toMatchObject({ eta: { fromMs: 2_000 }, etaSeq: 2 })
    expect(seqs(pushed)).toEqual([1, 2])
  })

  it('[TRK16] R5: the map is not drawn anew for them', () => {
    const opened = play(snap('picked_up', location(2)), backfill(1, 2))
    const state = reduceTracking(opened, history(not(3)))
    expect(state.phase === 'live' && opened.phase === 'live' && state.trail === opened.trail).toBe(true)
  })

  it('[TRK16] R5: their numbers are known: asking ends with the first answer', () => {
    const skipped = play(snap('picked_up', location(2)), backfill(1, 2), at(6))
    expect(missingAfter(skipped)).toBe(2)
    const filled = reduceTracking(skipped, history(not(3), not(4), not(5), believed(6)))
    expect(missingAfter(filled)).toBeNull()
    expect(missingAfter(reduceTracking(filled, at(7)))).toBeNull()
  })

  it('[TRK16] R5: nor when the history begins or ends with them', () => {
    const opened = play(snap('picked_up', location(5)), history(not(3), not(4), believed(5), not(6)))
    expect(missingAfter(opened)).toBeNull()
    expect(missingAfter(reduceTracking(opened, at(7)))).toBeNull()
    const asked = play(snap('picked_up', location(2)), history(not(3)), at(6), {
      type: 'gap_abandoned',
      afterSeq: 3,
    })
    expect(missingAfter(asked)).toBeNull()
  })

  it('[TRK16] a snapshot counts further than its newest believed location', () => {
    const behind = { ...snapshot('picked_up', location(5)), lastSeq: 8 }
    const state = play({ type: 'snapshot', snapshot: behind }, history(believed(4), believed(5), not(6)))
    expect(newestOf(state)?.seq).toBe(5)
    expect(seqs(reduceTracking(state, at(9)))).toEqual([4, 5, 9])
  })
})

describe('status', () => {
  it('[TRK7] never goes back, neither by a late message nor by a snapshot of an instance that lags behind', () => {
    const state = play(snap('arriving', location(5)), status('picked_up'), snap('accepted'))
    expect(state.phase === 'live' && state.delivery.status).toBe('arriving')
    expect(seqs(state)).toEqual([5])
  })

  it('[TRK7] steps may be skipped', () => {
    const state = play(snap('accepted'), status('delivered', 9_000))
    expect(state).toMatchObject({ phase: 'ended', delivery: { status: 'delivered', statusAtMs: 9_000 } })
  })

  it('[TRK7] an end is an end', () => {
    const state = play(snap('picked_up'), status('delivered'), status('cancelled'), snap('cancelled'))
    expect(state).toMatchObject({ phase: 'ended', delivery: { status: 'delivered' } })
  })
})

describe('connection and freshness', () => {
  const live = (nowMs: number, connection: TrackingState['connection'] = 'connected') =>
    play(snap('picked_up', location(1)), { type: 'connection', connection }, { type: 'tick', nowMs })
  const capturedMs = location(1).recordedAtMs

  it('[TRK10] freshness is the age of the capture', () => {
    expect(riderFreshness(live(capturedMs + 3_000))).toBe('live')
    expect(riderFreshness(live(capturedMs + 30_000))).toBe('delayed')
    expect(riderFreshness(live(capturedMs + 300_000))).toBe('lost')
  })

  it.each(['offline', 'reconnecting'] as const)(
    '[TRK10] while one’s own line is %s, nothing is said of the rider',
    (own) => {
      expect(riderFreshness(live(capturedMs + 300_000, own))).toBe('unknown')
    },
  )

  it('[TRK18] R3: a capture before the delivery was created, or after its receipt, is as old as the receipt', () => {
    const createdAtMs = Date.parse('2026-11-01T12:00:00Z')
    const receivedAtMs = createdAtMs + 600_000
    for (const recordedAtMs of [createdAtMs - 1_024 * 7 * 86_400_000, receivedAtMs + 3_600_000, 0]) {
      const last = location(1, { recordedAtMs, receivedAtMs })
      const shown = snapshot('picked_up', last)
      const state = play(
        { type: 'snapshot', snapshot: { ...shown, delivery: { ...shown.delivery, createdAtMs } } },
        { type: 'tick', nowMs: receivedAtMs + 20_000 },
      )
      expect(positionAgeMs(state)).toBe(20_000)
    }
  })

  it('[TRK11] a capture in the future is of age zero', () => {
    expect(riderFreshness(live(capturedMs - 3_600_000))).toBe('live')
  })

  it('[TRK10] there is nothing to judge without a position', () => {
    expect(riderFreshness(play(snap('accepted')))).toBe('none')
  })

  it('a refused link says why', () => {
    expect(play({ type: 'refused', code: 'forbidden', expired: false })).toMatchObject({
      phase: 'refused',
      code: 'forbidden',
    })
  })

  it('[TRK13] a link that had opened the delivery was whole, so it has been replaced, has expired, or its delivery was erased', () => {
    const refused = (expired: boolean, code: ProblemCode = 'unauthenticated'): TrackingMessage => ({
      type: 'refused',
      code,
      expired,
    })
    const fault = (...messages: TrackingMessage[]) => {
      const state = play(...messages)
      return state.phase === 'refused' ? state.fault : null
    }
    expect(fault(refused(false))).toBe('unknown')
    expect(fault(refused(true))).toBe('expired')
    for (const known of [snap('accepted'), snap('picked_up', location(3))]) {
      expect(fault(known, refused(false))).toBe('replaced')
      expect(fault(known, refused(true))).toBe('expired')
    }
    expect(fault(refused(false, 'not_found'))).toBe('erased')
    expect(JSON.stringify(play(snap('picked_up', location(3)), refused(false)))).not.toContain('recordedAtMs')
  })
})

describe('what an earlier page knew', () => {
  const kept = (...args: Parameters<typeof snapshot>): TrackingMessage => ({
    type: 'kept',
    snapshot: snapshot(...args),
    seenAtMs: 3_000,
  })
  const tick: TrackingMessage = { type: 'tick', nowMs: 63_000 }

  it('[PWA5] is shown as such, with its age, and is never called connected or live', () => {
    const waiting = play(kept('accepted'), tick)
    expect(waiting).toMatchObject({ phase: 'waiting', connection: 'reconnecting' })
    expect(shownAgeMs(waiting)).toBe(60_000)
    const live = play({ type: 'connection', connection: 'offline' }, kept('picked_up', location(7)), tick)
    expect(live).toMatchObject({ phase: 'live', connection: 'offline' })
    expect(riderFreshness(live)).toBe('unknown')
    expect(shownAgeMs(live)).toBe(positionAgeMs(live))
  })

  it('[PWA5] never takes the place of what the server has said, nor brings back what is over', () => {
    expect(play(snap('picked_up', location(9)), kept('accepted'))).toEqual(
      play(snap('picked_up', location(9))),
    )
    expect(play(kept('delivered')).phase).toBe('opening')
    const back = play(kept('accepted'), snap('accepted'), tick)
    expect(shownAgeMs(back)).toBeNull()
    expect(play(kept('picked_up', location(7)), snap('delivered')).phase).toBe('ended')
  })
})
