import { ErrorCode } from '../protocol/errors.ts'
import type { GroupProtocol } from './group-protocol.ts'
import { type JoinResult, refuseSync, type SyncResult } from './join-and-sync.ts'

export interface Member {
  readonly memberId: string
  /** group.instance.id of a static member, which keeps its place across restarts (KIP-345). */
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs: number
  protocols: readonly GroupProtocol[]
  assignment: Buffer
  /** Answers the JoinGroup or SyncGroup that this member has waiting, if any. */
  awaitingJoin: ((result: JoinResult) => void) | undefined
  awaitingSync: ((result: SyncResult) => void) | undefined
  /** Fires when nothing was heard of the member for its session timeout. */
  session: NodeJS.Timeout
}

export function answerJoin(member: Member, result: JoinResult): void {
  const answer = member.awaitingJoin
  member.awaitingJoin = undefined
  answer?.(result)
}

/** Without an error the answer is the member's assignment. */
export function answerSync(member: Member, error: ErrorCode): void {
  const answer = member.awaitingSync
  member.awaitingSync = undefined
  answer?.(error === ErrorCode.NONE ? { error, assignment: member.assignment } : refuseSync(error))
}
