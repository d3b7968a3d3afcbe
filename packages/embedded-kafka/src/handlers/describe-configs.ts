import type { BrokerConfig } from '../config.ts'
import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import { type BrokerServices, NODE_ID } from '../services.ts'
import { WireType } from '../topics/config-types.ts'
import { CONFIG_NAMES, defaultOf, type TopicConfig, wireTypeOf } from '../topics/topic-config.ts'
import { ConfigSource, ResourceType } from './config-resource.ts'
import { type Handler, outcomeOf } from './handler.ts'

export interface ConfigEntry {
  readonly name: string
  readonly value: string
  readonly readOnly: boolean
  readonly source: number
  readonly type: WireType
}

/** The settings of topics, and of this broker under Kafka's names. */
export const describeConfigs: Handler = (request, response, { apiVersion, broker }) => {
  const resources = request.array(() => ({
    type: request.int8(),
    name: request.string(),
    only: request.nullableList(() => request.string()),
  }))
  // include_synonyms (1) and include_documentation (3) follow.

  response.int32(0) // throttle_time_ms
  response.array(resources, ({ type, name, only }) => {
    let entries: readonly ConfigEntry[] = []
    const { code, message } = outcomeOf(() => {
      entries = entriesOf(type, name, broker)
    })
    const wanted = entries.filter((entry) => only === null || only.includes(entry.name))
    response.int16(code).nullableString(message).int8(type).string(name)
    response.array(wanted, (entry) => writeEntry(response, entry, apiVersion))
  })
  return undefined
}

function entriesOf(type: number, name: string, { topics, config }: BrokerServices): ConfigEntry[] {
  if (type === ResourceType.BROKER) {
    // Without a name: what has been set for all brokers while they run (KIP-226). Nothing can be, here.
    if (name === '') return []
    // As Java reads a number.
    if (/^[+-]?\d+$/.test(name) && Number(name) === NODE_ID) return brokerEntries(config)
    throw new KafkaError(
      ErrorCode.INVALID_REQUEST,
      `Unexpected broker id "${name}", expected ${NODE_ID} or an empty string`,
    )
  }
  if (type !== ResourceType.TOPIC)
    throw new KafkaError(ErrorCode.INVALID_REQUEST, `Unsupported resource type ${type}`)
  const topic = topics.get(name)
  if (topic === undefined)
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `Topic ${name} does not exist`)
  return topicEntries(topic.config)
}

export function topicEntries(config: TopicConfig): ConfigEntry[] {
  return CONFIG_NAMES.map((key) => {
    const value = config[key]
    const source = value === undefined ? ConfigSource.DEFAULT_CONFIG : ConfigSource.DYNAMIC_TOPIC_CONFIG
    return { name: key, value: value ?? defaultOf(key), readOnly: false, source, type: wireTypeOf(key) }
  })
}

function brokerEntries(config: BrokerConfig): ConfigEntry[] {
  const settings = {
    'auto.create.topics.enable': config.autoCreateTopicsEnable,
    'broker.id': NODE_ID,
    'connections.max.idle.ms': config.connectionsMaxIdleMs,
    'default.replication.factor': 1,
    'fetch.max.bytes': config.fetchMaxBytes,
    'group.initial.rebalance.delay.ms': config.groupInitialRebalanceDelayMs,
    'group.max.session.timeout.ms': config.groupMaxSessionTimeoutMs,
    'group.max.size': config.groupMaxSize,
    'group.min.session.timeout.ms': config.groupMinSessionTimeoutMs,
    'log.dirs': config.logDir,
    'log.retention.check.interval.ms': config.logRetentionCheckIntervalMs,
    'log.retention.bytes': defaultOf('retention.bytes'),
    'log.retention.ms': defaultOf('retention.ms'),
    'log.segment.bytes': defaultOf('segment.bytes'),
    'max.connections': config.maxConnections,
    'message.max.bytes': defaultOf('max.message.bytes'),
    'num.partitions': config.numPartitions,
    'offset.metadata.max.bytes': config.offsetMetadataMaxBytes,
    'offsets.retention.minutes': Math.round(config.offsetsRetentionMs / 60_000),
    'producer.id.expiration.ms': config.producerIdExpirationMs,
    'socket.request.max.bytes': config.socketRequestMaxBytes,
  }
  return Object.entries(settings).map(([name, value]) => {
    return {
      ...{ name, value: String(value), readOnly: true },
      source: ConfigSource.STATIC_BROKER_CONFIG,
      type: WireType.UNKNOWN,
    }
  })
}

function writeEntry(
  response: ResponseWriter,
  { name, value, readOnly, source, type }: ConfigEntry,
  apiVersion: number,
): void {
  response.string(name).nullableString(value).boolean(readOnly)
  if (apiVersion === 0) response.boolean(source === ConfigSource.DEFAULT_CONFIG)
  else response.int8(source)
  response.boolean(false) // is_sensitive
  if (apiVersion >= 1) response.array([], () => {}) // synonyms
  if (apiVersion >= 3) response.int8(type).nullableString(null) // documentation: not kept here
}
