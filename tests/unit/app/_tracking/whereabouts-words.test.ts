import { describe, expect, it } from 'vitest'
import { type Known, whereaboutsWords } from '#app/_tracking/screen/whereabouts-words.ts'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import { initialTracking } from '#app/_tracking/state/tracking-state.ts'
import { speak } from '#app/_words/speak.ts'
import type { Location } from '#contracts/location.ts'
import { location, snapshot } from '../samples.ts'

const M_PER_DEG = 111_195
/** So many metres north of the door. */
const north = (seq: number, metres: number, change: Partial<Location> = {}) =>
  location(seq, { lat: 37.5045 + metres / M_PER_DEG, lng: 127.00567, ...change })
const seen = (locations: Location[], nowMs = 100_000): Known => {
  const opened = reduceTracking(initialTracking(nowMs), { type: 'snapshot', snapshot: snapshot('picked_up') })
  const connected = reduceTracking(opened, { type: 'connection', connection: 'connected' })
  return locations.reduce(
    (state, each) => reduceTracking(state, { type: 'location', message: { location: each, eta: null } }),
    connected,
  ) as Known
}
const words = (state: Known, language: 'en' | 'ko' = 'en') => whereaboutsWords(state, speak(language))

describe('the map in words', () => {
  it('[TRK23] how far the rider is from the door, and from which side of the sky', () => {
    expect(words(seen([north(1, 1_500), north(2, 1_200)]))).toBe('1.2 km away, coming from the north')
    expect(words(seen([north(1, 1_500), north(2, 1_200)]), 'ko')).toBe('북쪽 1.2km 거리에서 오고 있어요')
    expect(words(seen([location(1, { lat: 37.5045, lng: 127.00567 + 0.005 })]))).toBe(
      '440 m away, coming from the east',
    )
    expect(words(seen([location(1, { lat: 37.5, lng: 127 })]))).toMatch(/coming from the south-west$/)
  })

  it('[TRK23] a rider who goes away is not said to come, and an old position is the last seen', () => {
    expect(words(seen([north(1, 300), north(2, 600)]))).toBe('600 m away, to the north')
    expect(words(seen([north(1, 600)], 400_000))).toBe('Last seen 600 m away, to the north')
  })

  it('[TRK23] near the door, and as exact as the position is', () => {
    expect(words(seen([north(1, 20, { accuracyM: 10 })]))).toBe('Within 50 m of your door')
    expect(words(seen([north(1, 200, { accuracyM: 400 })]))).toBe('Within 600 m of your door')
  })

  it('[TRK23] before the pick-up the way, afterwards the places', () => {
    const of = (status: 'accepted' | 'delivered') =>
      reduceTracking(initialTracking(0), { type: 'snapshot', snapshot: snapshot(status) }) as Known
    expect(words(of('accepted'))).toBe('The map shows the way from Store to Home: 1 km.')
    expect(words(of('delivered'))).toBe('The map shows Store and Home.')
  })
})
