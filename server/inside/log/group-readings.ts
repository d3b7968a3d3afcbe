import { type Admin, AssignerProtocol, type MemberDescription } from 'kafkajs'

/** A group as the broker describes it, as far as one topic goes. Names are those in Kafka. */
export type GroupReading = {
  groupId: string
  state: string
  members: { id: string; clientId: string; partitions: number[] }[]
  /** By partition; null where nothing is committed. */
  committed: (number | null)[]
}

/** Returns the state on a topic of those of `groupIds` that read it. */
export async function readGroups(
  admin: Admin,
  { topic, partitions, groupIds }: { topic: string; partitions: number; groupIds: string[] },
): Promise<GroupReading[]> {
  if (groupIds.length === 0) return []
  const [{ groups }, committed] = await Promise.all([
    admin.describeGroups(groupIds),
    Promise.all(groupIds.map((groupId) => committedBy(admin, { groupId, topic, partitions }))),
  ])
  return groupIds.flatMap((groupId, index) => {
    const group = groups.find((each) => each.groupId === groupId)
    const offsets = committed[index] ?? []
    if (!group || !(reads(group.members, topic) || offsets.some((offset) => offset !== null))) return []
    const members = group.members
      .map((member) => ({
        id: member.memberId,
        clientId: member.clientId,
        partitions: [...(assignedTo(member)[topic] ?? [])].sort((a, b) => a - b),
      }))
      .sort((a, b) => a.id.localeCompare(b.id))
    return [{ groupId, state: String(group.state), members, committed: offsets }]
  })
}

/** Before the rebalance is over no member has partitions, but what each asks for is known. */
function reads(members: MemberDescription[], topic: string): boolean {
  return members.some((member) => {
    if (topic in assignedTo(member)) return true
    const asked = decode(member.memberMetadata, AssignerProtocol.MemberMetadata.decode)
    return asked?.topics.includes(topic) ?? false
  })
}

function assignedTo({ memberAssignment }: MemberDescription): Record<string, number[]> {
  return decode(memberAssignment, AssignerProtocol.MemberAssignment.decode)?.assignment ?? {}
}

/** Empty before there is an assignment, and of any form for a group that is not of consumers. */
function decode<T>(bytes: Buffer, read: (bytes: Buffer) => T | null): T | null {
  if (bytes.length === 0) return null
  try {
    return read(bytes)
  } catch {
    return null
  }
}

async function committedBy(
  admin: Admin,
  { groupId, topic, partitions }: { groupId: string; topic: string; partitions: number },
): Promise<(number | null)[]> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] })
  const offsets = Array.from<number | null>({ length: partitions }).fill(null)
  // -1: never committed.
  for (const { partition, offset } of found?.partitions ?? [])
    if (partition < partitions && offset !== '-1') offsets[partition] = Number(offset)
  return offsets
}
