import {
  API_VERSIONS,
  type ApiName,
  apiNameOf,
  isFlexible,
  OLDEST_PRODUCE_VERSION,
} from '../protocol/api-versions.ts'
import { MalformedRequest } from '../protocol/errors.ts'
import { RequestReader } from '../protocol/reader.ts'
import { readRequestHeader } from '../protocol/request-header.ts'
import { ResponseWriter } from '../protocol/writer.ts'
import type { BrokerServices } from '../services.ts'
import { alterConfigs, incrementalAlterConfigs } from './alter-configs.ts'
import { apiVersions, unsupportedApiVersions } from './api-versions.ts'
import { createPartitions } from './create-partitions.ts'
import { createTopics } from './create-topics.ts'
import { deleteGroups } from './delete-groups.ts'
import { deleteRecords } from './delete-records.ts'
import { deleteTopics } from './delete-topics.ts'
import { describeConfigs } from './describe-configs.ts'
import { describeGroups } from './describe-groups.ts'
import { fetch } from './fetch.ts'
import { findCoordinator } from './find-coordinator.ts'
import type { Client, Handler, HandlerResult } from './handler.ts'
import { heartbeat } from './heartbeat.ts'
import { initProducerId } from './init-producer-id.ts'
import { joinGroup } from './join-group.ts'
import { leaveGroup } from './leave-group.ts'
import { listGroups } from './list-groups.ts'
import { listOffsets } from './list-offsets.ts'
import { metadata } from './metadata.ts'
import { offsetCommit } from './offset-commit.ts'
import { offsetDelete } from './offset-delete.ts'
import { offsetFetch } from './offset-fetch.ts'
import { produce } from './produce.ts'
import { syncGroup } from './sync-group.ts'

const HANDLERS: Record<ApiName, Handler> = {
  Produce: produce,
  Fetch: fetch,
  ListOffsets: listOffsets,
  Metadata: metadata,
  OffsetCommit: offsetCommit,
  OffsetFetch: offsetFetch,
  FindCoordinator: findCoordinator,
  JoinGroup: joinGroup,
  Heartbeat: heartbeat,
  LeaveGroup: leaveGroup,
  SyncGroup: syncGroup,
  DescribeGroups: describeGroups,
  ListGroups: listGroups,
  ApiVersions: apiVersions,
  CreateTopics: createTopics,
  DeleteTopics: deleteTopics,
  DeleteRecords: deleteRecords,
  InitProducerId: initProducerId,
  DescribeConfigs: describeConfigs,
  AlterConfigs: alterConfigs,
  CreatePartitions: createPartitions,
  DeleteGroups: deleteGroups,
  IncrementalAlterConfigs: incrementalAlterConfigs,
  OffsetDelete: offsetDelete,
}

/** The bytes of a response, in order; or the client asked for none (Produce with acks=0). */
export type Reply = Buffer[] | 'no-response'

/**
 * Takes one request to its handler. An API or a version that was never announced cannot be answered, since the layout of
 * an answer depends on both: it throws, and the connection is closed, as Kafka does.
 */
export function dispatch(bytes: Buffer, client: Client, broker: BrokerServices): Reply | Promise<Reply> {
  const request = new RequestReader(bytes)
  const { apiKey, apiVersion, correlationId, clientId } = readRequestHeader(request)
  const response = new ResponseWriter(correlationId)
  const api = apiNameOf(apiKey)
  if (api === undefined) throw new MalformedRequest(`unknown api key ${apiKey}`)
  if (!isServed(api, apiVersion)) {
    if (api !== 'ApiVersions') throw new MalformedRequest(`${api} version ${apiVersion} is not supported`)
    unsupportedApiVersions(response)
    return response.frame()
  }
  if (isFlexible(api, apiVersion)) {
    request.becomeFlexible().skipTags() // request header v2
    response.becomeFlexible()
    // Response header v1; but this answer a client must understand before it knows the broker (KIP-511).
    if (api !== 'ApiVersions') response.noTags()
  }
  const result = HANDLERS[api](request, response, { apiVersion, clientId, client, broker })
  const reply = (result: HandlerResult) => result ?? response.noTags().frame()
  return result instanceof Promise ? result.then(reply) : reply(result)
}

function isServed(api: ApiName, version: number): boolean {
  const { min, max } = API_VERSIONS[api]
  return version >= (api === 'Produce' ? OLDEST_PRODUCE_VERSION : min) && version <= max
}
