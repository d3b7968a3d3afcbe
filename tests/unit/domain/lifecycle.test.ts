import { describe, expect, it } from 'vitest'
import { type DeliveryStatus, deliveryStatusSchema } from '#contracts/delivery.ts'
import {
  ARRIVING_WITHIN_M,
  decideTransition,
  isAcceptedAfterEnd,
  isArriving,
  isEnded,
  isVisibleToCustomer,
  LATE_UPLOAD_MS,
  type Transition,
} from '#domain/lifecycle.ts'
import { pointAlong } from '#domain/route.ts'

const statuses = deliveryStatusSchema.options

describe('statuses', () => {
  it('[LIFE1] delivered, cancelled and failed are the ends', () => {
    expect(statuses.filter(isEnded)).toEqual(['delivered', 'cancelled', 'failed'])
  })

  it('[VIS1] a customer sees the rider while picked up or arriving, and only then', () => {
    expect(statuses.filter(isVisibleToCustomer)).toEqual(['picked_up', 'arriving'])
  })
})

describe("a rider's request", () => {
  /** Rows: from. Columns in the order of the schema: accepted, picked_up, arriving, delivered, cancelled, failed. */
  const table: Record<DeliveryStatus, Transition[]> = {
    accepted: ['same', 'legal', 'illegal', 'illegal', 'legal', 'illegal'],
    picked_up: ['illegal', 'same', 'illegal', 'legal', 'legal', 'legal'],
    arriving: ['illegal', 'illegal', 'same', 'legal', 'legal', 'legal'],
    delivered: ['ended', 'ended', 'ended', 'ended', 'ended', 'ended'],
    cancelled: ['ended', 'ended', 'ended', 'ended', 'ended', 'ended'],
    failed: ['ended', 'ended', 'ended', 'ended', 'ended', 'ended'],
  }
  const cells = statuses.flatMap((from) => statuses.map((to, i) => [from, to, table[from][i]] as const))

  it.each(cells)('[LIFE2] from %s to %s is %s', (from, to, expected) => {
    expect(decideTransition(from, to)).toBe(expected)
  })
})

describe('arriving', () => {
  const destination = { name: 'home', lat: 37.5, lng: 127 }
  const north = (metres: number, accuracyM?: number) => {
    const way: [number, number][] = [
      [37.5, 127],
      [37.6, 127],
    ]
    const [lat, lng] = pointAlong(way, metres)
    return { lat, lng, ...(accuracyM !== undefined && { accuracyM }) }
  }

  it('[LIFE3] is being within 200 m of the destination', () => {
    expect(ARRIVING_WITHIN_M).toBe(200)
    expect(isArriving(north(0), destination)).toBe(true)
    expect(isArriving(north(199.9), destination)).toBe(true)
    expect(isArriving(north(200.1), destination)).toBe(false)
  })

  it.each([
    [undefined, true],
    [8, true],
    [200, true],
    [201, false],
    [100_000, false],
  ])('[LIFE3] R5: a position read to within %s m at the door: arriving %s', (accuracyM, expected) => {
    expect(isArriving(north(10, accuracyM), destination)).toBe(expected)
  })
})

describe('points that come after the end', () => {
  const endedAtMs = 1_700_000_000_000

  it.each([
    ['recorded before, sent at once', -1, 1, true],
    ['recorded at the end itself', 0, 1, true],
    ['recorded after it', 1, 1, false],
    ['sent just within the hour', -1, LATE_UPLOAD_MS, true],
    ['sent after the hour', -1, LATE_UPLOAD_MS + 1, false],
  ])('[LIFE4] %s', (_name, recordedMs, nowMs, expected) => {
    expect(isAcceptedAfterEnd(endedAtMs + recordedMs, endedAtMs, endedAtMs + nowMs)).toBe(expected)
  })
})
