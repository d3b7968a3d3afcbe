import type { Admin, Consumer } from 'kafkajs'
import { nextOffsets } from './next-offsets.ts'

/** A topic of which only those partitions are read that are asked for. The others are paused: no fetch names them. */
export type OnDemand = {
  /** As Kafka calls it. */
  topic: string
  partitions: number
  /**
   * Begins with what group `after` has not done yet. Resolves once everything has been handled that was in the partition
   * at the call: what this process remembers of it and what that group has done are all of it then.
   */
  begin(partition: number): Promise<void>
  end(partition: number): void
  /** To be awaited before the same partition begins again: by then nothing of the last time is being handled. */
  noteHandling(place: string, handling: Promise<unknown>): void
  noteDone(place: string, next: string): void
  readBy(consumer: Consumer | null): void
}

type Group = { groupId: string; topic: string }

/** `offsets` are of the partitions that are read, by `topic/partition`: the offset that is handled next. */
export async function readOnDemand(
  admin: Admin,
  offsets: Map<string, string>,
  { groupId, topic }: Group,
): Promise<OnDemand> {
  const partitions = (await admin.fetchTopicOffsets(topic)).length
  const catchingUp = new Map<string, { end: bigint; onDone: () => void }>()
  const handling = new Map<string, Promise<unknown>>()
  let reader: Consumer | null = null

  return {
    topic,
    partitions,
    async begin(partition) {
      const place = `${topic}/${partition}`
      await handling.get(place)?.catch(() => {})
      const from = (await nextOffsets(admin, groupId, topic)).get(place)
      const ends = await admin.fetchTopicOffsets(topic)
      const end = ends.find((each) => each.partition === partition)?.high
      if (from === undefined || end === undefined) throw new Error(`${place} is not there`)
      offsets.set(place, from)
      const caughtUp =
        BigInt(from) >= BigInt(end)
          ? undefined
          : new Promise<void>((onDone) => catchingUp.set(place, { end: BigInt(end), onDone }))
      // Without a reader the next join begins there.
      reader?.seek({ topic, partition, offset: from })
      reader?.resume([{ topic, partitions: [partition] }])
      await caughtUp
    },
    end(partition) {
      const place = `${topic}/${partition}`
      offsets.delete(place)
      catchingUp.delete(place)
      reader?.pause([{ topic, partitions: [partition] }])
    },
    noteHandling(place, work) {
      handling.set(place, work)
    },
    noteDone(place, next) {
      const waiting = catchingUp.get(place)
      if (!waiting || BigInt(next) < waiting.end) return
      catchingUp.delete(place)
      waiting.onDone()
    },
    readBy(consumer) {
      reader = consumer
    },
  }
}

/** A consumer that has just joined reads whatever is not paused. */
export function pauseUnread(
  consumer: Consumer,
  topic: string,
  assignment: Record<string, number[]>,
  offsets: ReadonlyMap<string, string>,
): void {
  const partitions = assignment[topic] ?? []
  const unread = partitions.filter((partition) => !offsets.has(`${topic}/${partition}`))
  if (unread.length > 0) consumer.pause([{ topic, partitions: unread }])
}
