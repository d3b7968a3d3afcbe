import { backoffMs } from '#app/_http/backoff.ts'
import { type ApiAnswer, callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { pause } from '#app/_http/pause.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { type ListLocationsAnswer, listLocationsAnswerSchema } from '#contracts/http.ts'
import type { TrackingMessage } from '../state/tracking-state.ts'
import { isFinalRefusal } from './refusal.ts'

/**
 * Waits before each request. The first is short: after a reconnect the server often sends what was missed. The others
 * allow for the history being written a moment after the push.
 */
const WAITS_MS = [300, 1_500, 4_000]

type Input = {
  deliveryId: string
  token: string
  afterSeq: number
  clock: ServerClock
  signal: AbortSignal
  dispatch: (message: TrackingMessage) => void
}

/** Reads the history after a seq until the caller aborts because the gap is filled, or all attempts are used. */
export async function fillGap({ signal, dispatch, afterSeq, ...input }: Input): Promise<void> {
  for (const waitMs of WAITS_MS) {
    await pause(waitMs, signal)
    await readPages({ ...input, afterSeq, signal, dispatch })
    if (signal.aborted) return
  }
  dispatch({ type: 'gap_abandoned', afterSeq })
}

async function readPages({ deliveryId, token, afterSeq, clock, signal, dispatch }: Input): Promise<void> {
  let failures = 0
  let after: number | null = afterSeq
  const base = deliveryPath(deliveryId, '/locations')
  while (after !== null && !signal.aborted) {
    const answer: ApiAnswer<ListLocationsAnswer> = await callApi(
      listLocationsAnswerSchema,
      `${base}?afterSeq=${after}`,
      { token, signal, clock },
    )
    if (signal.aborted) return
    if (answer.ok) {
      dispatch({ type: 'backfill', afterSeq: after, locations: answer.value.locations })
      after = answer.value.nextAfterSeq
      failures = 0
    } else {
      // The link no longer works: the socket is told the same, and the page says so.
      if (answer.code && isFinalRefusal(answer.code)) return
      failures++
      await pause(backoffMs(failures, Math.random, answer.retryAfterMs), signal)
    }
  }
}
