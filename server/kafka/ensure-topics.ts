import { ConstantBackoff, handleAll, retry } from 'cockatiel'
import type { Admin } from 'kafkajs'
import { deadLetterTopic, PARTITIONS, TOPIC, type Topic } from '#contracts/topics.ts'
import type { Names } from './names.ts'

/** A cluster that has just started, or is busy, takes its time, and no client waits for an answer yet. */
export const CREATE_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 250

/**
 * Creates what is missing and leaves alone what is there: an operator may have chosen other partitions, retention
 * or replication. Replication -1 takes the broker's default (KIP-464). Resolves once every partition has a leader.
 */
export async function ensureTopics(admin: Admin, names: Names): Promise<void> {
  const wanted = Object.values(TOPIC).flatMap((topic) => [
    { topic: names.inKafka(topic), numPartitions: PARTITIONS, configEntries: settingsOf(topic) },
    { topic: names.inKafka(deadLetterTopic(topic)), numPartitions: 1 },
  ])
  const there = new Set(await admin.listTopics())
  const topics = wanted
    .filter(({ topic }) => !there.has(topic))
    .map((topic) => ({ ...topic, replicationFactor: -1 }))
  // Another instance may create them at the same moment: createTopics answers false then, which is fine.
  // kafkajs' own `waitForLeaders` fails when a broker does not know the new topic yet.
  if (topics.length > 0) {
    await admin.createTopics({ topics, waitForLeaders: false, timeout: CREATE_WITHIN_MS })
  }
  await untilLed(
    admin,
    wanted.map(({ topic }) => topic),
  )
}

/** When a location was appended is the broker's to say: the producer's times are in its headers. */
function settingsOf(topic: Topic) {
  return topic === TOPIC.locationUpdated ? [{ name: 'message.timestamp.type', value: 'LogAppendTime' }] : []
}

/** Resolves once every partition has a leader. */
export async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  const patiently = retry(handleAll, {
    maxAttempts: CREATE_WITHIN_MS / LOOK_EVERY_MS,
    backoff: new ConstantBackoff(LOOK_EVERY_MS),
  })
  await patiently.execute(async () => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics })
    const leaderless = found.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0))
    if (leaderless.length > 0 || found.length < topics.length) {
      throw new Error(`no leader yet for ${leaderless.map(({ name }) => name).join(', ') || 'a new topic'}`)
    }
  })
}
