import { describe, expect, it } from 'vitest'
import { attentionOf, rankByAttention } from '#domain/attention.ts'

const NOW = 1_800_000_000_000
const MINUTE = 60_000

type Given = Parameters<typeof attentionOf>[0]
function delivery(id: string, change: Partial<Given> = {}): Given {
  return {
    id,
    status: 'picked_up',
    createdAtMs: NOW - 30 * MINUTE,
    statusAtMs: NOW - 20 * MINUTE,
    lastLocation: heardOf(5_000),
    eta: null,
    ...change,
  }
}
const heardOf = (agoMs: number) => ({
  ...{ deliveryId: 'any', seq: 1, lat: 37.5, lng: 127, recordedAtMs: NOW - agoMs },
  receivedAtMs: NOW - agoMs,
})

describe('[BOARD9] what a delivery needs a person for', () => {
  it.each<[string, Partial<Given>, ReturnType<typeof attentionOf>]>([
    ['a rider who reports needs nobody', {}, null],
    ['59 s without a report are not silence', { lastLocation: heardOf(59_999) }, null],
    ['a minute is', { lastLocation: heardOf(60_000) }, { need: 'silent', forMs: 60_000 }],
    ['also without a first report', { lastLocation: null }, { need: 'silent', forMs: 20 * MINUTE }],
    ['a pick-up is a sign of life', { lastLocation: heardOf(9 * MINUTE), statusAtMs: NOW - 1_000 }, null],
    ['who has not picked up need not report', { status: 'accepted', lastLocation: null }, null],
    ['the promise has passed', { promisedAtMs: NOW - MINUTE }, { need: 'late', byMs: MINUTE }],
    ['also before the pick-up', { status: 'accepted', promisedAtMs: NOW - 1 }, { need: 'late', byMs: 1 }],
    [
      'even the early end is after the promise',
      { promisedAtMs: NOW + MINUTE, eta: { fromMs: NOW + 3 * MINUTE, toMs: NOW + 9 * MINUTE } },
      { need: 'late', byMs: 2 * MINUTE },
    ],
    [
      'it may still be in time',
      { promisedAtMs: NOW + 3 * MINUTE, eta: { fromMs: NOW + 2 * MINUTE, toMs: NOW + 9 * MINUTE } },
      null,
    ],
    ['off the way', { offRouteM: 240 }, { need: 'off_way', byM: 240 }],
    ['late comes before off the way', { offRouteM: 240, promisedAtMs: NOW - 1 }, { need: 'late', byMs: 1 }],
    [
      'silent comes before late',
      { lastLocation: heardOf(2 * MINUTE), promisedAtMs: NOW - 1 },
      { need: 'silent', forMs: 2 * MINUTE },
    ],
  ])('%s', (_, change, expected) => expect(attentionOf(delivery('a', change), NOW)).toEqual(expected))

  it('silent, late, off the way, the rest; the oldest trouble first', () => {
    const given = [
      delivery('young', { createdAtMs: NOW - MINUTE }),
      delivery('off', { offRouteM: 150 }),
      delivery('late', { promisedAtMs: NOW - MINUTE }),
      delivery('later', { promisedAtMs: NOW - 5 * MINUTE }),
      delivery('old'),
      delivery('silent', { lastLocation: heardOf(2 * MINUTE) }),
      delivery('more silent', { lastLocation: heardOf(4 * MINUTE) }),
    ]
    const order = (nowMs: number) => rankByAttention(given, nowMs).map((each) => each.delivery.id)
    expect(order(NOW)).toEqual(['more silent', 'silent', 'later', 'late', 'off', 'old', 'young'])
    // While nothing changes, no row moves.
    expect(order(NOW + 10_000)).toEqual(order(NOW))
  })
})
