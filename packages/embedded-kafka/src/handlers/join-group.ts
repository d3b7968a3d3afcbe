import type { JoinResult } from '../group/join-and-sync.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { Handler } from './handler.ts'

/** A member joins, or joins again after a change. The answer comes when the whole group has gathered. */
export const joinGroup: Handler = (request, response, { apiVersion, broker, clientId, client }) => {
  const groupId = request.string()
  const sessionTimeoutMs = request.int32()
  const rebalanceTimeoutMs = apiVersion >= 1 ? request.int32() : sessionTimeoutMs
  const memberId = request.string()
  const instanceId = apiVersion >= 5 ? request.nullableString() : null
  const protocolType = request.string()
  const protocols = request.array(() => ({
    name: request.string(),
    metadata: Buffer.from(request.bytes()), // a copy: it outlives the request
  }))

  const result = broker.groups.join(groupId, {
    ...{ memberId, instanceId, clientId, sessionTimeoutMs, rebalanceTimeoutMs, protocolType, protocols },
    clientHost: `/${client.host}`, // as Java prints an address
    requireKnownMemberId: apiVersion >= 4,
  })
  const answer = (joined: JoinResult) => writeResponse(response, joined, apiVersion)
  return result instanceof Promise ? result.then(answer) : answer(result)
}

function writeResponse(response: ResponseWriter, joined: JoinResult, apiVersion: number): undefined {
  if (apiVersion >= 2) response.int32(0) // throttle_time_ms
  response.int16(joined.error).int32(joined.generationId).string(joined.protocolName)
  response.string(joined.leaderId).string(joined.memberId)
  response.array(joined.members, ({ memberId, instanceId, metadata }) => {
    response.string(memberId)
    if (apiVersion >= 5) response.nullableString(instanceId)
    response.bytes(metadata)
  })
  return undefined
}
