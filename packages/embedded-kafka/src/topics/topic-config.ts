import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import { type ConfigType, int, listOf, long, oneOf, only, WireType } from './config-types.ts'

export const CONFIG_NAMES = [
  'cleanup.policy',
  'compression.type',
  'max.message.bytes',
  'message.timestamp.after.max.ms',
  'message.timestamp.type',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
] as const

/** The whole broker's limit of a request (`socketRequestMaxBytes`), and so of a batch. */
const LARGEST_BATCH_BYTES = 16n * 1024n * 1024n

interface ConfigDefinition {
  readonly default: string
  readonly type: ConfigType
}

/** https://kafka.apache.org/documentation/#topicconfigs */
const DEFINITIONS: Record<ConfigName, ConfigDefinition> = {
  // An empty list keeps everything (KIP-1161).
  'cleanup.policy': { default: 'delete', type: listOf('delete') },
  'compression.type': { default: 'producer', type: only('producer') },
  'max.message.bytes': {
    default: '1048588',
    type: int({ min: 0n, max: LARGEST_BATCH_BYTES, why: 'this broker takes no larger requests' }),
  },
  // A record from the far future would outlive every retention time.
  'message.timestamp.after.max.ms': { default: '3600000', type: long({ min: 0n }) },
  'message.timestamp.type': { default: 'CreateTime', type: oneOf('CreateTime', 'LogAppendTime') },
  'min.insync.replicas': {
    default: '1',
    type: int({ min: 1n, max: 1n, why: 'this broker is the only replica' }),
  },
  // Negative: no limit.
  'retention.bytes': { default: '-1', type: long() },
  'retention.ms': { default: '604800000', type: long({ min: -1n }) },
  // Kafka's default is 1 GiB. Retention deletes whole segments, so smaller ones follow its limits more closely.
  'segment.bytes': { default: '67108864', type: int({ min: 14n }) },
}

export type ConfigName = (typeof CONFIG_NAMES)[number]

export type TopicConfig = Readonly<Partial<Record<ConfigName, string>>>

export function defaultOf(name: ConfigName): string {
  return DEFINITIONS[name].default
}

export function numberOf(config: TopicConfig, name: ConfigName): number {
  return Number(config[name] ?? DEFINITIONS[name].default)
}

/** Whether retention deletes from this topic at all. */
export function deletesOldSegments(config: TopicConfig): boolean {
  return config['cleanup.policy'] !== ''
}

/** Whose clock the records of a topic carry. */
export function keepsAppendTime(config: TopicConfig): boolean {
  return config['message.timestamp.type'] === 'LogAppendTime'
}

export function isConfigName(name: string): name is ConfigName {
  return Object.hasOwn(DEFINITIONS, name)
}

export function wireTypeOf(name: ConfigName): WireType {
  return DEFINITIONS[name].type.wireType
}

/** Whether single values can be appended and subtracted (KIP-339). */
export function isList(name: ConfigName): boolean {
  return wireTypeOf(name) === WireType.LIST
}

/** Judges settings sent by a client, and returns them as they are kept and described. */
export function parseTopicConfig(entries: Iterable<readonly [string, string | null]>): TopicConfig {
  const config: Partial<Record<ConfigName, string>> = {}
  for (const [name, text] of entries) {
    if (!isConfigName(name))
      throw new KafkaError(ErrorCode.INVALID_CONFIG, `Unknown topic config name: ${name}`)
    if (text === null) throw new KafkaError(ErrorCode.INVALID_CONFIG, `Null value not supported for ${name}`)
    const parsed = DEFINITIONS[name].type.parse(text)
    if ('problem' in parsed)
      throw new KafkaError(ErrorCode.INVALID_CONFIG, `Invalid value ${text} for ${name}: ${parsed.problem}`)
    config[name] = parsed.value
  }
  return config
}
