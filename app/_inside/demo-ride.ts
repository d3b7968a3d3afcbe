import { type ApiAnswer, callApi } from '#app/_http/call-api.ts'
import { createServerClock } from '#app/_http/server-clock.ts'
import { createMemoryOutbox, deviceId, type RiderSession, startRiderSession } from '#app/_rider/index.ts'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'

export type DemoRide = { started: CreateDeliveryAnswer; session: RiderSession }

/** A position each second, so that the pictures keep moving. */
const REPORT_EVERY_MS = 1_000
const SPEED_FACTOR = 2

/** Creates a delivery and rides it to the door with the code of the rider's page. The ride ends with this page. */
export async function startDemoRide(): Promise<ApiAnswer<DemoRide>> {
  const clock = createServerClock(Date.now)
  const answer = await callApi(createDeliveryAnswerSchema, '/api/deliveries', {
    method: 'POST',
    body: {},
    clock,
  })
  if (!answer.ok) return answer
  const { delivery, rider } = answer.value
  const session = startRiderSession({
    deliveryId: delivery.id,
    token: rider.token,
    deviceId: deviceId(),
    snapshot: { delivery, lastLocation: null, eta: null, lastSeq: 0 },
    outbox: createMemoryOutbox(),
    clock,
    kept: { read: () => null, keep() {} },
    start: null,
    firstSource: 'simulation',
  })
  session.setIntervalMs(REPORT_EVERY_MS)
  session.setSpeedFactor(SPEED_FACTOR)
  const unsubscribe = session.subscribe(() => {
    const { atDoor, asking, status } = session.get()
    if (!atDoor || asking || status === 'delivered') return
    unsubscribe()
    void session.setStatus('delivered')
  })
  void session.startRide()
  return { ...answer, value: { started: answer.value, session } }
}
