import { type Admin, AssignerProtocol, type PartitionAssigner } from 'kafkajs'
import { z } from 'zod'
import type { Logger } from '../logger.ts'
import type { Consume, RunningConsumer } from './consume.ts'
import type { Names } from './names.ts'
import { shareOut } from './share-out.ts'

const { MemberMetadata, MemberAssignment } = AssignerProtocol
const ASSIGNER = 'rider-live-placement'
const LOOK_AGAIN_MS = 500

/** What a member tells the group of itself: where the others reach it, and what it has already. */
const tellsSchema = z.object({ address: z.string(), held: z.array(z.number().int()) })
type Tells = z.infer<typeof tellsSchema>

/** By partition: the address of the instance that is to have its customers. */
export type Placement = ReadonlyMap<number, string>

type Options = {
  consume: Consume
  admin: Admin
  names: Names
  logger: Logger
  groupId: string
  topic: string
  /** Of a group that has read the topic: the member itself reads nothing. */
  storedBy: string
  address: string
  onChange(placement: Placement): void
}

/**
 * Joins the group that shares the partitions of a topic out among the instances. Nothing is read by it: it is Kafka's word
 * on who is there. Each member tells its address as it joins, and after each rebalance each reads who has what.
 */
export async function joinPlacement(options: Options): Promise<RunningConsumer> {
  const { consume, admin, names, logger, groupId, topic, storedBy, address, onChange } = options
  let held: number[] = []
  let joins = 0
  const assigner = placing(() => ({ address, held }))
  return await consume({
    ...{ groupId, topics: [topic], position: 'now', after: { groupId: storedBy, topic }, onDemand: true },
    ...{ assigner, onJoin, handle: async () => {} },
  })

  function onJoin(): void {
    joins += 1
    void look(joins)
  }

  async function look(join: number): Promise<void> {
    // A later rebalance has its own look.
    if (join !== joins) return
    try {
      const placement = await readPlacement(admin, names.inKafka(groupId), names.inKafka(topic))
      if (join !== joins) return
      if (placement) {
        held = [...placement].filter(([, at]) => at === address).map(([partition]) => partition)
        return onChange(placement)
      }
    } catch (err) {
      logger.warn({ err, group: groupId }, 'Where the customers of each partition are to be is not known yet')
    }
    setTimeout(() => void look(join), LOOK_AGAIN_MS).unref()
  }
}

const placing =
  (tells: () => Tells): PartitionAssigner =>
  ({ cluster }) => ({
    ...{ name: ASSIGNER, version: 0 },
    async assign({ members, topics }) {
      const [topic = ''] = topics
      const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)
      const holders = members.map(({ memberId, memberMetadata }) => ({
        memberId,
        held: tellsOf(memberMetadata)?.held ?? [],
      }))
      return shareOut(partitions, holders).map((share) => ({
        memberId: share.memberId,
        memberAssignment: MemberAssignment.encode({
          ...{ version: 0, assignment: { [topic]: share.partitions }, userData: Buffer.alloc(0) },
        }),
      }))
    },
    protocol: ({ topics }) => ({
      name: ASSIGNER,
      metadata: MemberMetadata.encode({
        ...{ version: 0, topics, userData: Buffer.from(JSON.stringify(tells())) },
      }),
    }),
  })

/** undefined while the group is about to share out anew. */
async function readPlacement(admin: Admin, groupId: string, topic: string): Promise<Placement | undefined> {
  const { groups } = await admin.describeGroups([groupId])
  const [group] = groups
  if (group?.state !== 'Stable') return undefined
  return new Map(
    group.members.flatMap(({ memberMetadata, memberAssignment }) => {
      const address = tellsOf(memberMetadata)?.address
      const partitions = MemberAssignment.decode(memberAssignment)?.assignment[topic] ?? []
      return address === undefined
        ? []
        : partitions.map((partition): [number, string] => [partition, address])
    }),
  )
}

function tellsOf(metadata: Buffer): Tells | undefined {
  try {
    const { userData } = MemberMetadata.decode(metadata) ?? {}
    return tellsSchema.safeParse(JSON.parse(String(userData))).data
  } catch {
    return undefined
  }
}
