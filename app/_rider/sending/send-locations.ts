import { backoffMs } from '#app/_http/backoff.ts'
import { type ApiFailure, callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { pause } from '#app/_http/pause.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { MAX_FIXES_PER_POST, type PostDeviceBody, postDeviceAnswerSchema } from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { isFinal } from './judge-failure.ts'
import { type LocationPost, postLocations } from './post-locations.ts'

export type SenderDeps = {
  deliveryId: string
  token: string
  deviceId: string
  outbox: Outbox
  /** Every answer also says what time it is. */
  clock: ServerClock
  onPost(post: LocationPost): void
  onClaim(claim: { tookMs: number; failure: ApiFailure | null }): void
  /** Another device rides now. Waiting points are kept; nothing is sent until this device claims the ride again. */
  onOtherDevice(): void
  /** The server will never take these points: the delivery has ended or the link does not work. Sending stops. */
  onRefused(failure: ApiFailure): void
}
export type Sender = {
  wake(): void
  retryNow(): void
  /** Claims the ride for this device before anything else is sent. */
  claim(): void
  stop(): void
}

/** A backlog goes out at no more than ten batches a second, well below what the server allows one token. */
const BETWEEN_POSTS_MS = 100

/**
 * Step 1 of a location's way from the rider to the customer: out of the rider's outbox, over HTTP, to the server.
 *
 * One POST at a time, oldest points first, up to 100 in each. A point leaves the outbox only when a 202 says that the
 * server's log has it; until then it is sent again, later and later. So nothing is lost, and what arrives twice is
 * recognised by its seq.
 */
export function startSending(deps: SenderDeps): Sender {
  const { outbox } = deps
  const stopping = new AbortController()
  let failures = 0
  let mustClaim = false
  let isElsewhere = false
  let wakeUp = () => {}
  let cutWait = () => {}
  void run()

  async function run() {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wakeUp = resolve
      })
      const fixes = isElsewhere ? [] : outbox.oldest(MAX_FIXES_PER_POST)
      if (!mustClaim && fixes.length === 0) {
        await woken
        continue
      }
      const failure = await (mustClaim ? claim() : send(fixes))
      if (stopping.signal.aborted) return
      if (!failure) {
        failures = 0
        await pause(BETWEEN_POSTS_MS, stopping.signal)
      } else if (failure.code === 'other_device') {
        isElsewhere = true
        deps.onOtherDevice()
      } else if (isFinal(failure)) {
        return deps.onRefused(failure)
      } else {
        failures++
        await waitOrCut(backoffMs(failures, Math.random, failure.retryAfterMs))
      }
    }
  }

  async function claim(): Promise<ApiFailure | null> {
    const startedMs = performance.now()
    const path = deliveryPath(deps.deliveryId, '/device')
    const answer = await callApi(postDeviceAnswerSchema, path, {
      method: 'POST',
      token: deps.token,
      signal: stopping.signal,
      clock: deps.clock,
      body: { deviceId: deps.deviceId } satisfies PostDeviceBody,
    })
    if (answer.ok) mustClaim = false
    const failure = answer.ok ? null : answer
    if (!stopping.signal.aborted) deps.onClaim({ tookMs: performance.now() - startedMs, failure })
    return failure
  }

  async function send(fixes: Fix[]): Promise<ApiFailure | null> {
    const post = await postLocations(fixes, { ...deps, signal: stopping.signal })
    if (!post) return null
    deps.onPost(post)
    // The refused point is gone: send the others at once.
    return post.unsendable > 0 ? null : post.failure
  }

  async function waitOrCut(ms: number) {
    const cut = new AbortController()
    cutWait = () => cut.abort()
    await pause(ms, AbortSignal.any([cut.signal, stopping.signal]))
  }

  return {
    /** Tells that there is a new point. Does not shorten a wait after a failure. */
    wake: () => wakeUp(),
    /** Back online: resets the backoff and retries now. */
    retryNow() {
      failures = 0
      cutWait()
    },
    claim() {
      mustClaim = true
      isElsewhere = false
      failures = 0
      wakeUp()
      cutWait()
    },
    stop() {
      stopping.abort()
      wakeUp()
    },
  }
}
