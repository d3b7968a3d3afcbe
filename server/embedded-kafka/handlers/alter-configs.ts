import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { BrokerServices } from '../services.ts'
import { parseTopicConfig } from '../topics/topic-config.ts'
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

const SET = 0
const DELETE = 1

/** Changes single settings of topics and leaves the rest (KIP-339). APPEND and SUBTRACT are for lists; none has any. */
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
    const values = new Map<string, string | null>(
      Object.entries(broker.topics.get(resource.name)?.config ?? {}),
    )
    for (const { name, operation, value } of resource.changes) {
      if (operation !== SET && operation !== DELETE) {
        throw new KafkaError(ErrorCode.INVALID_CONFIG, `${name} is not a list`)
      }
      values.set(name, operation === SET ? value : null)
    }
    configure(resource, [...values], validateOnly, broker)
  })
  return undefined
}

interface Resource {
  readonly type: number
  readonly name: string
}

function readResource(request: RequestReader): Resource {
  return { type: request.int8(), name: request.string() }
}

function configure(
  { type, name }: Resource,
  values: Values,
  validateOnly: boolean,
  { topics }: BrokerServices,
): void {
  if (type !== ResourceType.TOPIC) {
    throw new KafkaError(
      ErrorCode.INVALID_REQUEST,
      'only the settings of topics can be changed; the broker has its own at start',
    )
  }
  if (topics.get(name) === undefined)
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `Topic ${name} does not exist`)
  const config = parseTopicConfig(values)
  if (!validateOnly) topics.configure(name, config)
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
