import type { Admin, Kafka } from 'kafkajs'
import { deadLetterTopic, TOPIC } from '#contracts/topics.ts'
import type { Config } from '../config.ts'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { askLeaders } from './ask-leaders.ts'
import { type Connect, createKafkaClient } from './client.ts'
import { type Consume, consume } from './consume.ts'
import { type EmbeddedBroker, startEmbeddedBroker } from './embedded-broker.ts'
import { createEncodedBatches } from './encoded-batches.ts'
import { CREATE_WITHIN_MS, ensureTopics } from './ensure-topics.ts'
import { GatheringProducer } from './gathering-producer.ts'
import { createNames, type Names } from './names.ts'
import { createPublish, type Publish } from './publish.ts'
import { type BreakerView, createPublishPolicy } from './publish-policy.ts'
import { waitForBroker } from './wait-for-broker.ts'

/** Of each request by which the leaders are asked whether they are back. */
const ASK_WITHIN_MS = 800

export type OpenKafka = {
  consume: Consume
  publish: Publish
  breaker: BreakerView
  /** `consume` by a client whose connections are its own, opened so. */
  consumeOver(connect: Connect): Consume
  /** For what looks at the log from beside the product. */
  admin: Admin
  names: Names
  newClient(options?: { name?: string; connect?: Connect | undefined; logger?: Logger }): Kafka
  /** null with a broker that is not this app's own. */
  embedded: EmbeddedBroker | null
  ping(): Promise<void>
  close(): Promise<void>
}

type Dependencies = {
  metrics: Metrics
  logger: Logger
  /** Opens every connection to the brokers; default: as client.ts does. */
  connect?: Connect | undefined
}

/**
 * Kafka as configured, or the embedded broker; the code that follows is the same. Topics are there and the
 * producer is connected when this resolves.
 * @throws StartUpError when Kafka cannot be used, or does not come
 */
export async function openKafka(
  config: Config,
  { metrics, logger, connect }: Dependencies,
): Promise<OpenKafka> {
  const embedded = config.kafka
    ? null
    : await startEmbeddedBroker(
        { dataDir: config.dataDir, port: config.kafkaPort, settings: config.brokerSettings },
        logger,
      )
  const address = config.kafka ?? { brokers: [embedded?.address ?? ''], ssl: false, sasl: null, prefix: '' }
  const clientId = `rider-live-${config.instanceId}`
  const newClient: OpenKafka['newClient'] = (options = {}) =>
    createKafkaClient(
      address,
      {
        clientId: options.name ? `${clientId}-${options.name}` : clientId,
        connect: options.connect ?? connect,
      },
      options.logger ?? logger,
    )
  const client = newClient()
  const names = createNames(address.prefix)
  const admin = createKafkaClient(
    address,
    { clientId, requestWithinMs: CREATE_WITHIN_MS + 1_000, connect },
    logger,
  ).admin()
  const { createPartitioner, encodingSend } = createEncodedBatches()
  const producer = client.producer({ allowAutoTopicCreation: false, createPartitioner })
  try {
    await waitForBroker(admin, address.brokers, logger)
    await ensureTopics(admin, names, config.topicCopies, logger)
    await producer.connect()
    // Sends nothing, but makes kafkajs learn the leader of each partition: the first rider should not wait for that.
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
  const asking = createKafkaClient(
    address,
    { clientId: `${clientId}-asking`, requestWithinMs: ASK_WITHIN_MS, connect },
    // That Kafka is away is in the log already, and would be four times a second.
    logger.child({}, { level: 'error' }),
  )
  const topic = names.inKafka(TOPIC.locationUpdated)
  const { policy, breaker, stop } = createPublishPolicy(logger, metrics, () => askLeaders(asking, topic))
  return {
    consume: (options) => consume({ kafka: client, admin, names, logger }, options),
    consumeOver: (connect) => (options) =>
      consume({ kafka: newClient({ connect }), admin, names, logger }, options),
    breaker,
    admin,
    names,
    newClient,
    embedded,
    publish: createPublish({
      producer: new GatheringProducer(encodingSend(producer), policy),
      names,
      metrics,
    }),
    async ping() {
      await admin.describeCluster()
    },
    async close() {
      stop()
      await Promise.allSettled([producer.disconnect(), admin.disconnect()])
      await embedded?.stop()
    },
  }
}
