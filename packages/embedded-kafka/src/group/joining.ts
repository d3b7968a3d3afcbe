import { randomUUID } from 'node:crypto'
import { ErrorCode } from '../protocol/errors.ts'
import { sameProtocols } from './group-protocol.ts'
import { type JoinRequest, type JoinResult, refuseJoin } from './join-and-sync.ts'
import type { Member } from './member.ts'
import type { Rebalance } from './rebalance.ts'
import type { Roster } from './roster.ts'

/** What a JoinGroup means: somebody new, somebody known who joins again, or a static member in a new process. */
export class Joining {
  readonly #roster: Roster
  readonly #rebalance: Rebalance
  readonly #maxSize: number

  constructor(roster: Roster, rebalance: Rebalance, maxSize: number) {
    this.#roster = roster
    this.#rebalance = rebalance
    this.#maxSize = maxSize
  }

  join(request: JoinRequest): Promise<JoinResult> | JoinResult {
    const { memberId, instanceId } = request
    if (!this.#roster.speaksWith(request)) return refuseJoin(memberId, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
    if (memberId === '') return this.#joinNew(request)
    if (this.#roster.takePromise(memberId)) return this.#rebalance.join(this.#roster.add(request, memberId))
    const member = this.#roster.find(memberId, instanceId)
    return typeof member === 'number' ? refuseJoin(memberId, member) : this.#rejoin(member, request)
  }

  #joinNew(request: JoinRequest): Promise<JoinResult> | JoinResult {
    const { instanceId, clientId, sessionTimeoutMs } = request
    const predecessor = instanceId === null ? undefined : this.#roster.byInstance(instanceId)
    if (predecessor !== undefined) return this.#replace(predecessor, request)
    if (this.#roster.size >= this.#maxSize) return refuseJoin('', ErrorCode.GROUP_MAX_SIZE_REACHED)

    const memberId = `${instanceId ?? clientId}-${randomUUID()}`
    if (instanceId !== null || !request.requireKnownMemberId) {
      return this.#rebalance.join(this.#roster.add(request, memberId))
    }
    this.#roster.promise(memberId, sessionTimeoutMs)
    return refuseJoin(memberId, ErrorCode.MEMBER_ID_REQUIRED)
  }

  #rejoin(member: Member, request: JoinRequest): Promise<JoinResult> | JoinResult {
    const { state } = this.#rebalance
    const unchanged = sameProtocols(member, request.protocols)
    switch (state) {
      case 'PreparingRebalance':
        break
      case 'CompletingRebalance':
        // Its JoinGroup was answered, but the answer got lost: say it again.
        if (unchanged) return this.#rebalance.joined(member)
        break
      case 'Stable':
        // A follower that asks again with nothing new just missed an answer. The leader asks for a rebalance.
        if (unchanged && member.memberId !== this.#roster.leaderId) return this.#rebalance.joined(member)
        break
      case 'Empty':
        return refuseJoin(member.memberId, ErrorCode.UNKNOWN_MEMBER_ID)
      default:
        return state satisfies never
    }
    member.protocols = request.protocols
    member.sessionTimeoutMs = request.sessionTimeoutMs
    member.rebalanceTimeoutMs = request.rebalanceTimeoutMs
    this.#roster.restartSession(member)
    return this.#rebalance.join(member)
  }

  /** A static member came back under its instance id, with a new member id: it takes its old place (KIP-345). */
  #replace(old: Member, request: JoinRequest): Promise<JoinResult> | JoinResult {
    const wasLeaderId = this.#roster.leaderId
    const unchanged = sameProtocols(old, request.protocols)
    this.#roster.dismiss(old, ErrorCode.FENCED_INSTANCE_ID)
    const member = this.#roster.add(request, `${request.instanceId}-${randomUUID()}`, old.assignment)
    if (wasLeaderId === old.memberId) this.#roster.leaderId = member.memberId
    if (this.#rebalance.state === 'Stable' && unchanged) {
      // Same subscription, same place: nobody else needs to know. It is not told that it leads, or it would
      // divide the partitions anew.
      return { ...this.#rebalance.joined(member), leaderId: wasLeaderId, members: [] }
    }
    return this.#rebalance.join(member)
  }
}
