import type { ProblemCode } from '#contracts/problem.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { backoffMs } from '../../_http/backoff.ts'
import { callApi } from '../../_http/call-api.ts'
import { pause } from '../../_http/pause.ts'
import { isFinalRefusal } from './refusal.ts'
import type { TrackingMessage } from './tracking-state.ts'

type Input = { deliveryId: string; token: string; code: ProblemCode; signal: AbortSignal }

/** After a refused handshake: what the page should end on. An ended delivery can still be read, without its location. */
export async function fetchFinalState({ deliveryId, token, code, signal }: Input): Promise<TrackingMessage> {
  if (code !== 'delivery_ended') return { type: 'refused', code }
  for (let failures = 1; !signal.aborted; failures++) {
    const answer = await callApi(snapshotSchema, `/api/deliveries/${encodeURIComponent(deliveryId)}`, {
      token,
      signal,
    })
    if (answer.ok) return { type: 'snapshot', snapshot: answer.value }
    if (answer.code && isFinalRefusal(answer.code)) return { type: 'refused', code: answer.code }
    await pause(backoffMs(failures, Math.random, answer.retryAfterMs), signal)
  }
  return { type: 'refused', code }
}
