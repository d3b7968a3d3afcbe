import { LEADER_EPOCH } from '../log/partition-log.ts'
import { ErrorCode } from '../protocol/errors.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import { type BrokerServices, NODE_ID } from '../services.ts'
import { checkTopicName } from '../topics/topic-name.ts'
import { type Handler, outcomeOf, type RequestContext } from './handler.ts'

/** "Not asked for": what a broker without authorisation says of authorised operations (KIP-430). */
export const NO_AUTHORIZED_OPERATIONS = -2147483648

/** Where is every partition? Always here; and on the way, topics that do not exist yet may come to be. */
export const metadata: Handler = (request, response, context) => {
  const { apiVersion, broker } = context
  const names = request.nullableArray(() => request.string())
  const allowAutoTopicCreation = apiVersion >= 4 ? request.boolean() : true
  // All topics: null, but in version 0 an empty list.
  const all = names === null || (apiVersion === 0 && names.length === 0)

  if (apiVersion >= 3) response.int32(0) // throttle_time_ms
  response.array([broker.advertised], ({ host, port }) => {
    response.int32(NODE_ID).string(host).int32(port)
    if (apiVersion >= 1) response.nullableString(null) // rack
  })
  if (apiVersion >= 2) response.nullableString(broker.clusterId)
  if (apiVersion >= 1) response.int32(NODE_ID) // controller_id
  response.array(all ? broker.topics.all().map(({ name }) => name) : names, (name) => {
    const code = broker.topics.get(name)
      ? ErrorCode.NONE
      : createOnDemand(name, allowAutoTopicCreation, broker)
    writeTopic(response, name, code, context)
  })
  if (apiVersion >= 8) response.int32(NO_AUTHORIZED_OPERATIONS)
  return undefined
}

/** Kafka's auto.create.topics.enable, if the client agrees (KIP-361). */
function createOnDemand(name: string, allowed: boolean, { topics, config }: BrokerServices): ErrorCode {
  const check = outcomeOf(() => checkTopicName(name))
  if (check.code !== ErrorCode.NONE) return check.code
  if (!allowed || !config.autoCreateTopicsEnable) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  return outcomeOf(() => topics.create(name, config.numPartitions, {})).code
}

function writeTopic(
  response: ResponseWriter,
  name: string,
  code: ErrorCode,
  { apiVersion, broker }: RequestContext,
): void {
  response.int16(code).string(name)
  if (apiVersion >= 1) response.boolean(false) // is_internal
  const partitions = broker.topics.get(name)?.partitions ?? []
  const self = [NODE_ID]
  response.array([...partitions.keys()], (partition) => {
    response.int16(ErrorCode.NONE).int32(partition).int32(NODE_ID)
    if (apiVersion >= 7) response.int32(LEADER_EPOCH)
    response.list(self, (id) => response.int32(id)) // replicas
    response.list(self, (id) => response.int32(id)) // in-sync replicas
    if (apiVersion >= 5) response.list([], () => {}) // offline replicas
  })
  if (apiVersion >= 8) response.int32(NO_AUTHORIZED_OPERATIONS)
}
