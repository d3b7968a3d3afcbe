import { backoffMs } from '#app/_http/backoff.ts'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { hasExpired } from '#app/_http/link-expiry.ts'
import { pause } from '#app/_http/pause.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import type { TrackingMessage } from '../state/tracking-state.ts'
import { isFinalRefusal } from './refusal.ts'

type Input = { deliveryId: string; token: string; code: ProblemCode; clock: ServerClock; signal: AbortSignal }

/** The state that the page ends in after a refused handshake. An ended delivery can still be read, without its location. */
export async function fetchFinalState({
  deliveryId,
  token,
  code,
  clock,
  signal,
}: Input): Promise<TrackingMessage> {
  const refused = (why: ProblemCode): TrackingMessage => ({
    type: 'refused',
    code: why,
    expired: hasExpired(token, clock.nowMs()),
  })
  if (code !== 'delivery_ended') return refused(code)
  for (let failures = 1; !signal.aborted; failures++) {
    const answer = await callApi(snapshotSchema, deliveryPath(deliveryId), {
      token,
      signal,
    })
    if (answer.ok) return { type: 'snapshot', snapshot: answer.value }
    if (answer.code && isFinalRefusal(answer.code)) return refused(answer.code)
    await pause(backoffMs(failures, Math.random, answer.retryAfterMs), signal)
  }
  return refused(code)
}
