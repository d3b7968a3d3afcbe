import { ErrorCode } from '../protocol/errors.ts'
import { electProtocol, metadataFor } from './group-protocol.ts'
import type { GroupState } from './group-state.ts'
import { type JoinResult, NO_ASSIGNMENT, refuseJoin, refuseSync, type SyncResult } from './join-and-sync.ts'
import { answerJoin, answerSync, type Member } from './member.ts'
import type { Roster } from './roster.ts'

/**
 * Leads a group from one generation to the next: collects whoever is there, has the leader divide the partitions,
 * hands the result round. Nobody is waited for longer than the longest rebalance timeout of the members.
 */
export class Rebalance {
  readonly #roster: Roster
  readonly #initialDelayMs: number
  #state: GroupState = { name: 'Empty' }
  #generationId = 0
  #protocolName = ''
  #emptySince = Date.now()

  constructor(roster: Roster, initialDelayMs: number) {
    this.#roster = roster
    this.#initialDelayMs = initialDelayMs
  }

  get state(): GroupState['name'] {
    return this.#state.name
  }

  get generationId(): number {
    return this.#generationId
  }

  /** What the members agreed on; nothing while they are still at it. */
  get protocolName(): string {
    return this.#state.name === 'Stable' ? this.#protocolName : ''
  }

  get emptySince(): number {
    return this.#emptySince
  }

  // ---- first half: who is there?

  /** The member has joined: it waits, and the next generation is due. */
  join(member: Member): Promise<JoinResult> {
    answerJoin(member, refuseJoin(member.memberId, ErrorCode.UNKNOWN_MEMBER_ID)) // replaced by a newer request
    return new Promise((resolve) => {
      member.awaitingJoin = resolve
      this.prepare()
    })
  }

  prepare(): void {
    switch (this.#state.name) {
      case 'Empty':
        this.#state = this.#collecting(this.#initialDelayMs, true)
        return
      case 'PreparingRebalance':
        if (this.#state.isFirst) this.#state.timer.refresh() // members of a new group tend to come together
        break
      case 'CompletingRebalance':
        clearTimeout(this.#state.timer)
        for (const member of this.#roster.members) {
          member.assignment = NO_ASSIGNMENT
          answerSync(member, ErrorCode.REBALANCE_IN_PROGRESS)
        }
        this.#state = this.#collecting(this.#roster.longestRebalanceTimeoutMs, false)
        break
      case 'Stable':
        this.#state = this.#collecting(this.#roster.longestRebalanceTimeoutMs, false)
        break
      default:
        this.#state satisfies never
    }
    this.completeJoinIfAllArrived()
  }

  #collecting(waitMs: number, isFirst: boolean): GroupState {
    return { name: 'PreparingRebalance', isFirst, timer: setTimeout(() => this.#completeJoin(), waitMs) }
  }

  completeJoinIfAllArrived(): void {
    if (this.#state.name !== 'PreparingRebalance' || this.#state.isFirst || this.#roster.hasPromised) return
    if (this.#roster.members.every((member) => member.awaitingJoin !== undefined)) this.#completeJoin()
  }

  /** Everybody is here, or time is up: whoever came forms the next generation. */
  #completeJoin(): void {
    if (this.#state.name !== 'PreparingRebalance') return
    clearTimeout(this.#state.timer)
    for (const member of this.#roster.members) {
      // A static member keeps its place until its session ends.
      if (member.awaitingJoin === undefined && member.instanceId === null) {
        this.#roster.dismiss(member, ErrorCode.UNKNOWN_MEMBER_ID)
      }
    }
    this.#generationId++
    const { members } = this.#roster
    const arrived = members.filter((member) => member.awaitingJoin !== undefined)
    const [first] = arrived
    if (members.length === 0) {
      this.#state = { name: 'Empty' }
      this.#protocolName = ''
      this.#emptySince = Date.now()
      return
    }
    if (first === undefined) {
      this.#state = this.#collecting(this.#roster.longestRebalanceTimeoutMs, false)
      return
    }
    if (!arrived.some(({ memberId }) => memberId === this.#roster.leaderId))
      this.#roster.leaderId = first.memberId
    this.#protocolName = electProtocol(members)
    this.#state = {
      name: 'CompletingRebalance',
      awaited: new Set(arrived.map((member) => member.memberId)),
      timer: setTimeout(() => this.#dropWhoDidNotSync(), this.#roster.longestRebalanceTimeoutMs),
    }
    for (const member of arrived) {
      this.#roster.restartSession(member)
      answerJoin(member, this.joined(member))
    }
  }

  /** How the present generation looks to one of its members. */
  joined(member: Member): JoinResult {
    const { leaderId, members } = this.#roster
    const isLeader = member.memberId === leaderId
    return {
      error: ErrorCode.NONE,
      generationId: this.#generationId,
      protocolName: this.#protocolName,
      leaderId,
      memberId: member.memberId,
      members: isLeader
        ? members.map((each) => ({
            memberId: each.memberId,
            instanceId: each.instanceId,
            metadata: metadataFor(each, this.#protocolName),
          }))
        : [],
    }
  }

  // ---- second half: who gets what?

  /** A member asks for its assignment; the leader brings everybody's along. */
  sync(member: Member, assignments: ReadonlyMap<string, Buffer>): Promise<SyncResult> | SyncResult {
    switch (this.#state.name) {
      case 'Empty':
        return refuseSync(ErrorCode.UNKNOWN_MEMBER_ID)
      case 'PreparingRebalance':
        return refuseSync(ErrorCode.REBALANCE_IN_PROGRESS)
      case 'Stable':
        this.#roster.restartSession(member)
        return { error: ErrorCode.NONE, assignment: member.assignment }
      case 'CompletingRebalance': {
        this.#state.awaited.delete(member.memberId)
        const { timer } = this.#state
        return new Promise((resolve) => {
          member.awaitingSync = resolve
          if (member.memberId === this.#roster.leaderId) this.#becomeStable(timer, assignments)
        })
      }
      default:
        return this.#state satisfies never
    }
  }

  #becomeStable(timer: NodeJS.Timeout, assignments: ReadonlyMap<string, Buffer>): void {
    clearTimeout(timer)
    this.#state = { name: 'Stable' }
    for (const member of this.#roster.members) {
      member.assignment = assignments.get(member.memberId) ?? NO_ASSIGNMENT
      this.#roster.restartSession(member)
      answerSync(member, ErrorCode.NONE)
    }
  }

  #dropWhoDidNotSync(): void {
    if (this.#state.name !== 'CompletingRebalance') return
    for (const memberId of this.#state.awaited) {
      const member = this.#roster.get(memberId)
      if (member) this.#roster.dismiss(member, ErrorCode.UNKNOWN_MEMBER_ID)
    }
    this.prepare()
  }

  close(): void {
    if (this.#state.name === 'PreparingRebalance' || this.#state.name === 'CompletingRebalance') {
      clearTimeout(this.#state.timer)
    }
  }
}
