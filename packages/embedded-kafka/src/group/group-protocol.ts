/** One way of sharing partitions that a member can take part in, by name; the metadata is the clients' own. */
export interface GroupProtocol {
  readonly name: string
  readonly metadata: Buffer
}

/** Whoever has such a list, best first: a member of the group. */
interface Speaker {
  readonly protocols: readonly GroupProtocol[]
}

export function metadataFor(member: Speaker, protocolName: string): Buffer {
  return member.protocols.find(({ name }) => name === protocolName)?.metadata ?? Buffer.alloc(0)
}

export function sameProtocols(member: Speaker, protocols: readonly GroupProtocol[]): boolean {
  return (
    member.protocols.length === protocols.length &&
    member.protocols.every(
      (own, i) => own.name === protocols[i]?.name && own.metadata.equals(protocols[i].metadata),
    )
  )
}

/** The names that every member knows. */
export function commonProtocols(members: readonly Speaker[]): string[] {
  const [first, ...others] = members
  const names = first?.protocols.map(({ name }) => name) ?? []
  return names.filter((name) => others.every((member) => member.protocols.some((own) => own.name === name)))
}

/** Each member votes for the first common name on its list; most votes win. */
export function electProtocol(members: readonly Speaker[]): string {
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
