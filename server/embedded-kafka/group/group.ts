import { randomUUID } from 'node:crypto'
import { ErrorCode } from '../protocol/errors.ts'
import type { GroupState } from './group-state.ts'
import {
  commonProtocols,
  electProtocol,
  type GroupProtocol,
  type JoinResult,
  type Member,
  metadataFor,
  type SyncResult,
  sameProtocols,
} from './member.ts'

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

export interface GroupLimits {
  readonly initialRebalanceDelayMs: number
  readonly maxSize: number
}

const NO_ASSIGNMENT = Buffer.alloc(0)

/**
 * A consumer group as its coordinator sees it. The broker only keeps the roll: it collects who is there (JoinGroup),
 * lets the members' leader divide the partitions, hands the result round (SyncGroup), and starts over whenever
 * somebody comes or goes. https://cwiki.apache.org/confluence/x/foynAw (Kafka Client-side Assignment Proposal)
 */
export class Group {
  readonly groupId: string
  readonly #limits: GroupLimits
  readonly #members = new Map<string, Member>()
  /** Ids given out by KIP-394 whose owners have not come back yet. */
  readonly #promised = new Map<string, NodeJS.Timeout>()
  #state: GroupState = { name: 'Empty' }
  #generationId = 0
  #protocolType = ''
  #protocolName = ''
  #leaderId = ''
  emptySince = Date.now()

  constructor(groupId: string, limits: GroupLimits) {
    this.groupId = groupId
    this.#limits = limits
  }

  get state(): GroupState['name'] {
    return this.#state.name
  }

  get protocolType(): string {
    return this.#protocolType
  }

  /** Nobody is in it and nobody is about to be. */
  get isVacant(): boolean {
    return this.#state.name === 'Empty' && this.#promised.size === 0
  }

  get protocolName(): string {
    return this.#state.name === 'Stable' ? this.#protocolName : ''
  }

