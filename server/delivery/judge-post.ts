import type { Fix, Location, ReportedFix } from '#contracts/location.ts'
import { judgeFix } from '#domain/accept-fix.ts'
import { type ImplausibleReason, withJudged } from '#domain/implausible.ts'
import { isAcceptedAfterEnd } from '#domain/lifecycle.ts'
import { type OptionalField, readFix } from '#domain/read-fix.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDelivery } from './live-deliveries.ts'
import { refuseFarSeqs } from './refuse-far-seq.ts'

export type JudgedPost = {
  accepted: Location[]
  conflicts: Location[]
  duplicates: number
  late: number
  clockReplaced: number
  implausible: ImplausibleReason[]
  dropped: OptionalField[]
}

type Known = {
  receivedAtMs: number
  stored: ReadonlyMap<number, Location>
  /** Such numbers are not a device's own word, and bounded by the time of receipt. */
  numberedByTime?: boolean
}

/**
 * What becomes of each point of a post, by what is known of the delivery: `stored` are those of its numbers that only the
 * database remembers.
 * @throws ProblemError `invalid_body` for a number far beyond the others, or `delivery_ended`
 */
export function judgePost(
  reported: ReportedFix[],
  { record, recent }: LiveDelivery,
  { receivedAtMs, stored, numberedByTime = false }: Known,
): JudgedPost {
  if (!numberedByTime) refuseFarSeqs(reported, recent.lastSeq)
  const { delivery, endedAtMs } = record
  const context = {
    deliveryId: delivery.id,
    createdAtMs: delivery.createdAtMs,
    receivedAtMs,
    ride: delivery,
  }
  const post: JudgedPost = {
    accepted: [],
    conflicts: [],
    duplicates: 0,
    late: 0,
    clockReplaced: 0,
    implausible: [],
    dropped: [],
  }
  const fixes = reported.map((each) => {
    const { fix, dropped } = readFix(each)
    if (dropped.length > 0) post.dropped.push(...dropped)
    return fix
  })
  // Nearly all posts have one point.
  const inThisCall = reported.length > 1 ? new Map<number, Location>() : undefined
  const find = (seq: number) => recent.find(seq) ?? stored.get(seq) ?? inThisCall?.get(seq)
  let { lastSeq, believing } = recent

  for (const fix of stillWelcome(fixes, endedAtMs, receivedAtMs)) {
    const { believed, unbelieved } = believing
    const verdict = judgeFix(fix, { find, lastSeq, believed, unbelieved }, context)
    switch (verdict.kind) {
      case 'accept': {
        const { location, late, clockReplaced, implausible } = verdict
        post.accepted.push(location)
        inThisCall?.set(fix.seq, location)
        lastSeq = Math.max(lastSeq, fix.seq)
        believing = withJudged(believing, location)
        if (late) post.late += 1
        if (clockReplaced) post.clockReplaced += 1
        if (implausible) post.implausible.push(implausible)
        break
      }
      case 'duplicate':
        post.duplicates += 1
        break
      case 'conflict':
        post.conflicts.push(verdict.location)
        break
    }
  }
  return post
}

/**
 * After the end, only points recorded before it are taken, for a rider who was offline then. The device's own time counts
 * for that: an impossible time that is too old was still before the end.
 */
function stillWelcome(fixes: Fix[], endedAtMs: number | null, receivedAtMs: number): Fix[] {
  if (endedAtMs === null) return fixes
  const welcome = fixes.filter((fix) => isAcceptedAfterEnd(fix.recordedAtMs, endedAtMs, receivedAtMs))
  if (welcome.length === 0) {
    throw new ProblemError('delivery_ended', {
      detail: 'The delivery has ended; these points are no longer taken.',
    })
  }
  return welcome
}
