import { setTimeout as delay } from 'node:timers/promises'
import { io } from 'socket.io-client'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { pointAlong } from '#domain/route.ts'
import { createApi, fixAt } from '../../tests/support/api.ts'
import { atEnd } from '../../tests/support/at-end.ts'

/** As the ride that /inside starts, at ×2. */
const SPEED_MPS = 15

export type Crowd = {
  /** From just before each post to the arrival at the customer, ms, since last asked. */
  takeLatencies(): number[]
}

/** So many deliveries, each with a rider who posts a point each `everyMs` and a customer who follows. */
export async function startCrowd(
  url: string,
  { deliveries, everyMs }: { deliveries: number; everyMs: number },
): Promise<Crowd> {
  const api = createApi(url)
  const stopping = new AbortController()
  let latencies: number[] = []

  const ride = async (created: CreateDeliveryAnswer, startInMs: number) => {
    const sentAt = new Map<number, number>()
    const socket = io(`${url}/tracking`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { token: created.customer.token },
    })
    atEnd(async () => void socket.disconnect())
    socket.on('delivery:location', ({ location: { seq } }: { location: { seq: number } }) => {
      const at = sentAt.get(seq)
      if (at !== undefined) latencies.push(performance.now() - at)
      sentAt.delete(seq)
    })
    await delay(startInMs)
    for (let seq = 1; !stopping.signal.aborted; seq += 1) {
      const nextAt = performance.now() + everyMs
      sentAt.set(seq, performance.now())
      const [lat, lng] = pointAlong(created.delivery.route, (seq * everyMs * SPEED_MPS) / 1_000)
      await api.postLocations(created, [fixAt(created, seq, { lat, lng, speedMps: SPEED_MPS })])
      await delay(Math.max(0, nextAt - performance.now()))
    }
  }

  const rides: Promise<void>[] = []
  for (let i = 0; i < deliveries; i += 1) {
    const created = await api.createDelivery()
    await api.postStatus(created, 'picked_up')
    rides.push(ride(created, (i / deliveries) * everyMs))
  }
  atEnd(async () => {
    stopping.abort()
    await Promise.all(rides)
  })
  return {
    takeLatencies() {
      const taken = latencies
      latencies = []
      return taken
    },
  }
}