  get members(): readonly Member[] {
    return [...this.#members.values()]
  }

  metadataOf(member: Member): Buffer {
    return metadataFor(member, this.protocolName)
  }

  // ---- JoinGroup

  join(request: JoinRequest): Promise<JoinResult> | JoinResult {
    if (!this.#speaksWith(request)) return refuseJoin(request.memberId, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
    if (request.memberId === '') return this.#joinNew(request)

    const promise = this.#promised.get(request.memberId)
    if (promise !== undefined) {
      clearTimeout(promise)
      this.#promised.delete(request.memberId)
      return this.#add(request, request.memberId)
    }
    const member = this.#find(request.memberId, request.instanceId)
    return typeof member === 'number' ? refuseJoin(request.memberId, member) : this.#rejoin(member, request)
  }

  #speaksWith({ protocolType, protocols }: JoinRequest): boolean {
    if (protocols.length === 0 || protocolType === '') return false
    if (this.#members.size === 0) return true
    const common = commonProtocols(this.members)
    return protocolType === this.#protocolType && protocols.some(({ name }) => common.includes(name))
  }

  #joinNew(request: JoinRequest): Promise<JoinResult> | JoinResult {
    const predecessor = request.instanceId === null ? undefined : this.#byInstance(request.instanceId)
    if (predecessor !== undefined) return this.#replace(predecessor, request)
    if (this.#members.size + this.#promised.size >= this.#limits.maxSize) {
      return refuseJoin('', ErrorCode.GROUP_MAX_SIZE_REACHED)
    }
    const memberId = `${request.instanceId ?? request.clientId}-${randomUUID()}`
    if (request.instanceId !== null || !request.requireKnownMemberId) return this.#add(request, memberId)

    const forget = () => {
      this.#promised.delete(memberId)
      this.#completeJoinIfAllArrived()
    }
    this.#promised.set(memberId, setTimeout(forget, request.sessionTimeoutMs))
    return refuseJoin(memberId, ErrorCode.MEMBER_ID_REQUIRED)
  }

  #add(request: JoinRequest, memberId: string): Promise<JoinResult> {
    const { instanceId, clientId, clientHost, protocols, sessionTimeoutMs, rebalanceTimeoutMs } = request
    const member: Member = {
      ...{ memberId, instanceId, clientId, clientHost, protocols, sessionTimeoutMs, rebalanceTimeoutMs },
      assignment: NO_ASSIGNMENT,
      answerJoin: undefined,
      answerSync: undefined,
      session: this.#startSession(memberId, sessionTimeoutMs),
    }
    if (this.#members.size === 0) this.#protocolType = request.protocolType
    this.#members.set(memberId, member)
    this.#leaderId ||= memberId
    return this.#awaitJoin(member)
  }

  #rejoin(member: Member, request: JoinRequest): Promise<JoinResult> | JoinResult {
    const unchanged = sameProtocols(member, request.protocols)
    switch (this.#state.name) {
      case 'PreparingRebalance':
        break
      case 'CompletingRebalance':
        // Its JoinGroup was answered, but the answer got lost: say it again.
        if (unchanged) return this.#joined(member)
        break
      case 'Stable':
        // A follower that asks again with nothing new just missed an answer. The leader asks for a rebalance.
        if (unchanged && member.memberId !== this.#leaderId) return this.#joined(member)
        break
      case 'Empty':
        return refuseJoin(member.memberId, ErrorCode.UNKNOWN_MEMBER_ID)
      default:
        return this.#state satisfies never
    }
    member.protocols = request.protocols
    member.sessionTimeoutMs = request.sessionTimeoutMs
    member.rebalanceTimeoutMs = request.rebalanceTimeoutMs
    this.#restartSession(member)
    return this.#awaitJoin(member)
  }

  /** A static member came back under its instance id, with a new member id: it takes its old place (KIP-345). */
  #replace(old: Member, request: JoinRequest): Promise<JoinResult> | JoinResult {
    const wasLeaderId = this.#leaderId
    const unchanged = sameProtocols(old, request.protocols)
    const memberId = `${request.instanceId}-${randomUUID()}`
    this.#dismiss(old, ErrorCode.FENCED_INSTANCE_ID)
    const { clientId, clientHost, protocols, sessionTimeoutMs, rebalanceTimeoutMs } = request
    const member: Member = {
      ...old,
      ...{ memberId, clientId, clientHost, protocols, sessionTimeoutMs, rebalanceTimeoutMs },
      answerJoin: undefined,
      answerSync: undefined,
      session: this.#startSession(memberId, sessionTimeoutMs),
    }
    this.#members.set(memberId, member)
    if (wasLeaderId === old.memberId || this.#leaderId === '') this.#leaderId = memberId
    if (this.#state.name === 'Stable' && unchanged) {
      // Same subscription, same place: nobody else needs to know. It is not told that it leads, or it would
      // divide the partitions anew.
      return { ...this.#joined(member), leaderId: wasLeaderId, members: [] }
    }
    return this.#awaitJoin(member)
  }

  #awaitJoin(member: Member): Promise<JoinResult> {
    member.answerJoin?.(refuseJoin(member.memberId, ErrorCode.UNKNOWN_MEMBER_ID)) // replaced by a newer request
    return new Promise((resolve) => {
      member.answerJoin = resolve
      this.#prepareRebalance()
    })
  }

  #joined(member: Member): JoinResult {
    const isLeader = member.memberId === this.#leaderId
    return {
      error: ErrorCode.NONE,
      generationId: this.#generationId,
      protocolName: this.#protocolName,
      leaderId: this.#leaderId,
      memberId: member.memberId,
      members: isLeader
        ? this.members.map((each) => ({
            memberId: each.memberId,
            instanceId: each.instanceId,
            metadata: metadataFor(each, this.#protocolName),
          }))
        : [],
    }
  }

  // ---- the rebalance

  #prepareRebalance(): void {
    switch (this.#state.name) {
      case 'Empty':
        this.#state = this.#collecting(this.#limits.initialRebalanceDelayMs, true)
        return
      case 'PreparingRebalance':
        if (this.#state.isFirst) this.#state.timer.refresh() // members of a new group tend to come together
        break
      case 'CompletingRebalance':
        clearTimeout(this.#state.timer)
        for (const member of this.#members.values()) {
          member.assignment = NO_ASSIGNMENT
          this.#answerSync(member, ErrorCode.REBALANCE_IN_PROGRESS)
        }
        this.#state = this.#collecting(this.#longestRebalanceTimeout(), false)
        break
      case 'Stable':
        this.#state = this.#collecting(this.#longestRebalanceTimeout(), false)
        break
      default:
        this.#state satisfies never
    }
    this.#completeJoinIfAllArrived()
  }

  #collecting(waitMs: number, isFirst: boolean): GroupState {
    return { name: 'PreparingRebalance', isFirst, timer: setTimeout(() => this.#completeJoin(), waitMs) }
  }

  #longestRebalanceTimeout(): number {
    return Math.max(0, ...this.members.map((member) => member.rebalanceTimeoutMs))
  }

  #completeJoinIfAllArrived(): void {
    if (this.#state.name !== 'PreparingRebalance' || this.#state.isFirst || this.#promised.size > 0) return
    if (this.members.every((member) => member.answerJoin !== undefined)) this.#completeJoin()
  }

  /** Everybody is here, or time is up: whoever came forms the next generation. */
  #completeJoin(): void {
    if (this.#state.name !== 'PreparingRebalance') return
    clearTimeout(this.#state.timer)
    for (const member of this.members) {
      // A static member keeps its place until its session ends.
      if (member.answerJoin === undefined && member.instanceId === null) {
        this.#dismiss(member, ErrorCode.UNKNOWN_MEMBER_ID)
      }
    }
    this.#generationId++
    const arrived = this.members.filter((member) => member.answerJoin !== undefined)
    const [first] = arrived
    if (this.#members.size === 0) {
      this.#state = { name: 'Empty' }
      this.#protocolName = ''
      this.emptySince = Date.now()
      return
    }
    if (first === undefined) {
      this.#state = this.#collecting(this.#longestRebalanceTimeout(), false)
      return
    }
    if (!arrived.some((member) => member.memberId === this.#leaderId)) this.#leaderId = first.memberId
    this.#protocolName = electProtocol(this.members)
    this.#state = {
      name: 'CompletingRebalance',
      awaited: new Set(arrived.map((member) => member.memberId)),
      timer: setTimeout(() => this.#dropWhoDidNotSync(), this.#longestRebalanceTimeout()),
    }
    for (const member of arrived) {
      const answer = member.answerJoin
      member.answerJoin = undefined
      this.#restartSession(member)
      answer?.(this.#joined(member))
    }
  }

  #dropWhoDidNotSync(): void {
    if (this.#state.name !== 'CompletingRebalance') return
    for (const memberId of this.#state.awaited) {
      const member = this.#members.get(memberId)
      if (member) this.#dismiss(member, ErrorCode.UNKNOWN_MEMBER_ID)
    }
    this.#prepareRebalance()
  }

  // ---- SyncGroup

  sync(
    memberId: string,
    instanceId: string | null,
    generationId: number,
    assignments: ReadonlyMap<string, Buffer>,
  ): Promise<SyncResult> | SyncResult {
    const member = this.#find(memberId, instanceId)
    if (typeof member === 'number') return refuseSync(member)
    if (generationId !== this.#generationId) return refuseSync(ErrorCode.ILLEGAL_GENERATION)
    switch (this.#state.name) {
      case 'Empty':
        return refuseSync(ErrorCode.UNKNOWN_MEMBER_ID)
      case 'PreparingRebalance':
        return refuseSync(ErrorCode.REBALANCE_IN_PROGRESS)
      case 'Stable':
        this.#restartSession(member)
        return { error: ErrorCode.NONE, assignment: member.assignment }
      case 'CompletingRebalance': {
        this.#state.awaited.delete(memberId)
        const { timer } = this.#state
        return new Promise((resolve) => {
          member.answerSync = resolve
          if (memberId === this.#leaderId) this.#becomeStable(timer, assignments)
        })
      }
      default:
        return this.#state satisfies never
    }
  }

  #becomeStable(timer: NodeJS.Timeout, assignments: ReadonlyMap<string, Buffer>): void {
    clearTimeout(timer)
    this.#state = { name: 'Stable' }
    for (const member of this.#members.values()) {
      member.assignment = assignments.get(member.memberId) ?? NO_ASSIGNMENT
      this.#restartSession(member)
      this.#answerSync(member, ErrorCode.NONE)
    }
  }

  #answerSync(member: Member, error: ErrorCode): void {
    const answer = member.answerSync
    member.answerSync = undefined
    answer?.({ error, assignment: error === ErrorCode.NONE ? member.assignment : NO_ASSIGNMENT })
  }

  // ---- Heartbeat, LeaveGroup, and being silent

  heartbeat(memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    const member = this.#find(memberId, instanceId)
    if (typeof member === 'number') return member
    if (generationId !== this.#generationId) return ErrorCode.ILLEGAL_GENERATION
    this.#restartSession(member)
    return this.#state.name === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
  }

  leave(memberId: string, instanceId: string | null): ErrorCode {
    const promise = this.#promised.get(memberId)
    if (promise !== undefined) {
      clearTimeout(promise)
      this.#promised.delete(memberId)
      this.#completeJoinIfAllArrived()
      return ErrorCode.NONE
    }
    // An administrator removes a static member by its instance id alone.
    const member =
      memberId === '' && instanceId !== null ? this.#byInstance(instanceId) : this.#find(memberId, instanceId)
    if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    if (typeof member === 'number') return member
    this.#remove(member)
    return ErrorCode.NONE
  }

  #startSession(memberId: string, timeoutMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      const member = this.#members.get(memberId)
      if (member === undefined) return
      // Whoever waits for the group is not silent: it is we who owe an answer.
      if (member.answerJoin !== undefined || member.answerSync !== undefined) this.#restartSession(member)
      else this.#remove(member)
    }, timeoutMs)
  }

  #restartSession(member: Member): void {
    clearTimeout(member.session)
    member.session = this.#startSession(member.memberId, member.sessionTimeoutMs)
  }

  #remove(member: Member): void {
    this.#dismiss(member, ErrorCode.UNKNOWN_MEMBER_ID)
    this.#prepareRebalance()
  }

  /** Takes a member off the roll, and answers what it may still be waiting for. */
  #dismiss(member: Member, error: ErrorCode): void {
    clearTimeout(member.session)
    this.#members.delete(member.memberId)
    if (this.#leaderId === member.memberId) this.#leaderId = this.#members.keys().next().value ?? ''
    member.answerJoin?.(refuseJoin(member.memberId, error))
    member.answerJoin = undefined
    this.#answerSync(member, error)
  }

  // ---- OffsetCommit

  /** Whether a commit may be stored: one from an earlier generation may not, its partitions have new owners. */
  checkCommit(memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    // A client without a generation assigns its own partitions, which it may if no group is at work.
    if (generationId < 0 && this.#members.size === 0) return ErrorCode.NONE
    const member = this.#find(memberId, instanceId)
    if (typeof member === 'number') return member
    if (generationId !== this.#generationId) return ErrorCode.ILLEGAL_GENERATION
    if (this.#state.name === 'CompletingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS
    this.#restartSession(member)
    return ErrorCode.NONE
  }

  // ---- looking people up

  #byInstance(instanceId: string): Member | undefined {
    return this.members.find((member) => member.instanceId === instanceId)
  }

  #find(memberId: string, instanceId: string | null): Member | ErrorCode {
    const holder = instanceId === null ? undefined : this.#byInstance(instanceId)
    if (holder !== undefined && holder.memberId !== memberId) return ErrorCode.FENCED_INSTANCE_ID
    return this.#members.get(memberId) ?? ErrorCode.UNKNOWN_MEMBER_ID
  }

  close(): void {
    if (this.#state.name === 'PreparingRebalance' || this.#state.name === 'CompletingRebalance') {
      clearTimeout(this.#state.timer)
    }
    for (const timer of this.#promised.values()) clearTimeout(timer)
    for (const member of this.#members.values()) clearTimeout(member.session)
  }
}

function refuseJoin(memberId: string, error: ErrorCode): JoinResult {
  return { error, generationId: -1, protocolName: '', leaderId: '', memberId, members: [] }
}

function refuseSync(error: ErrorCode): SyncResult {
  return { error, assignment: NO_ASSIGNMENT }
}
