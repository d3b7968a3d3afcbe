import { MAX_RIDE_SEQ, MAX_SEQ_AHEAD } from '#contracts/location.ts'
import { ProblemError } from '../ground/problem-error.ts'

const mostSeq = (lastSeq: number): number => Math.min(MAX_RIDE_SEQ, lastSeq + MAX_SEQ_AHEAD)

/**
 * A number far beyond the others would stay the newest for good, and all points after it would count as late.
 * @throws ProblemError `invalid_body`
 */
export function refuseFarSeq(seq: number, field: string, lastSeq: number): void {
  const most = mostSeq(lastSeq)
  if (seq <= most) return
  throw new ProblemError('invalid_body', {
    detail: `The newest number known here is ${lastSeq}: one may go up to ${most}.`,
    field,
  })
}

/** The same of each number of a post. */
export function refuseFarSeqs(reported: readonly { seq: number }[], lastSeq: number): void {
  const most = mostSeq(lastSeq)
  const far = reported.findIndex(({ seq }) => seq > most)
  if (far >= 0) refuseFarSeq(reported[far]?.seq ?? 0, `locations.${far}.seq`, lastSeq)
}
