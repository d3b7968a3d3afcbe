import { ErrorCode, KafkaError } from '../protocol/errors.ts'

/** https://kafka.apache.org/documentation/#topicconfigs */
interface ConfigDefinition {
  readonly default: string
  /** What is wrong with a value, if anything. */
  readonly check: (value: string) => string | undefined
}

const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (value: string): string | undefined => {
    const parsed = /^-?\d+$/.test(value) ? Number(value) : Number.NaN
    return parsed >= min && parsed <= max ? undefined : `must be a whole number of at least ${min}`
  }

const oneOf =
  (...supported: string[]) =>
  (value: string): string | undefined =>
    supported.includes(value) ? undefined : `must be one of ${supported.join(', ')}`

/** A setting that this broker has only one way for: told honestly rather than accepted and ignored. */
const only =
  (supported: string) =>
  (value: string): string | undefined =>
    value === supported ? undefined : `this broker supports only "${supported}"`

const DEFINITIONS = {
  'cleanup.policy': { default: 'delete', check: only('delete') },
  'compression.type': { default: 'producer', check: only('producer') },
  'max.message.bytes': { default: '1048588', check: integer(0, 16 * 1024 * 1024) },
  // A record from the far future would outlive every retention time.
  'message.timestamp.after.max.ms': { default: '3600000', check: integer(0) },
  'message.timestamp.type': { default: 'CreateTime', check: oneOf('CreateTime', 'LogAppendTime') },
  'min.insync.replicas': { default: '1', check: only('1') },
  'retention.bytes': { default: '-1', check: integer(-1) },
  'retention.ms': { default: '604800000', check: integer(-1) },
  // Kafka's default is 1 GiB. Retention deletes whole segments, so smaller ones follow its limits more closely.
  'segment.bytes': { default: '67108864', check: integer(14, 0x7fff_ffff) },
} satisfies Record<string, ConfigDefinition>

export type ConfigName = keyof typeof DEFINITIONS
export const CONFIG_NAMES = Object.keys(DEFINITIONS) as ConfigName[]

export type TopicConfig = Readonly<Partial<Record<ConfigName, string>>>

export function defaultOf(name: ConfigName): string {
  return DEFINITIONS[name].default
}

export function numberOf(config: TopicConfig, name: ConfigName): number {
  return Number(config[name] ?? DEFINITIONS[name].default)
}

/** Whose clock the records of a topic carry. */
export function keepsAppendTime(config: TopicConfig): boolean {
  return config['message.timestamp.type'] === 'LogAppendTime'
}

function isConfigName(name: string): name is ConfigName {
  return Object.hasOwn(DEFINITIONS, name)
}

/** Judges settings sent by a client; null, as in Kafka, means the default. */
export function parseTopicConfig(entries: Iterable<readonly [string, string | null]>): TopicConfig {
  const config: Partial<Record<ConfigName, string>> = {}
  for (const [name, value] of entries) {
    if (!isConfigName(name))
      throw new KafkaError(ErrorCode.INVALID_CONFIG, `Unknown topic config name: ${name}`)
    if (value === null) continue
    const problem = DEFINITIONS[name].check(value)
    if (problem)
      throw new KafkaError(ErrorCode.INVALID_CONFIG, `Invalid value ${value} for ${name}: ${problem}`)
    config[name] = value
  }
  return config
}
