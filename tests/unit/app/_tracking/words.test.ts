import { describe, expect, it } from 'vitest'
import { backoffMs } from '#app/_http/backoff.ts'
import { parseRetryAfterMs } from '#app/_http/retry-after.ts'
import { arrivalOf, etaWords, noArrivalWords } from '#app/_tracking/screen/arrival-words.ts'
import { CONNECTION_WORDS, endedWords } from '#app/_tracking/screen/delivery-words.ts'
import {
  agoWords,
  FRESHNESS_WORDS,
  lastSeenWords,
  staleWords,
} from '#app/_tracking/screen/freshness-words.ts'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import { initialTracking, type Live } from '#app/_tracking/state/tracking-state.ts'
import { speak } from '#app/_words/speak.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import { location, snapshot } from '../samples.ts'

const english = speak('en')
const { say } = english

describe('words', () => {
  it('[TRK10] those about one’s own connection never speak of the rider, and the other way round', () => {
    for (const own of ['connecting', 'connected', 'reconnecting', 'offline', 'closed'] as const)
      expect(`${CONNECTION_WORDS[own]?.en} ${lastSeenWords(5_000, say)}`).not.toMatch(/rider|signal/i)
    for (const freshness of ['live', 'delayed', 'lost', 'unknown', 'none'] as const)
      expect(`${FRESHNESS_WORDS[freshness].en} ${staleWords(freshness, 90_000, say)}`).not.toMatch(
        /connect|offline|\byour?\b/i,
      )
  })

  it('[TRK10] while the own line is down nothing is said about the rider’s phone', () => {
    expect(staleWords('unknown', 600_000, say)).toBeNull()
  })

  it('[TRK29] P19: an end is a sentence with date and time, in the reader’s language', () => {
    const statusAtMs = new Date(2026, 1, 4, 23, 41).getTime()
    const said = (status: DeliveryStatus, language: 'en' | 'ko') =>
      endedWords({ ...snapshot('delivered').delivery, status, statusAtMs }, speak(language))
    expect(said('delivered', 'en')).toBe('Delivered on 4 Feb, 11:41 pm.')
    expect(said('delivered', 'ko')).toBe('2월 4일 오후 11:41에 배달됐어요.')
    expect(said('cancelled', 'ko')).toBe('2월 4일 오후 11:41에 취소됐어요.')
    expect(said('failed', 'en')).toBe('Last tried on 4 Feb, 11:41 pm.')
    expect(said('arriving', 'en')).toBeNull()
  })

  it('[TRK12] an estimate is a range, and is not counted down when it has no ground any more', () => {
    const eta = { fromMs: 240_000, toMs: 480_000 }
    expect(etaWords(eta, 0, 'live', english)).toMatchObject({ left: 'in 4–8 min', sure: true })
    expect(etaWords(eta, 230_000, 'live', english).left).toBe('within 5 min')
    expect(etaWords(eta, 440_000, 'live', english).left).toBe('any moment now')
    expect(etaWords(eta, 0, 'lost', english)).toMatchObject({ left: 'as last known', sure: false })
    expect(etaWords(eta, 600_000, 'live', english)).toMatchObject({
      left: 'later than expected',
      sure: false,
    })
  })

  describe('no arrival', () => {
    const live = (change: Partial<Location> = {}, eta: Live['eta'] = null): Live => {
      const last = location(1, change)
      const state = reduceTracking(initialTracking(0), {
        type: 'snapshot',
        snapshot: { ...snapshot('picked_up', last), eta },
      })
      if (state.phase !== 'live') throw new Error(state.phase)
      return state
    }

    it('[TRK17] R16: says what is known of why', () => {
      expect(noArrivalWords(live(), english)).toBe('The arrival cannot be told right now.')
      expect(noArrivalWords(live({ lat: 1, lng: 37 }), english)).toContain('Han is far from the planned way')
      expect(noArrivalWords(live({ accuracyM: 2_000 }), english)).toContain('not exact enough')
    })

    it('[TRK17] R16: waits for the first position', () => {
      const state = reduceTracking(initialTracking(0), { type: 'snapshot', snapshot: snapshot('picked_up') })
      expect(state.phase === 'live' && noArrivalWords(state, english)).toMatch(/first position/)
    })

    it('[TRK17] R16: an arrival that no delivery has is not told, a late one in hours', () => {
      const minutes = (fromMin: number, toMin: number) => ({ fromMs: fromMin * 60_000, toMs: toMin * 60_000 })
      expect(arrivalOf(live({}, minutes(41_176, 65_398)))).toBeNull()
      expect(arrivalOf(live({}, minutes(5, 9)))).toEqual(minutes(5, 9))
      expect(etaWords(minutes(150, 290), 0, 'live', english).left).toBe('in 2–5 h')
      expect(etaWords(minutes(100, 170), 0, 'live', english).left).toBe('in 100–170 min')
    })
  })

  it('says ages in one unit', () => {
    expect([400, 3_400, 61_000, 7_300_000, 400_000_000].map((ageMs) => agoWords(ageMs, say))).toEqual([
      'just now',
      '3 s ago',
      '1 min ago',
      '2 h ago',
      '4 days ago',
    ])
  })
})

describe('waits', () => {
  it('[SEND3] reads Retry-After as seconds or as a date', () => {
    const nowMs = Date.parse('2026-01-01T00:00:00Z')
    expect(parseRetryAfterMs('3', nowMs)).toBe(3_000)
    expect(parseRetryAfterMs('Thu, 01 Jan 2026 00:00:05 GMT', nowMs)).toBe(5_000)
    expect([null, '', 'soon', '-1'].map((header) => parseRetryAfterMs(header, nowMs))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('[SEND3] backs off further each time, up to a bound, and spreads', () => {
    const [never, always] = [() => 0, () => 1]
    expect([1, 2, 3, 20].map((failures) => backoffMs(failures, always))).toEqual([500, 1_000, 2_000, 15_000])
    expect(backoffMs(3, never)).toBe(1_000)
    expect(backoffMs(1, never, 9_000)).toBe(9_000)
  })
})
