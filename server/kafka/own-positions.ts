import type { Admin, Consumer } from 'kafkajs'
import type { Fetched } from './fetched.ts'
import { nextOffsets } from './next-offsets.ts'
import { type OnDemand, pauseUnread, readOnDemand } from './on-demand.ts'
import { onceSettled } from './once-settled.ts'

/** Where a group reads on that commits nothing: known to this process, for as long as it lives. */
export type OwnPositions = {
  /** By `topic/partition`: the offset that is handled next. */
  offsets: Map<string, string>
  /** Resolves once everything has been handled that was in the topics when this was made. */
  caughtUp: Promise<void>
  noteDone(at: Fetched['at']): void
  /** null where everything is read. */
  onDemand: OnDemand | null
  /** After every join the member continues at this process's position: no record between two joins is missed. */
  seek(consumer: Consumer, assignment: Record<string, number[]>): void
}

type Options = {
  topics: readonly string[]
  after: { groupId: string; topic: string } | undefined
  onDemand?: boolean | undefined
}

/** Begins with what comes next, and with what group `after` has not done yet with its topic. */
export async function createOwnPositions(
  admin: Admin,
  { topics, after, onDemand: isOnDemand = false }: Options,
): Promise<OwnPositions> {
  const [ends, undone] = await Promise.all([
    endOfTopics(
      admin,
      topics.filter((topic) => !isOnDemand || topic !== after?.topic),
    ),
    after && !isOnDemand ? nextOffsets(admin, after.groupId, after.topic) : new Map<string, string>(),
  ])
  const offsets = new Map(ends)
  for (const [place, offset] of undone) offsets.set(place, earlier(offset, ends.get(place)))
  const behind = new Set([...offsets].filter(([place, at]) => at !== ends.get(place)).map(([place]) => place))
  let onCaughtUp = () => {}
  const caughtUp = new Promise<void>((resolve) => {
    onCaughtUp = resolve
  })
  if (behind.size === 0) onCaughtUp()
  const onDemand = isOnDemand && after ? await readOnDemand(admin, offsets, after) : null
  return {
    offsets,
    caughtUp,
    onDemand,
    noteDone({ topic, partition, next }) {
      const place = `${topic}/${partition}`
      // Of a partition that is not read any more.
      if (topic === onDemand?.topic && !offsets.has(place)) return
      offsets.set(place, next)
      onDemand?.noteDone(place, next)
      if (behind.size === 0) return
      if (BigInt(next) >= BigInt(ends.get(place) ?? 0)) behind.delete(place)
      if (behind.size === 0) onCaughtUp()
    },
    seek(consumer, assignment) {
      for (const [topic, partitions] of Object.entries(assignment)) {
        for (const partition of partitions) {
          const offset = offsets.get(`${topic}/${partition}`)
          if (offset !== undefined) consumer.seek({ topic, partition, offset })
        }
      }
      if (onDemand) pauseUnread(consumer, onDemand.topic, assignment, offsets)
      onDemand?.readBy(consumer)
    },
  }
}

/** The offset that the next record of each partition will get. */
async function endOfTopics(admin: Admin, topics: readonly string[]): Promise<Map<string, string>> {
  const ends = await Promise.all(
    topics.map(async (topic) =>
      (await onceSettled.execute(() => admin.fetchTopicOffsets(topic))).map(
        ({ partition, high }): [string, string] => [`${topic}/${partition}`, high],
      ),
    ),
  )
  return new Map(ends.flat())
}

function earlier(a: string, b: string | undefined): string {
  return b !== undefined && BigInt(b) < BigInt(a) ? b : a
}
