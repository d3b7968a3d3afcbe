import type { ApiFailure } from '#app/_http/call-api.ts'
import { problemWords } from '#app/_words/problem-words.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { LocationPost } from '../sending/post-locations.ts'
import type { PostLine, RiderState } from './rider-state.ts'

/** Lines shown; older ones are dropped. */
const LINES = 60

export function withPost(
  state: RiderState,
  { fixes, renumbered, unsendable, nextReportMs, tookMs, failure }: LocationPost,
  maxSeqSent: number,
  nowMs: number,
): Pick<RiderState, 'posts' | 'sent' | 'acknowledged' | 'acknowledgedAtMs' | 'unsendable' | 'askedMs'> {
  const [first, last] = [fixes[0]?.seq ?? 0, fixes.at(-1)?.seq ?? 0]
  const seqs = first === last ? `seq ${first}` : `seq ${first}–${last}`
  const what = fixes.length === 0 ? `${renumbered} renumbered` : seqs
  return {
    posts: prepend(state.posts, { what, tookMs, failure, okStatus: 202 }),
    sent: state.sent + fixes.filter((fix) => fix.seq > maxSeqSent).length,
    acknowledged: state.acknowledged + (failure ? 0 : fixes.length),
    acknowledgedAtMs: failure ? state.acknowledgedAtMs : nowMs,
    unsendable: state.unsendable + unsendable,
    askedMs: nextReportMs,
  }
}

/** A device can report offline while the server still answers, e.g. on the same machine: an answer outweighs that. */
export function sendingAfter({ failure }: LocationPost, deviceOnline: boolean): RiderState['sending'] {
  if (!failure) return 'fine'
  if (failure.status !== null) return 'turned_away'
  return deviceOnline ? 'unreachable' : 'offline'
}

export function withStatusPost(
  state: RiderState,
  status: DeliveryStatus,
  tookMs: number,
  failure: ApiFailure | null,
): Pick<RiderState, 'posts'> {
  return { posts: prepend(state.posts, { what: status, tookMs, failure, okStatus: 200 }) }
}

/** Adds the line of the request that claims the ride for this device. */
export function withClaim(
  state: RiderState,
  { tookMs, failure }: { tookMs: number; failure: ApiFailure | null },
): Pick<RiderState, 'posts'> {
  return { posts: prepend(state.posts, { what: 'device', tookMs, failure, okStatus: 200 }) }
}

export function withFailedStatus(failure: ApiFailure, pinTold = false): Partial<RiderState> {
  const { code, status, triesLeft = 0, retryAfterMs } = failure
  // The dialog that asks for the PIN says it in its own words.
  if (code === 'wrong_pin') {
    const restsUntilMs = retryAfterMs === null ? null : Date.now() + retryAfterMs
    return { pin: { triesLeft, restsUntilMs, wrong: pinTold } }
  }
  if (code === 'delivery_ended' || code === 'unauthenticated' || code === 'forbidden')
    return { refused: { code, status }, sharing: false, riding: false }
  return { trouble: problemWords(failure) }
}

function prepend(
  lines: readonly PostLine[],
  entry: { what: string; tookMs: number; failure: ApiFailure | null; okStatus: number },
): readonly PostLine[] {
  const line: PostLine = {
    id: (lines[0]?.id ?? 0) + 1,
    what: entry.what,
    atMs: Date.now(),
    tookMs: Math.round(entry.tookMs),
    status: entry.failure ? entry.failure.status : entry.okStatus,
    problem: entry.failure
      ? (entry.failure.code ?? (entry.failure.status === null ? 'no answer' : 'failed'))
      : null,
  }
  return [line, ...lines].slice(0, LINES)
}
