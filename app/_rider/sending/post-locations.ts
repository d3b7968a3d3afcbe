import { type ApiAnswer, type ApiFailure, callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import {
  type PostLocationsAnswer,
  type PostLocationsBody,
  postLocationsAnswerSchema,
  RIDER_DEVICE_HEADER,
  SENT_AT_HEADER,
} from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { unsendableOf } from './judge-failure.ts'

/** One POST of locations and its result. */
export type LocationPost = {
  /** The points that the server has now; after a failure, all that were sent. */
  fixes: Fix[]
  /** How many points had a seq that the server holds for another point; they are sent again under new ones. */
  renumbered: number
  /** How many points the server will never take; they are dropped. */
  unsendable: number
  /** In how many milliseconds the server wants the next report; null: as this page sees fit. */
  nextReportMs: number | null
  tookMs: number
  failure: ApiFailure | null
}

type Input = {
  deliveryId: string
  token: string
  deviceId: string
  outbox: Outbox
  clock: ServerClock
  signal: AbortSignal
}

/** Posts these points once and removes from the outbox what the answer settles. Returns null when aborted. */
export async function postLocations(
  fixes: Fix[],
  { deliveryId, token, deviceId, outbox, clock, signal }: Input,
): Promise<LocationPost | null> {
  const startedMs = performance.now()
  const path = deliveryPath(deliveryId, '/locations')
  const answer = await callApi(postLocationsAnswerSchema, path, {
    method: 'POST',
    token,
    signal,
    clock,
    body: { locations: fixes } satisfies PostLocationsBody,
    headers: { [SENT_AT_HEADER]: String(clock.nowMs()), [RIDER_DEVICE_HEADER]: deviceId },
  })
  if (signal.aborted) return null
  return { ...settle(fixes, answer, outbox), tookMs: performance.now() - startedMs }
}

function settle(
  fixes: Fix[],
  answer: ApiAnswer<PostLocationsAnswer>,
  outbox: Outbox,
): Omit<LocationPost, 'tookMs'> {
  if (!answer.ok) {
    const unsendable = unsendableOf(fixes, answer)
    if (unsendable) outbox.remove([unsendable.seq])
    return { fixes, renumbered: 0, unsendable: unsendable ? 1 : 0, nextReportMs: null, failure: answer }
  }
  const { conflicts = [], lastSeq, nextReportMs = null } = answer.value
  const taken = fixes.filter(({ seq }) => !conflicts.includes(seq))
  outbox.raise(lastSeq)
  outbox.remove(taken.map(({ seq }) => seq))
  if (conflicts.length > 0) outbox.renumber(conflicts)
  return { fixes: taken, renumbered: conflicts.length, unsendable: 0, nextReportMs, failure: null }
}
