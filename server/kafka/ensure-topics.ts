import type { Admin } from 'kafkajs'
import { deadLetterTopic, PARTITIONS, TOPIC } from '#contracts/topics.ts'
import type { Names } from './names.ts'

/** A cluster that has just started, or is busy, takes its time, and nobody waits for an answer yet. */
export const CREATE_WITHIN_MS = 30_000

/**
 * Creates what is missing and leaves alone what is there: an operator may have chosen other partitions, retention
 * or replication. Replication -1 takes the broker's default (KIP-464).
 */
export async function ensureTopics(admin: Admin, names: Names): Promise<void> {
  const wanted = Object.values(TOPIC).flatMap((topic) => [
    { topic: names.inKafka(topic), numPartitions: PARTITIONS },
    { topic: names.inKafka(deadLetterTopic(topic)), numPartitions: 1 },
  ])
  const there = new Set(await admin.listTopics())
  const topics = wanted
    .filter(({ topic }) => !there.has(topic))
    .map((topic) => ({ ...topic, replicationFactor: -1 }))
  // Another instance may create them at the same moment: createTopics answers false then, which is fine.
  if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true, timeout: CREATE_WITHIN_MS })
}
