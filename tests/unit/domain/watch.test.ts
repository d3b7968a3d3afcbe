import { describe, expect, it } from 'vitest'
import { noticesOf, TOLD_NOTHING, type Told, type Watched } from '#domain/watch.ts'

const NOW = 1_764_403_200_000
const DOOR = { lat: 52.489, lng: 13.3942 }
const delivery: Watched = {
  id: 'd1',
  status: 'picked_up',
  statusAtMs: NOW - 600_000,
  createdAtMs: NOW - 900_000,
  promisedAtMs: null,
  destination: DOOR,
  visibleFromSeq: 5,
  visibleSeqTold: true,
  pickedUpAtMs: NOW - 600_000,
}
const at = (degreesNorth: number, more: object = {}) => ({
  deliveryId: 'd1',
  seq: 9,
  lat: DOOR.lat + degreesNorth,
  lng: DOOR.lng,
  recordedAtMs: NOW - 3_000,
  receivedAtMs: NOW - 2_000,
  ...more,
})
const looking = (more: object = {}) => ({
  ...{ told: TOLD_NOTHING, lastLocation: at(0.02), nowMs: NOW, heardSinceMs: NOW - 3_600_000, nearM: 1_000 },
  ...more,
})
const types = (watched: Partial<Watched>, more: object = {}) =>
  noticesOf({ ...delivery, ...watched }, looking(more)).map(({ type }) => type.replace('delivery.', ''))
const told = (more: object): Told => ({ ...TOLD_NOTHING, ...more })

describe('[HOOK13] near', () => {
  it('within the distance, by a position that is known to within it, and once', () => {
    expect(types({}, { lastLocation: at(0.0091) })).toEqual([])
    expect(types({}, { lastLocation: at(0.0089) })).toEqual(['near'])
    expect(types({}, { lastLocation: at(0.0089), nearM: 500 })).toEqual([])
    expect(types({}, { lastLocation: at(0.0089, { accuracyM: 1_001 }) })).toEqual([])
    expect(types({}, { lastLocation: at(0.0089), told: told({ 'delivery.near': 1 }) })).toEqual([])
  })
  it('not of a rider who is still to fetch the order, nor by where they were before the pick-up', () => {
    expect(types({ status: 'accepted' }, { lastLocation: at(0.001) })).toEqual([])
    expect(types({}, { lastLocation: at(0.001, { seq: 4 }) })).toEqual([])
  })
})

describe('[HOOK14] late', () => {
  it('once the promise has passed, in every status, as of that time', () => {
    expect(types({ promisedAtMs: NOW })).toEqual([])
    for (const status of ['accepted', 'picked_up', 'arriving'] as const)
      expect(noticesOf({ ...delivery, status, promisedAtMs: NOW - 10 }, looking())).toEqual([
        { type: 'delivery.late', nth: 1, atMs: NOW - 10 },
      ])
    expect(types({ promisedAtMs: NOW - 10 }, { told: told({ 'delivery.late': 1 }) })).toEqual([])
  })
  it('not before there was an order', () => {
    const [late] = noticesOf({ ...delivery, promisedAtMs: 1 }, looking())
    expect(late?.atMs).toBe(delivery.createdAtMs)
  })
})

describe('[HOOK15] silent and back', () => {
  const heardAt = (ms: number) => ({ lastLocation: at(0.02, { receivedAtMs: NOW - ms }) })
  it('after a minute without a sign; the pick-up is one', () => {
    expect(types({}, heardAt(59_999))).toEqual([])
    expect(types({}, heardAt(60_000))).toEqual(['silent'])
    expect(types({}, { lastLocation: null })).toEqual(['silent'])
    expect(types({ statusAtMs: NOW - 59_999 }, { lastLocation: null })).toEqual([])
    expect(types({ status: 'accepted' }, heardAt(60_000))).toEqual([])
  })
  it('takes turns, numbered', () => {
    const silent = { told: told({ 'delivery.silent': 2, 'delivery.back': 1 }) }
    expect(types({}, { ...heardAt(60_000), ...silent })).toEqual([])
    expect(noticesOf(delivery, looking({ ...heardAt(5_000), ...silent }))).toEqual([
      { type: 'delivery.back', nth: 2, atMs: NOW },
    ])
  })
  it('counts no time in which nothing could be heard, and ends no silence for it', () => {
    expect(types({}, { ...heardAt(300_000), heardSinceMs: NOW - 59_999 })).toEqual([])
    expect(types({}, { ...heardAt(300_000), heardSinceMs: NOW - 60_000 })).toEqual(['silent'])
    expect(types({}, { ...heardAt(300_000), heardSinceMs: null })).toEqual([])
    const silent = { told: told({ 'delivery.silent': 1 }) }
    expect(types({}, { ...heardAt(300_000), heardSinceMs: NOW - 10, ...silent })).toEqual([])
  })
})
