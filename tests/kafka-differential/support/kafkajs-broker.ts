import type { Kafka } from 'kafkajs'
import { z } from 'zod'
import { atEnd } from '../../support/at-end.ts'

type Topics<P> = { topic: string; partitions: P[] }[]

/**
 * kafkajs' own connection to a broker: one request, one answer, its encodings, none of its retries. What its types do
 * not tell is left `unknown`: the answers are compared, not used.
 */
export type KafkajsBroker = {
  apiVersions(): Promise<Record<string, { minVersion: number; maxVersion: number }>>
  metadata(topics: string[]): Promise<unknown>
  createTopics(request: { topics: NewTopic[]; validateOnly?: boolean }): Promise<unknown>
  createPartitions(request: {
    topicPartitions: { topic: string; count: number; assignments?: number[][] }[]
    validateOnly?: boolean
  }): Promise<unknown>
  deleteTopics(request: { topics: string[] }): Promise<unknown>
  deleteRecords(request: { topics: Topics<{ partition: number; offset: string }> }): Promise<unknown>
  describeConfigs(request: {
    resources: { type: number; name: string; configNames?: string[] }[]
  }): Promise<unknown>
  alterConfigs(request: {
    resources: { type: number; name: string; configEntries: Setting[] }[]
    validateOnly?: boolean
  }): Promise<unknown>
  produce(request: {
    topicData: Topics<{ partition: number; firstSequence?: number; messages: RawMessage[] }>
    acks?: number
    producerId?: number | string
    producerEpoch?: number
    transactionalId?: string
  }): Promise<unknown>
  initProducerId(request: {
    transactionalId?: string
    transactionTimeout: number
  }): Promise<{ producerId: string; producerEpoch: number }>
  fetch(request: {
    topics: Topics<{ partition: number; fetchOffset: string; maxBytes: number }>
    maxWaitTime?: number
    minBytes?: number
    maxBytes?: number
    isolationLevel?: number
  }): Promise<unknown>
  listOffsets(request: {
    topics: Topics<{ partition: number; timestamp: string | number }>
    isolationLevel?: number
  }): Promise<unknown>
  findGroupCoordinator(request: { groupId: string; coordinatorType: number }): Promise<unknown>
  joinGroup(request: {
    groupId: string
    memberId?: string
    sessionTimeout: number
    rebalanceTimeout: number
    protocolType?: string
    groupProtocols: { name: string; metadata: Buffer }[]
  }): Promise<{ memberId: string; leaderId: string; generationId: number; groupProtocol: string }>
  syncGroup(request: {
    groupId: string
    generationId: number
    memberId: string
    groupAssignment: { memberId: string; memberAssignment: Buffer }[]
  }): Promise<unknown>
  heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>
  offsetCommit(request: {
    groupId: string
    groupGenerationId: number
    memberId: string
    topics: Topics<{ partition: number; offset: string; metadata?: string | null }>
  }): Promise<unknown>
  offsetFetch(request: { groupId: string; topics: Topics<{ partition: number }> | null }): Promise<unknown>
  describeGroups(request: { groupIds: string[] }): Promise<unknown>
  deleteGroups(groupIds: string[]): Promise<unknown>
}

export type Setting = { name: string; value: string | null }
export type NewTopic = {
  topic: string
  numPartitions?: number
  replicationFactor?: number
  replicaAssignment?: { partition: number; replicas: number[] }[]
  configEntries?: Setting[]
}
export type RawMessage = {
  key?: Buffer | string | null
  value: Buffer | string | null
  timestamp: number
  headers?: Record<string, never>
}

type Cluster = {
  connect(): Promise<void>
  refreshMetadata(): Promise<void>
  disconnect(): Promise<void>
  findControllerBroker(): Promise<KafkajsBroker>
}

const isFunction = z.custom<(options: object) => Cluster>((value) => typeof value === 'function')

/** kafkajs keeps its cluster behind a symbol; everything public goes through it with retries on top. */
export async function openKafkajsBroker(kafka: Kafka): Promise<KafkajsBroker> {
  const key = Object.getOwnPropertySymbols(kafka).find((symbol) =>
    symbol.description?.includes('createCluster'),
  )
  if (key === undefined) throw new Error('This kafkajs hides its cluster differently')
  const createCluster = isFunction.parse(Reflect.get(kafka, key))
  const cluster = createCluster({ metadataMaxAge: 300_000, allowAutoTopicCreation: false })
  await cluster.connect()
  await cluster.refreshMetadata()
  atEnd(() => cluster.disconnect())
  return await cluster.findControllerBroker()
}
