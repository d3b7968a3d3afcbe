import { ConstantBackoff, handleAll, retry } from 'cockatiel'
import type { Admin, ITopicMetadata } from 'kafkajs'
import { deadLetterTopic, PARTITIONS, TOPIC, type Topic } from '#contracts/topics.ts'
import type { TopicCopies } from '../config.ts'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Logger } from '../logger.ts'
import type { Names } from './names.ts'

/** A cluster that has just started, or is busy, takes its time, and no client waits for an answer yet. */
export const CREATE_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 250

/** With replication -1 a topic takes the brokers' default (KIP-464). */
const AS_THE_BROKERS_HAVE_IT = -1

/**
 * Creates what is missing and leaves alone what is there: an operator may have chosen other partitions, retention
 * or replication. Resolves once every partition has a leader.
 * @throws StartUpError when there are too few brokers for so many copies
 */
export async function ensureTopics(
  admin: Admin,
  names: Names,
  { replicationFactor = AS_THE_BROKERS_HAVE_IT, minInsyncReplicas }: TopicCopies,
  logger: Logger,
): Promise<void> {
  const ofAll =
    minInsyncReplicas === undefined ? [] : [{ name: 'min.insync.replicas', value: String(minInsyncReplicas) }]
  const wanted = Object.values(TOPIC).flatMap((topic) => [
    {
      topic: names.inKafka(topic),
      numPartitions: PARTITIONS,
      configEntries: [...settingsOf(topic), ...ofAll],
    },
    { topic: names.inKafka(deadLetterTopic(topic)), numPartitions: 1, configEntries: ofAll },
  ])
  const there = new Set(await admin.listTopics())
  const topics = wanted
    .filter(({ topic }) => !there.has(topic))
    .map((topic) => ({ ...topic, replicationFactor }))
  // Another instance may create them at the same moment: createTopics answers false then, which is fine.
  // kafkajs' own `waitForLeaders` fails when a broker does not know the new topic yet.
  if (topics.length > 0) {
    await admin
      .createTopics({ topics, waitForLeaders: false, timeout: CREATE_WITHIN_MS })
      .catch((error: unknown) => {
        throw isTooFewBrokers(error) ? tooFewBrokers(replicationFactor, error) : error
      })
  }
  const found = await untilLed(
    admin,
    wanted.map(({ topic }) => topic),
  )
  const withFewer = found.filter(({ partitions }) =>
    partitions.some(({ replicas }) => replicas.length < replicationFactor),
  )
  if (withFewer.length > 0)
    logger.warn(
      { topics: withFewer.map(({ name }) => name), wanted: replicationFactor },
      'Topics that were there before have fewer copies than KAFKA_REPLICATION_FACTOR asks for, and keep what they have',
    )
}

/** kafkajs says so of each topic by itself. */
function isTooFewBrokers(error: unknown): boolean {
  const errors: unknown[] = error instanceof Error && 'errors' in error ? Object(error.errors) : []
  return errors.some((each) => Object(each).type === 'INVALID_REPLICATION_FACTOR')
}

function tooFewBrokers(copies: number, cause: unknown): StartUpError {
  return new StartUpError(
    `Kafka has too few brokers for ${copies === AS_THE_BROKERS_HAVE_IT ? 'its own default.replication.factor' : `KAFKA_REPLICATION_FACTOR=${copies}`}. Wait for all of them, or ask for fewer copies.`,
    { cause },
  )
}

/** When a location was appended is the broker's to say: the producer's times are in its headers. */
function settingsOf(topic: Topic) {
  return topic === TOPIC.locationUpdated ? [{ name: 'message.timestamp.type', value: 'LogAppendTime' }] : []
}

/** Resolves once every partition has a leader. */
export async function untilLed(admin: Admin, topics: string[]): Promise<ITopicMetadata[]> {
  const patiently = retry(handleAll, {
    maxAttempts: CREATE_WITHIN_MS / LOOK_EVERY_MS,
    backoff: new ConstantBackoff(LOOK_EVERY_MS),
  })
  return patiently.execute(async () => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics })
    const leaderless = found.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0))
    if (leaderless.length > 0 || found.length < topics.length) {
      throw new Error(`no leader yet for ${leaderless.map(({ name }) => name).join(', ') || 'a new topic'}`)
    }
    return found
  })
}
