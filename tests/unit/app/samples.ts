import type { Delivery, DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Snapshot } from '#contracts/snapshot.ts'

/** About 500 m east, then 500 m north. */
export const ROUTE: Delivery['route'] = [
  [37.5, 127],
  [37.5, 127.00567],
  [37.5045, 127.00567],
]

export function delivery(status: DeliveryStatus): Delivery {
  return {
    id: 'd1',
    status,
    store: { name: 'Store', lat: 37.5, lng: 127 },
    destination: { name: 'Home', lat: 37.5045, lng: 127.00567 },
    rider: { name: 'Han' },
    route: ROUTE,
    routed: true,
    createdAtMs: 0,
    statusAtMs: 1_000,
  }
}

export function location(seq: number, change: Partial<Location> = {}): Location {
  const recordedAtMs = 100_000 + seq * 5_000
  return {
    deliveryId: 'd1',
    seq,
    lat: 37.5,
    lng: 127 + seq * 0.0003,
    recordedAtMs,
    receivedAtMs: recordedAtMs + 50,
    ...change,
  }
}

export function snapshot(status: DeliveryStatus, last: Location | null = null): Snapshot {
  return {
    delivery: delivery(status),
    lastLocation: last,
    eta: last && { fromMs: last.seq * 1_000, toMs: last.seq * 2_000 },
    lastSeq: last?.seq ?? 0,
  }
}
