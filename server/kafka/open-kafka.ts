import { Partitioners } from 'kafkajs'
import { deadLetterTopic, TOPIC } from '#contracts/topics.ts'
import type { Config } from '../config.ts'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { createKafkaClient } from './client.ts'
import { type Consume, consume } from './consume.ts'
import { startEmbeddedBroker } from './embedded-broker.ts'
import { CREATE_WITHIN_MS, ensureTopics } from './ensure-topics.ts'
import { createBreakableSockets, createKafkaFaults, type KafkaFaults } from './faults.ts'
import { GatheringProducer } from './gathering-producer.ts'
import { createLab, type Lab } from './lab.ts'
import { type LocationLog, openLocationLog } from './location-log.ts'
import { type OpenLogReader, openLogReader } from './log-reader.ts'
import { createNames } from './names.ts'
import { createPublish, type Publish } from './publish.ts'
import { type BreakerView, createPublishPolicy } from './publish-policy.ts'
import { embeddedSegments, untoldSegments } from './segments.ts'
import { waitForBroker } from './wait-for-broker.ts'

export type OpenKafka = {
  consume: Consume
  publish: Publish
  breaker: BreakerView
  /** Only in the demo anything is made to be broken. `consume` is for the consumer that may be. */
  breakable: { faults: KafkaFaults; consume: Consume } | null
  /** For trying things on topics of their own; opens nothing before it is used. */
  lab: Lab
  locationLog: LocationLog
  openLogReader: OpenLogReader
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * Kafka as configured, or the embedded broker; the code that follows is the same. Topics are there and the
 * producer is connected when this resolves.
 * @throws StartUpError when Kafka cannot be used, or does not come
 */
export async function openKafka(config: Config, metrics: Metrics, logger: Logger): Promise<OpenKafka> {
  const embedded = config.kafka
    ? null
    : await startEmbeddedBroker(
        { dataDir: config.dataDir, port: config.kafkaPort, settings: config.brokerSettings },
        logger,
      )
  const address = config.kafka ?? { brokers: [embedded?.address ?? ''], ssl: false, sasl: null, prefix: '' }
  const clientId = `rider-live-${config.instanceId}`
  const breakable = config.demo ? createBreakableSockets() : null
  const connect = breakable?.slow.connect
  const client = createKafkaClient(address, { clientId, connect }, logger)
  const names = createNames(address.prefix)
  const admin = createKafkaClient(
    address,
    { clientId, requestWithinMs: CREATE_WITHIN_MS + 1_000, connect },
    logger,
  ).admin()
  // Named, because kafkajs warns about the partitioner that it chooses by itself: this one hashes keys as Java clients do.
  const producer = client.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  try {
    await waitForBroker(admin, address.brokers, logger)
    await ensureTopics(admin, names)
    await producer.connect()
    // Sends nothing, but makes kafkajs learn who leads what: the first rider should not have to wait for that.
    const topics = Object.values(TOPIC).flatMap((topic) => [topic, deadLetterTopic(topic)])
    await producer.sendBatch({
      topicMessages: topics.map((topic) => ({ topic: names.inKafka(topic), messages: [] })),
    })
  } catch (cause) {
    await Promise.allSettled([admin.disconnect(), producer.disconnect(), embedded?.stop()])
    if (cause instanceof StartUpError) throw cause
    throw new StartUpError(
      `Kafka at ${address.brokers.join(', ')} cannot be used: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
  }
  const { policy, breaker } = createPublishPolicy(logger, metrics)
  // A consumer that crashes when it is asked to is no news; what it prints goes to nobody.
  const labLog = logger.child({}, { level: 'error' })
  const lab = createLab({
    newClient: (connect) => createKafkaClient(address, { clientId: `${clientId}-lab`, connect }, labLog),
    names,
    now: Date.now,
    logger,
  })
  if (config.demo)
    lab
      .sweep({ alone: embedded !== null })
      .catch((err: unknown) => logger.warn({ err }, 'What labs left behind is still there'))
  const locationLog = openLocationLog({
    kafka: client,
    admin,
    names,
    readerGroupId: `inside-${config.instanceId}`,
    logger,
  })
  const segments = embedded ? embeddedSegments(config.dataDir) : untoldSegments
  return {
    lab,
    locationLog,
    openLogReader: (topic) => openLogReader({ kafka: client, names, segments }, topic),
    consume: (options) => consume({ kafka: client, admin, names, logger }, options),
    breaker,
    breakable: breakable && {
      faults: createKafkaFaults(embedded, breakable),
      consume: (options) => {
        const kafka = createKafkaClient(address, { clientId, connect: breakable.cuttable.connect }, logger)
        return consume({ kafka, admin, names, logger }, options)
      },
    },
    publish: createPublish({
      producer: new GatheringProducer(producer),
      names,
      policy,
      metrics,
    }),
    async ping() {
      await admin.describeCluster()
    },
    async close() {
      await Promise.allSettled([lab.close(), locationLog.close()])
      await Promise.allSettled([producer.disconnect(), admin.disconnect()])
      await embedded?.stop()
    },
  }
}
