import { ErrorCode } from '../protocol/errors.ts'
import { commonProtocols } from './group-protocol.ts'
import { type JoinRequest, NO_ASSIGNMENT, refuseJoin } from './join-and-sync.ts'
import { answerJoin, answerSync, type Member } from './member.ts'

export interface RosterEvents {
  /** Nothing was heard of a member for its session timeout. */
  readonly onSilent: (member: Member) => void
  /** The owner of a promised id did not come back. */
  readonly onPromiseLapsed: () => void
}

/** Who is in a group, who leads it, and for how long each may be silent. */
export class Roster {
  readonly #events: RosterEvents
  readonly #members = new Map<string, Member>()
  /** Ids given out by KIP-394 whose owners have not come back yet. */
  readonly #promised = new Map<string, NodeJS.Timeout>()
  #closed = false
  #protocolType = ''
  leaderId = ''

  constructor(events: RosterEvents) {
    this.#events = events
  }

  /** What kind of group it is ('consumer', 'connect'): the first member says. */
  get protocolType(): string {
    return this.#protocolType
  }

  get members(): readonly Member[] {
    return [...this.#members.values()]
  }

  get isEmpty(): boolean {
    return this.#members.size === 0
  }

  get hasPromised(): boolean {
    return this.#promised.size > 0
  }

  /** Members, and those about to be. */
  get size(): number {
    return this.#members.size + this.#promised.size
  }

  get longestRebalanceTimeoutMs(): number {
    return Math.max(0, ...this.members.map((member) => member.rebalanceTimeoutMs))
  }

  // ---- looking people up

  get(memberId: string): Member | undefined {
    return this.#members.get(memberId)
  }

  byInstance(instanceId: string): Member | undefined {
    return this.members.find((member) => member.instanceId === instanceId)
  }

  find(memberId: string, instanceId: string | null): Member | ErrorCode {
    const holder = instanceId === null ? undefined : this.byInstance(instanceId)
    if (holder !== undefined && holder.memberId !== memberId) return ErrorCode.FENCED_INSTANCE_ID
    return this.#members.get(memberId) ?? ErrorCode.UNKNOWN_MEMBER_ID
  }

  /** Whether the newcomer knows a protocol that all members know too. */
  speaksWith({ protocolType, protocols }: JoinRequest): boolean {
    if (protocols.length === 0 || protocolType === '') return false
    if (this.isEmpty) return true
    const common = commonProtocols(this.members)
    return protocolType === this.#protocolType && protocols.some(({ name }) => common.includes(name))
  }

  // ---- coming and going

  promise(memberId: string, forMs: number): void {
    const forget = () => {
      this.#promised.delete(memberId)
      this.#events.onPromiseLapsed()
    }
    this.#promised.set(memberId, setTimeout(forget, forMs))
  }

  /** Ends the promise of this id; false if there was none. */
  takePromise(memberId: string): boolean {
    clearTimeout(this.#promised.get(memberId))
    return this.#promised.delete(memberId)
  }

  add(request: JoinRequest, memberId: string, assignment = NO_ASSIGNMENT): Member {
    const { instanceId, clientId, clientHost, protocols, sessionTimeoutMs, rebalanceTimeoutMs } = request
    const member: Member = {
      ...{ memberId, instanceId, clientId, clientHost, protocols, sessionTimeoutMs, rebalanceTimeoutMs },
      assignment,
      awaitingJoin: undefined,
      awaitingSync: undefined,
      session: this.#startSession(memberId, sessionTimeoutMs),
    }
    if (this.isEmpty) this.#protocolType = request.protocolType
    this.#members.set(memberId, member)
    this.leaderId ||= memberId
    return member
  }

  /** Takes a member off the roll, and answers what it may still be waiting for. */
  dismiss(member: Member, error: ErrorCode): void {
    clearTimeout(member.session)
    this.#members.delete(member.memberId)
    if (this.leaderId === member.memberId) this.leaderId = this.#members.keys().next().value ?? ''
    answerJoin(member, refuseJoin(member.memberId, error))
    answerSync(member, error)
  }

  // ---- sessions

  restartSession(member: Member): void {
    clearTimeout(member.session)
    member.session = this.#startSession(member.memberId, member.sessionTimeoutMs)
  }

  #startSession(memberId: string, timeoutMs: number): NodeJS.Timeout {
    const session = setTimeout(
      // Where this process stood still, the clock is looked at before the sockets: a heartbeat may wait there to be read.
      () => setImmediate(() => this.#endSession(memberId, session)),
      timeoutMs,
    )
    return session
  }

  #endSession(memberId: string, session: NodeJS.Timeout): void {
    const member = this.#members.get(memberId)
    if (this.#closed || member?.session !== session) return
    // Whoever waits for the group is not silent: it is we who owe an answer.
    if (member.awaitingJoin !== undefined || member.awaitingSync !== undefined) this.restartSession(member)
    else this.#events.onSilent(member)
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#promised.values()) clearTimeout(timer)
    for (const member of this.#members.values()) clearTimeout(member.session)
  }
}
