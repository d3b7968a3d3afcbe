import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import { type BrokerServices, NODE_ID } from '../services.ts'
import { parseTopicConfig, type TopicConfig } from '../topics/topic-config.ts'
import { type ConfigEntry, topicEntries } from './describe-configs.ts'
import { type Handler, outcomeOf } from './handler.ts'

const BROKER_DEFAULT = -1

interface CreatableTopic {
  readonly name: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly assignments: readonly { readonly partition: number; readonly brokers: readonly number[] }[]
  readonly configs: readonly (readonly [string, string | null])[]
}

interface Created {
  readonly partitions: number
  readonly config: TopicConfig
}

/** Creates topics, each for itself: one that fails does not stop the others. */
export const createTopics: Handler = (request, response, { apiVersion, broker }) => {
  const topics = request.array(() => readTopic(request))
  request.int32() // timeout_ms: done before the answer
  const validateOnly = apiVersion >= 1 && request.boolean()

  if (apiVersion >= 2) response.int32(0) // throttle_time_ms
  // A name given twice is answered once.
  const named = [...new Map(topics.map((topic) => [topic.name, topic])).values()]
  response.array(named, (topic) => {
    let created: Created | undefined
    const { code, message } = outcomeOf(() => {
      created = create(topic, topics, validateOnly, broker)
    })
    response.string(topic.name)
    if (apiVersion >= 7) response.noUuid() // topic_id: topics have names only
    response.int16(code)
    if (apiVersion >= 1) response.nullableString(message)
    if (apiVersion >= 5) writeCreated(response, created)
  })
  return undefined
}

/** What came of it, for whoever left the choice to the broker (KIP-525). */
function writeCreated(response: ResponseWriter, created: Created | undefined): void {
  response.int32(created?.partitions ?? -1).int16(created ? 1 : -1) // num_partitions, replication_factor
  response.array(created ? topicEntries(created.config) : [], (entry: ConfigEntry) => {
    response.string(entry.name).nullableString(entry.value).boolean(entry.readOnly).int8(entry.source)
    response.boolean(false) // is_sensitive
  })
}

function readTopic(request: RequestReader): CreatableTopic {
  return {
    name: request.string(),
    partitions: request.int32(),
    replicationFactor: request.int16(),
    assignments: request.array(() => ({
      partition: request.int32(),
      brokers: request.list(() => request.int32()),
    })),
    configs: request.array(() => [request.string(), request.nullableString()] as const),
  }
}

function create(
  topic: CreatableTopic,
  all: readonly CreatableTopic[],
  validateOnly: boolean,
  broker: BrokerServices,
): Created {
  if (all.filter(({ name }) => name === topic.name).length > 1) {
    throw new KafkaError(ErrorCode.INVALID_REQUEST, `Duplicate topic name: ${topic.name}`)
  }
  const partitions = partitionCount(topic, broker.config.numPartitions)
  broker.topics.checkCreate(topic.name, partitions)
  const config = parseTopicConfig(topic.configs)
  if (!validateOnly) broker.topics.create(topic.name, partitions, config)
  return { partitions, config }
}

/** The number of partitions asked for: plainly, by default (-1, KIP-464), or by naming the broker of each one. */
function partitionCount(
  { partitions, replicationFactor, assignments }: CreatableTopic,
  byDefault: number,
): number {
  if (assignments.length > 0) {
    if (partitions !== BROKER_DEFAULT || replicationFactor !== BROKER_DEFAULT) {
      throw new KafkaError(
        ErrorCode.INVALID_REQUEST,
        'give either a number of partitions or their assignment, not both',
      )
    }
    const numbers = new Set(assignments.map(({ partition }) => partition))
    const consecutive = assignments.every((_, i) => numbers.has(i))
    if (!consecutive || assignments.some(({ brokers }) => brokers.length !== 1 || brokers[0] !== NODE_ID)) {
      throw new KafkaError(
        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
        `every partition from 0 on has one replica, on broker ${NODE_ID}`,
      )
    }
    return assignments.length
  }
  if (replicationFactor !== 1 && replicationFactor !== BROKER_DEFAULT) {
    throw new KafkaError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `Replication factor: ${replicationFactor}; there is one broker.`,
    )
  }
  return partitions === BROKER_DEFAULT ? byDefault : partitions
}
