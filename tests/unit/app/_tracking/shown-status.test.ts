import { describe, expect, it } from 'vitest'
import { headline } from '#app/_tracking/screen/delivery-words.ts'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import { shownStatus } from '#app/_tracking/state/shown-status.ts'
import { initialTracking, type TrackingState } from '#app/_tracking/state/tracking-state.ts'
import { speak } from '#app/_words/speak.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import { location, snapshot } from '../samples.ts'

type Known = TrackingState & { delivery: Delivery }

/** So many metres south of the destination. */
const away = (seq: number, metres: number, change: Partial<Location> = {}) =>
  location(seq, { lat: 37.5045 - metres / 111_195, lng: 127.00567, ...change })
const seen = (...locations: Location[]): Known => {
  const opened = reduceTracking(initialTracking(0), { type: 'snapshot', snapshot: snapshot('arriving') })
  return locations.reduce(
    (state, each) => reduceTracking(state, { type: 'location', message: { location: each, eta: null } }),
    opened,
  ) as Known
}
const title = (state: Known) => headline(state, speak('en')).title

describe('a rider who was at the door and goes away again', () => {
  it('[TRK15] R6: the words follow the distance, there and back, while the status stays', () => {
    expect(title(seen(away(1, 150)))).toBe('Almost there')
    const gone = seen(away(1, 150), away(2, 3_000))
    expect(title(gone)).toBe('On the way to you')
    expect(headline(gone, speak('en')).detail).not.toContain('has picked up')
    expect(gone.delivery.status).toBe('arriving')
    expect(title(seen(away(1, 150), away(2, 3_000), away(3, 120)))).toBe('Almost there')
  })

  it('[TRK15] R6: between 200 and 300 m they stay what they were', () => {
    expect(shownStatus(seen(away(1, 150), away(2, 260)))).toBe('arriving')
    expect(shownStatus(seen(away(1, 150), away(2, 320), away(3, 260)))).toBe('picked_up')
  })

  it('[TRK15] R6: a position that may as well be near decides nothing', () => {
    expect(shownStatus(seen(away(1, 150), away(2, 450, { accuracyM: 200 })))).toBe('arriving')
    expect(shownStatus(seen(away(1, 150), away(2, 3_000), away(3, 100, { accuracyM: 900 })))).toBe(
      'picked_up',
    )
  })

  it('[TRK15] [TRK16] R6: nor does one that is not believed', () => {
    expect(shownStatus(seen(away(1, 150), away(2, 9_000, { implausible: true })))).toBe('arriving')
  })

  it('[TRK15] R6: a reload reads the same, from the snapshot alone as from the history', () => {
    const far = away(9, 3_000)
    const reloaded = reduceTracking(initialTracking(0), {
      type: 'snapshot',
      snapshot: snapshot('arriving', far),
    }) as Known
    expect(shownStatus(reloaded)).toBe('picked_up')
    const back = reduceTracking(
      reduceTracking(initialTracking(0), { type: 'snapshot', snapshot: snapshot('arriving', away(3, 260)) }),
      { type: 'backfill', afterSeq: 0, locations: [away(1, 150), away(2, 320), away(3, 260)] },
    ) as Known
    expect(shownStatus(back)).toBe('picked_up')
  })

  it('[TRK15] without any position the status speaks', () => expect(shownStatus(seen())).toBe('arriving'))
})
