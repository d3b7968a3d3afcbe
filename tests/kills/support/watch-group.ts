import type { Kafka } from 'kafkajs'

export type WatchedGroup = {
  /** Times that a committed offset or the end of a partition was lower than seen before. */
  steppedBack: string[]
  received(): number
  /** Looks at the committed offsets and at the ends. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** A consumer that commits as it goes, and an eye on whether any offset ever goes back. */
export async function watchGroup(kafka: Kafka, groupId: string, topic: string): Promise<WatchedGroup> {
  const retry = { initialRetryTime: 50, maxRetryTime: 300, retries: 200 }
  const consumer = kafka.consumer({ groupId, sessionTimeout: 6_000, heartbeatInterval: 500, retry })
  const admin = kafka.admin({ retry })
  const highest = new Map<string, number>()
  const steppedBack: string[] = []
  let received = 0
  await Promise.all([consumer.connect(), admin.connect()])
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommitInterval: 200,
    eachMessage: async () => {
      received += 1
    },
  })

  function note(what: string, offset: number): void {
    const before = highest.get(what) ?? -1
    if (offset < before) steppedBack.push(`${what}: ${before} → ${offset}`)
    highest.set(what, Math.max(before, offset))
  }

  return {
    steppedBack,
    received: () => received,
    async look() {
      const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
      for (const { partition, offset } of committed?.partitions ?? [])
        note(`${groupId}/${partition}`, Number(offset))
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        note(`end/${partition}`, Number(high))
    },
    async stop() {
      await Promise.all([consumer.disconnect(), admin.disconnect()])
    },
  }
}
