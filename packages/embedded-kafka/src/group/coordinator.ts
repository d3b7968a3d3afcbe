import type { BrokerConfig } from '../config.ts'
import { ErrorCode } from '../protocol/errors.ts'
import { Group } from './group.ts'
import {
  type JoinRequest,
  type JoinResult,
  refuseJoin,
  refuseSync,
  type SyncResult,
} from './join-and-sync.ts'
import { type CommittedOffset, OffsetsStore } from './offsets-store.ts'

/**
 * The group coordinator: all groups, and their offsets. Membership lives in memory: after a restart members hear
 * UNKNOWN_MEMBER_ID and join again, as clients do anyway. Offsets are on disk.
 */
export class GroupCoordinator {
  readonly offsets: OffsetsStore
  readonly #config: BrokerConfig
  readonly #groups = new Map<string, Group>()
  readonly #startedAt = Date.now()

  constructor(config: BrokerConfig) {
    this.#config = config
    this.offsets = new OffsetsStore(config.logDir, config.logger)
  }

  get(groupId: string): Group | undefined {
    return this.#groups.get(groupId)
  }

  join(groupId: string, request: JoinRequest): Promise<JoinResult> | JoinResult {
    const refuse = (error: ErrorCode) => refuseJoin(request.memberId, error)
    const { groupMinSessionTimeoutMs, groupMaxSessionTimeoutMs } = this.#config
    if (groupId === '') return refuse(ErrorCode.INVALID_GROUP_ID)
    if (
      request.sessionTimeoutMs < groupMinSessionTimeoutMs ||
      request.sessionTimeoutMs > groupMaxSessionTimeoutMs
    ) {
      return refuse(ErrorCode.INVALID_SESSION_TIMEOUT)
    }
    if (!this.#groups.has(groupId) && request.memberId !== '') return refuse(ErrorCode.UNKNOWN_MEMBER_ID)
    return this.#groupOf(groupId).join(request)
  }

  #groupOf(groupId: string): Group {
    const existing = this.#groups.get(groupId)
    if (existing) return existing
    const { groupInitialRebalanceDelayMs: initialRebalanceDelayMs, groupMaxSize: maxSize } = this.#config
    const created = new Group(groupId, { initialRebalanceDelayMs, maxSize })
    this.#groups.set(groupId, created)
    return created
  }

  sync(
    groupId: string,
    memberId: string,
    instanceId: string | null,
    generationId: number,
    assignments: ReadonlyMap<string, Buffer>,
  ): Promise<SyncResult> | SyncResult {
    const group = this.#groups.get(groupId)
    if (group === undefined) return refuseSync(ErrorCode.UNKNOWN_MEMBER_ID)
    return group.sync(memberId, instanceId, generationId, assignments)
  }

  heartbeat(groupId: string, memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    return (
      this.#groups.get(groupId)?.heartbeat(memberId, instanceId, generationId) ?? ErrorCode.UNKNOWN_MEMBER_ID
    )
  }

  leave(groupId: string, memberId: string, instanceId: string | null): ErrorCode {
    return this.#groups.get(groupId)?.leave(memberId, instanceId) ?? ErrorCode.UNKNOWN_MEMBER_ID
  }

  /** Whether this client may commit offsets for the group now. */
  checkCommit(groupId: string, memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    const group = this.#groups.get(groupId)
    if (group !== undefined) return group.checkCommit(memberId, instanceId, generationId)
    return generationId < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION
  }

  commit(groupId: string, offsets: readonly CommittedOffset[]): void {
    this.offsets.commit(groupId, this.#groups.get(groupId)?.protocolType ?? '', offsets)
  }

  list(): { groupId: string; protocolType: string; state: string }[] {
    const ids = new Set([...this.#groups.keys(), ...this.offsets.groups()])
    return [...ids].map((groupId) => ({
      groupId,
      protocolType: this.protocolTypeOf(groupId),
      state: this.stateOf(groupId),
    }))
  }

  /** Kafka's name for it. A group that is not known is "Dead". */
  stateOf(groupId: string): string {
    return this.get(groupId)?.state ?? (this.exists(groupId) ? 'Empty' : 'Dead')
  }

  protocolTypeOf(groupId: string): string {
    return this.#groups.get(groupId)?.protocolType || this.offsets.protocolTypeOf(groupId)
  }

  exists(groupId: string): boolean {
    return this.#groups.has(groupId) || this.offsets.has(groupId)
  }

  /** Only a group without members can be deleted; its offsets go with it. */
  delete(groupId: string): ErrorCode {
    if (!this.exists(groupId)) return ErrorCode.GROUP_ID_NOT_FOUND
    const group = this.#groups.get(groupId)
    if (group !== undefined && !group.isVacant) return ErrorCode.NON_EMPTY_GROUP
    group?.close()
    this.#groups.delete(groupId)
    this.offsets.deleteGroup(groupId)
    return ErrorCode.NONE
  }

  /**
   * Forgets groups that are vacant and have no offsets, and offsets of groups vacant for too long (KIP-211: counted from
   * when the last member left, so that a quiet but running consumer keeps its place).
   */
  expire(now: number): void {
    for (const groupId of this.offsets.groups()) {
      const group = this.#groups.get(groupId)
      if (group !== undefined && !group.isVacant) continue
      const lastCommit = Math.max(0, ...this.offsets.all(groupId).map(({ committedAt }) => committedAt))
      const since = Math.max(lastCommit, group?.emptySince ?? this.#startedAt)
      if (now - since > this.#config.offsetsRetentionMs) this.offsets.deleteGroup(groupId)
    }
    for (const [groupId, group] of this.#groups) {
      if (group.isVacant && !this.offsets.has(groupId)) this.#groups.delete(groupId)
    }
  }

  close(): void {
    for (const group of this.#groups.values()) group.close()
    this.offsets.close()
  }
}
