import type { ErrorCode } from '../protocol/errors.ts'

/** One way of sharing partitions that a member can take part in, by name; the metadata is the clients' own. */
export interface GroupProtocol {
  readonly name: string
  readonly metadata: Buffer
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
  answerJoin: ((result: JoinResult) => void) | undefined
  answerSync: ((result: SyncResult) => void) | undefined
  /** Fires when nothing was heard of the member for its session timeout. */
  session: NodeJS.Timeout
}

export function metadataFor(member: Member, protocolName: string): Buffer {
  return member.protocols.find(({ name }) => name === protocolName)?.metadata ?? Buffer.alloc(0)
}

export function sameProtocols(member: Member, protocols: readonly GroupProtocol[]): boolean {
  return (
    member.protocols.length === protocols.length &&
    member.protocols.every(
      (own, i) => own.name === protocols[i]?.name && own.metadata.equals(protocols[i].metadata),
    )
  )
}

/** The names that every member knows. */
export function commonProtocols(members: readonly Member[]): string[] {
  const [first, ...others] = members
  const names = first?.protocols.map(({ name }) => name) ?? []
  return names.filter((name) => others.every((member) => member.protocols.some((own) => own.name === name)))
}

/** Each member votes for the first common name on its list; most votes win. */
export function electProtocol(members: readonly Member[]): string {
  const candidates = commonProtocols(members)
  const votes = new Map<string, number>()
  for (const { protocols } of members) {
    const choice = protocols.find(({ name }) => candidates.includes(name))
    if (choice) votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1)
  }
  return candidates.reduce(
    (best, name) => ((votes.get(name) ?? 0) > (votes.get(best) ?? 0) ? name : best),
    candidates[0] ?? '',
  )
}
