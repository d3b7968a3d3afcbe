import type { ErrorCode } from '../protocol/errors.ts'
import type { GroupProtocol } from './group-protocol.ts'

export interface JoinRequest {
  /** '' for a member that is new to the group. */
  readonly memberId: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly protocolType: string
  readonly protocols: readonly GroupProtocol[]
  /** JoinGroup 4 and later: a new member is first given its id, and joins with it (KIP-394). */
  readonly requireKnownMemberId: boolean
}

export interface JoinResult {
  readonly error: ErrorCode
  readonly generationId: number
  readonly protocolName: string
  readonly leaderId: string
  readonly memberId: string
  /** Only the leader is told who else is there: it divides the partitions. */
  readonly members: readonly { memberId: string; instanceId: string | null; metadata: Buffer }[]
}

export interface SyncResult {
  readonly error: ErrorCode
  readonly assignment: Buffer
}

export const NO_ASSIGNMENT: Buffer = Buffer.alloc(0)

export function refuseJoin(memberId: string, error: ErrorCode): JoinResult {
  return { error, generationId: -1, protocolName: '', leaderId: '', memberId, members: [] }
}

export function refuseSync(error: ErrorCode): SyncResult {
  return { error, assignment: NO_ASSIGNMENT }
}
