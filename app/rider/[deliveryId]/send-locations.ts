import {
  MAX_FIXES_PER_POST,
  type PostLocationsBody,
  postLocationsAnswerSchema,
  SENT_AT_HEADER,
} from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'
import { backoffMs } from '../../_http/backoff.ts'
import { type ApiFailure, callApi } from '../../_http/call-api.ts'
import { pause } from '../../_http/pause.ts'
import type { ServerClock } from '../../_http/server-clock.ts'
import type { Outbox } from './outbox.ts'

/** One POST of locations and what came of it. */
export type LocationPost = { fixes: Fix[]; tookMs: number; failure: ApiFailure | null }

export type SenderDeps = {
  deliveryId: string
  token: string
  outbox: Outbox
  /** Every answer also says what time it is. */
  clock: ServerClock
  onPost(post: LocationPost): void
  /** The server will never take these points: the delivery has ended, or the link does not work. Nothing is sent any more. */
  onRefused(failure: ApiFailure): void
}
export type Sender = { wake(): void; retryNow(): void; stop(): void }

/** A backlog goes out at no more than ten batches a second, well below what the server allows one token. */
const BETWEEN_POSTS_MS = 100

/**
 * Step 1 of a location's way from the rider to the customer: out of the rider's outbox, over HTTP, to the server.
 *
 * One POST at a time, oldest points first, up to 100 in each. A point leaves the outbox only when a 202 says that the
 * server's log has it; until then it is sent again, later and later. So nothing is lost, and what arrives twice is
 * recognised by its seq.
 */
export function startSending({ deliveryId, token, outbox, clock, onPost, onRefused }: SenderDeps): Sender {
  const path = `/api/deliveries/${encodeURIComponent(deliveryId)}/locations`
  const stopping = new AbortController()
  let failures = 0
  let wakeUp = () => {}
  let cutWait = () => {}
  run().catch((cause: unknown) => {
    console.error('Sending has stopped', cause)
    const detail = 'The positions kept on this device cannot be read.'
    onRefused({ ok: false, status: null, code: null, detail, retryAfterMs: null })
  })

  async function run() {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve
      })
      const fixes = await outbox.oldest(MAX_FIXES_PER_POST)
      if (fixes.length === 0) {
        await woken
        continue
      }
      const startedMs = performance.now()
      const failure = await post(fixes)
      const tookMs = performance.now() - startedMs
      if (stopping.signal.aborted) return
      if (!failure) await outbox.remove(fixes)
      onPost({ fixes, tookMs, failure })
      if (!failure) {
        failures = 0
        await pause(BETWEEN_POSTS_MS, stopping.signal)
      } else if (isFinal(failure)) {
        return onRefused(failure)
      } else {
        failures++
        await waitOrCut(backoffMs(failures, Math.random, failure.retryAfterMs))
      }
    }
  }

  async function post(fixes: Fix[]): Promise<ApiFailure | null> {
    const answer = await callApi(postLocationsAnswerSchema, path, {
      method: 'POST',
      token,
      body: { locations: fixes } satisfies PostLocationsBody,
      headers: { [SENT_AT_HEADER]: String(clock.nowMs()) },
      signal: stopping.signal,
      clock,
    })
    return answer.ok ? null : answer
  }

  async function waitOrCut(ms: number) {
    const cut = new AbortController()
    cutWait = () => cut.abort()
    await pause(ms, AbortSignal.any([cut.signal, stopping.signal]))
  }

  return {
    /** There is a new point. Does not shorten a wait after a failure. */
    wake: () => wakeUp(),
    /** The network is back: no reason to wait any longer, nor long should it need a moment to carry. */
    retryNow() {
      failures = 0
      cutWait()
    },
    stop() {
      stopping.abort()
      wakeUp()
    },
  }
}

/** Our own fault or the end: the same request would be answered the same way for ever. */
export function isFinal({ status }: ApiFailure): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
}
