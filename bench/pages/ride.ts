import type { LatLng } from '#contracts/place.ts'
import { pointAlong, routeLengthM } from '#domain/route.ts'
import { createApi } from '../../tests/support/api.ts'
import { atEnd } from '../../tests/support/at-end.ts'

const METRES_A_SECOND = 8
const REPORT_EVERY_MS = 1_000

export type Ride = {
  /** Whole addresses, with their tokens. */
  customer: string
  rider: string
  /** Reports a position each second along the planned way, until it is called to stop or stands at the door. */
  stop(): void
}

/** A delivery that is picked up and on its way. */
export async function startRide(url: string): Promise<Ride> {
  const api = createApi(url)
  const created = await api.createPickedUp()
  const route: LatLng[] = created.delivery.route
  // Before the door: within 200 m the delivery would change its state in the middle of a measurement.
  const farthestM = routeLengthM(route) - 300
  let seq = 0
  async function report() {
    seq += 1
    const [lat, lng] = pointAlong(route, Math.min(seq * METRES_A_SECOND, farthestM))
    const fix = { seq, lat, lng, recordedAtMs: Date.now(), accuracyM: 6, speedMps: METRES_A_SECOND }
    await api.postLocations(created, [fix])
  }
  for (let first = 0; first < 5; first += 1) await report()
  const timer = setInterval(() => void report().catch(console.warn), REPORT_EVERY_MS)
  const stop = () => clearInterval(timer)
  atEnd(stop)
  return {
    customer: url + created.customer.url,
    rider: url + created.rider.url,
    stop,
  }
}
