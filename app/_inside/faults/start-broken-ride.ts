import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { openKeptRide } from '#app/_rider/index.ts'
import { type CreateDeliveryAnswer, type PostStatusBody, postStatusAnswerSchema } from '#contracts/http.ts'
import { type DemoRide, startDemoRide } from '../demo-ride.ts'
import type { CallResult, InsideSocket } from '../inside-socket.ts'

/** The delivery to break things for, and further riders: one alone would rarely fail three times in a row. */
export type BrokenRide = CreateDeliveryAnswer & { fellows: DemoRide[] }

const FELLOWS = 2
/** Makes the rider's page start as after a reload: in the middle of a ride, with a position each second. */
const UNDER_WAY = {
  sharing: true,
  riding: true,
  source: 'simulation',
  speedFactor: 2,
  intervalMs: 1_000,
} as const

/** Creates a delivery that is picked up already. The rider's page rides on its own once it is opened. */
export async function startBrokenRide(socket: InsideSocket): Promise<CallResult<BrokenRide>> {
  const started = await socket.call('faults:ride', {})
  if (!started.ok) return started
  const picked = await postStatus(started.value, 'picked_up')
  if (!picked.ok) return picked
  openKeptRide(started.value.delivery.id).keep(UNDER_WAY)
  const fellows = await Promise.all(Array.from({ length: FELLOWS }, startDemoRide))
  return {
    ok: true,
    value: { ...started.value, fellows: fellows.flatMap((each) => (each.ok ? [each.value] : [])) },
  }
}

/** Stops all riders and cancels their deliveries. */
export async function endBrokenRide(ride: BrokenRide): Promise<void> {
  for (const { session } of ride.fellows) session.stop()
  const starts = [ride, ...ride.fellows.map(({ started }) => started)]
  await Promise.all(starts.map((started) => postStatus(started, 'cancelled')))
}

function postStatus({ delivery, rider }: CreateDeliveryAnswer, status: PostStatusBody['status']) {
  return callApi(postStatusAnswerSchema, deliveryPath(delivery.id, '/status'), {
    method: 'POST',
    token: rider.token,
    body: { status } satisfies PostStatusBody,
  })
}
