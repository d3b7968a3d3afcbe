import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { BrokerServices } from '../services.ts'
import { splitList } from '../topics/config-types.ts'
import {
  defaultOf,
  isConfigName,
  isList,
  parseTopicConfig,
  type TopicConfig,
} from '../topics/topic-config.ts'
import type { Topic } from '../topics/topic-registry.ts'
import { ResourceType } from './config-resource.ts'
import { type Handler, outcomeOf } from './handler.ts'

type Values = readonly (readonly [name: string, value: string | null])[]

/** Replaces the settings of topics: what is not named goes back to its default. */
export const alterConfigs: Handler = (request, response, { broker }) => {
  const resources = request.array(() => ({
    ...readResource(request),
    values: request.array(() => [request.string(), request.nullableString()] as const),
  }))
  const validateOnly = request.boolean()
  writeResponse(response, resources, (resource) => configure(resource, resource.values, validateOnly, broker))
  return undefined
}

const Operation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const

interface Change {
  readonly name: string
  readonly operation: number
  readonly value: string | null
}

/** Changes single settings of topics and leaves the rest; of lists, single values (KIP-339). */
export const incrementalAlterConfigs: Handler = (request, response, { broker }) => {
  const resources = request.array(() => ({
    ...readResource(request),
    changes: request.array(() => ({
      name: request.string(),
      operation: request.int8(),
      value: request.nullableString(),
    })),
  }))
  const validateOnly = request.boolean()
  writeResponse(response, resources, (resource) => {
    const { config } = topicOf(resource, broker)
    configure(resource, applyChanges(config, resource.changes), validateOnly, broker)
  })
  return undefined
}

function applyChanges(config: TopicConfig, changes: readonly Change[]): Values {
  const names = new Set(changes.map(({ name }) => name))
  if (names.size < changes.length)
    throw new KafkaError(ErrorCode.INVALID_REQUEST, 'a setting is named more than once')
  const values = new Map<string, string>(Object.entries(config))
  for (const { name, operation, value } of changes) {
    if (operation === Operation.DELETE) {
      values.delete(name)
      continue
    }
    if (value === null)
      throw new KafkaError(ErrorCode.INVALID_REQUEST, `Null value not supported for ${name}`)
    values.set(name, operation === Operation.SET ? value : changedList(config, name, operation, value))
  }
  return [...values]
}

function changedList(config: TopicConfig, name: string, operation: number, value: string): string {
  if (operation !== Operation.APPEND && operation !== Operation.SUBTRACT)
    throw new KafkaError(ErrorCode.INVALID_REQUEST, `there is no operation ${operation}`)
  if (!isConfigName(name) || !isList(name)) {
    throw new KafkaError(
      ErrorCode.INVALID_CONFIG,
      `nothing can be appended to ${name}, or subtracted from it: it is not a list`,
    )
  }
  const words = splitList(config[name] ?? defaultOf(name))
  const named = value.split(',').map((word) => word.trim())
  const kept =
    operation === Operation.APPEND ? [...words, ...named] : words.filter((word) => !named.includes(word))
  return kept.join(',')
}

interface Resource {
  readonly type: number
  readonly name: string
}

function readResource(request: RequestReader): Resource {
  return { type: request.int8(), name: request.string() }
}

function topicOf({ type, name }: Resource, { topics }: BrokerServices): Topic {
  if (type !== ResourceType.TOPIC) {
    throw new KafkaError(
      ErrorCode.INVALID_REQUEST,
      'only the settings of topics can be changed; the broker has its own at start',
    )
  }
  const topic = topics.get(name)
  if (topic === undefined)
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `Topic ${name} does not exist`)
  return topic
}

function configure(resource: Resource, values: Values, validateOnly: boolean, broker: BrokerServices): void {
  topicOf(resource, broker)
  const config = parseTopicConfig(values)
  if (!validateOnly) broker.topics.configure(resource.name, config)
}

function writeResponse<R extends Resource>(
  response: ResponseWriter,
  resources: readonly R[],
  apply: (resource: R) => void,
): void {
  response.int32(0) // throttle_time_ms
  response.array(resources, (resource) => {
    const { code, message } = outcomeOf(() => apply(resource))
    response.int16(code).nullableString(message).int8(resource.type).string(resource.name)
  })
}
