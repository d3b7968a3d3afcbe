import { ErrorCode } from '../protocol/errors.ts'
import { metadataFor } from './group-protocol.ts'
import type { GroupState } from './group-state.ts'
import { type JoinRequest, type JoinResult, refuseSync, type SyncResult } from './join-and-sync.ts'
import { Joining } from './joining.ts'
import type { Member } from './member.ts'
import { Rebalance } from './rebalance.ts'
import { Roster } from './roster.ts'

export interface GroupLimits {
  readonly initialRebalanceDelayMs: number
  readonly maxSize: number
}

/**
 * A consumer group as its coordinator sees it. The broker only keeps the roll: it collects who is there (JoinGroup),
 * lets the members' leader divide the partitions, hands the result round (SyncGroup), and starts over whenever
 * somebody comes or goes. https://cwiki.apache.org/confluence/x/foynAw (Kafka Client-side Assignment Proposal)
 */
export class Group {
  readonly groupId: string
  readonly #roster: Roster
  readonly #rebalance: Rebalance
  readonly #joining: Joining

  constructor(groupId: string, { initialRebalanceDelayMs, maxSize }: GroupLimits) {
    this.groupId = groupId
    this.#roster = new Roster({
      onSilent: (member) => this.#remove(member),
      onPromiseLapsed: () => this.#rebalance.completeJoinIfAllArrived(),
    })
    this.#rebalance = new Rebalance(this.#roster, initialRebalanceDelayMs)
    this.#joining = new Joining(this.#roster, this.#rebalance, maxSize)
  }

  get state(): GroupState['name'] {
    return this.#rebalance.state
  }

  get protocolType(): string {
    return this.#roster.protocolType
  }

  get protocolName(): string {
    return this.#rebalance.protocolName
  }

  get members(): readonly Member[] {
    return this.#roster.members
  }

  /** Nobody is in it and nobody is about to be. */
  get isVacant(): boolean {
    return this.state === 'Empty' && !this.#roster.hasPromised
  }

  get emptySince(): number {
    return this.#rebalance.emptySince
  }

  metadataOf(member: Member): Buffer {
    return metadataFor(member, this.protocolName)
  }

  join(request: JoinRequest): Promise<JoinResult> | JoinResult {
    return this.#joining.join(request)
  }

  sync(
    memberId: string,
    instanceId: string | null,
    generationId: number,
    assignments: ReadonlyMap<string, Buffer>,
  ): Promise<SyncResult> | SyncResult {
    const member = this.#present(memberId, instanceId, generationId)
    return typeof member === 'number' ? refuseSync(member) : this.#rebalance.sync(member, assignments)
  }

  heartbeat(memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    const member = this.#present(memberId, instanceId, generationId)
    if (typeof member === 'number') return member
    this.#roster.restartSession(member)
    return this.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
  }

  leave(memberId: string, instanceId: string | null): ErrorCode {
    if (this.#roster.takePromise(memberId)) {
      this.#rebalance.completeJoinIfAllArrived()
      return ErrorCode.NONE
    }
    // An administrator removes a static member by its instance id alone.
    const member =
      memberId === '' && instanceId !== null
        ? this.#roster.byInstance(instanceId)
        : this.#roster.find(memberId, instanceId)
    if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    if (typeof member === 'number') return member
    this.#remove(member)
    return ErrorCode.NONE
  }

  /** For an OffsetCommit: one from an earlier generation may not be stored, its partitions have new owners. */
  checkCommit(memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    // A client without a generation assigns its own partitions, which it may if no group is at work.
    if (generationId < 0 && this.#roster.isEmpty) return ErrorCode.NONE
    const member = this.#present(memberId, instanceId, generationId)
    if (typeof member === 'number') return member
    if (this.state === 'CompletingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS
    this.#roster.restartSession(member)
    return ErrorCode.NONE
  }

  /** The member, if it belongs to the present generation. */
  #present(memberId: string, instanceId: string | null, generationId: number): Member | ErrorCode {
    const member = this.#roster.find(memberId, instanceId)
    if (typeof member === 'number') return member
    return generationId === this.#rebalance.generationId ? member : ErrorCode.ILLEGAL_GENERATION
  }

  #remove(member: Member): void {
    this.#roster.dismiss(member, ErrorCode.UNKNOWN_MEMBER_ID)
    this.#rebalance.prepare()
  }

  close(): void {
    this.#rebalance.close()
    this.#roster.close()
  }
}
