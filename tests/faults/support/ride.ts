import { setTimeout as delay } from 'node:timers/promises'
import { type CreateDeliveryAnswer, MAX_FIXES_PER_POST } from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'
import { createApi, fixAt } from '../../support/api.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'

/** A pause after a failed post; the rider's page waits longer. */
const AGAIN_AFTER_MS = 200
/** A rider looks so often in the time from one point to the next. */
const LOOKS = 10
export const BEFORE_THE_FAULT = { withinMs: 60_000, what: 'a delivery before anything is broken' }

export type Ride = {
  created: CreateDeliveryAnswer
  /** When each point was made, by seq, epoch ms. */
  madeAtMs: Map<number, number>
  /** What a 202 has answered for. */
  acknowledged: Set<number>
  /** How often each status was the answer; `none` for no answer at all. */
  answers: Map<number | 'none', number>
  /** Why there was no answer at all, by the code of each failure. */
  failures: Set<string>
  /** The longest that a post took to be answered, ms; and how many answers other than 202 had no Retry-After. */
  slowestMs(): number
  withoutRetryAfter(): number
  /** How long each 202 took, ms. */
  tookMs: number[]
  /** No more points from now on; resolves once all that were made are acknowledged. */
  finish(withinMs: number): Promise<void>
}

/**
 * A rider as the brief has it: a point every so often, each kept until a 202 has answered for it, oldest first. `urls`
 * are the instances a gateway chooses from, in turn.
 */
export async function startRide({
  urls,
  everyMs,
  onAcknowledged = () => {},
  online = () => true,
}: {
  urls: () => readonly string[]
  everyMs: number
  onAcknowledged?: (() => void) | undefined
  online?: () => boolean
}): Promise<Ride> {
  // Everybody begins somewhere else, as behind a balancer.
  let turn = Math.floor(Math.random() * 1_000)
  const api = () => createApi(urls()[turn % urls().length] as string)
  // On a machine with more to do than it can, the database may be told "later" before anything is broken.
  const created = await pollUntil(() => api().createDelivery(), BEFORE_THE_FAULT)
  await pollUntil(async () => (await api().postStatus(created, 'picked_up')).ok, BEFORE_THE_FAULT)

  const waiting: Fix[] = []
  const madeAtMs = new Map<number, number>()
  const acknowledged = new Set<number>()
  const answers = new Map<number | 'none', number>()
  const failures = new Set<string>()
  let slowestMs = 0
  let withoutRetryAfter = 0
  const tookMs: number[] = []
  const making = setInterval(() => {
    const fix = fixAt(created, madeAtMs.size + 1)
    madeAtMs.set(fix.seq, fix.recordedAtMs)
    waiting.push(fix)
  }, everyMs)
  let over = false
  const stop = () => {
    over = true
    clearInterval(making)
  }
  atEnd(stop)

  async function post(): Promise<void> {
    const batch = waiting.slice(0, MAX_FIXES_PER_POST)
    const startedMs = performance.now()
    const answer = await api()
      .postLocations(created, batch)
      .then(async (response) => {
        await response.arrayBuffer()
        return response
      })
      .catch((error: Error & { cause?: { code?: string } }) => {
        failures.add(error.cause?.code ?? error.message)
        return null
      })
    turn += 1
    const status = answer?.status ?? 'none'
    answers.set(status, (answers.get(status) ?? 0) + 1)
    if (answer) slowestMs = Math.max(slowestMs, performance.now() - startedMs)
    if (status === 202) {
      tookMs.push(performance.now() - startedMs)
      for (const { seq } of waiting.splice(0, batch.length)) acknowledged.add(seq)
      onAcknowledged()
      return
    }
    if (answer && !answer.headers.has('retry-after')) withoutRetryAfter += 1
    // The pace of a rider's page, not a wait for something.
    await delay(AGAIN_AFTER_MS * (0.5 + Math.random()))
  }
  void (async () => {
    while (!over) {
      if (waiting.length > 0 && online()) await post()
      else await delay(everyMs / LOOKS)
    }
  })()

  return {
    created,
    madeAtMs,
    acknowledged,
    answers,
    failures,
    slowestMs: () => Math.round(slowestMs),
    withoutRetryAfter: () => withoutRetryAfter,
    tookMs,
    async finish(withinMs) {
      clearInterval(making)
      await pollUntil(() => waiting.length === 0, {
        withinMs,
        what: 'every point that was made, acknowledged',
      })
      stop()
    },
  }
}
