import Batch from 'kafkajs/src/consumer/batch.js'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import type { FetchOptions } from 'kafkajs/src/protocol/requests/fetch/index.js'

/** What a member asks one broker for, and the three that it follows from: each is another object once it has changed. */
type Asking = {
  metadata: object
  assignment: object
  offsets: object
  partitions: { topic: string; partitions: number[] }[]
}

const NO_REPLICA = -1

/**
 * From now on a fetch that asks a broker for the same partitions as the one before it goes straight to that broker. For each
 * fetch kafkajs finds out anew which partitions there are, and which of them are assigned to this member, led by that broker,
 * paused, sought or committed: a quarter of what a fetch costs. It still does so whenever any of that may have changed, and
 * it handles every failure: docs/decisions/0031.
 */
export function repeatFetches(): void {
  const { prototype } = ConsumerGroup
  const findOut = prototype.fetch
  const askings = new WeakMap<ConsumerGroup, Map<string, Asking>>()

  prototype.fetch = async function (this: ConsumerGroup, nodeId) {
    const byNode = askings.get(this) ?? new Map<string, Asking>()
    askings.set(this, byNode)
    try {
      await this.cluster.refreshMetadataIfNecessary()
      const topics = toAsk(this, byNode.get(nodeId))
      const batches = topics && (await ask(this, nodeId, topics))
      if (batches) return batches
    } catch (err) {
      byNode.delete(nodeId)
      await this.recoverFromFetch(err)
      return []
    }
    byNode.delete(nodeId)
    const { metadata } = this.cluster.brokerPool
    const batches = await findOut.call(this, nodeId)
    const asking = askingOf(this, nodeId)
    // What kafkajs has found out holds for the metadata of before the fetch.
    if (asking && asking.metadata === metadata) byNode.set(nodeId, asking)
    return batches
  }
}

/** Undefined where some partition was paused, or is to be read from another broker than its leader. */
function askingOf(group: ConsumerGroup, nodeId: string): Asking | undefined {
  const { cluster, subscriptionState, offsetManager, preferredReadReplicasPerTopicPartition } = group
  const { metadata } = cluster.brokerPool
  const replicas = Object.values(preferredReadReplicasPerTopicPartition)
  if (!metadata || !offsetManager || wasPaused(group)) return undefined
  if (replicas.some((each) => Object.keys(each).length > 0)) return undefined
  const partitions = subscriptionState.assigned().map(({ topic, partitions }) => {
    const ofTopic = cluster.findTopicPartitionMetadata(topic)
    const led = ofTopic.filter(({ leader }) => String(leader) === nodeId).map((each) => each.partitionId)
    return { topic, partitions: partitions.filter((each) => led.includes(each)) }
  })
  return {
    metadata,
    assignment: subscriptionState.assignedPartitionsByTopic,
    offsets: offsetManager,
    partitions: partitions.filter((each) => each.partitions.length > 0),
  }
}

/** Whether any partition ever was: kafkajs has a state of each topic from then on. */
function wasPaused({ subscriptionState }: ConsumerGroup): boolean {
  return Object.keys(subscriptionState.subscriptionStatesByTopic).length > 0
}

/** Undefined when kafkajs has to find it out. */
function toAsk(group: ConsumerGroup, asking: Asking | undefined): FetchOptions['topics'] | undefined {
  const { cluster, subscriptionState, offsetManager, seekOffset, maxBytesPerPartition: maxBytes } = group
  if (
    !asking ||
    asking.metadata !== cluster.brokerPool.metadata ||
    asking.assignment !== subscriptionState.assignedPartitionsByTopic ||
    asking.offsets !== offsetManager ||
    asking.partitions.length === 0 ||
    seekOffset.size > 0 ||
    wasPaused(group)
  )
    return undefined
  const topics: FetchOptions['topics'] = []
  for (const { topic, partitions } of asking.partitions) {
    const offsets = offsetManager.resolvedOffsets[topic]
    const asked: (typeof topics)[number]['partitions'] = []
    for (const partition of partitions) {
      const fetchOffset = offsets?.[partition]
      // Not known yet, or not any more; or an end of the partition by its other name.
      if (fetchOffset === undefined || fetchOffset.startsWith('-')) return undefined
      asked.push({ partition, fetchOffset, maxBytes })
    }
    topics.push({ topic, partitions: asked })
  }
  return topics
}

/** As kafkajs asks once it has found out. Returns undefined when another broker is to be asked, which kafkajs is to note. */
async function ask(
  group: ConsumerGroup,
  nodeId: string,
  topics: FetchOptions['topics'],
): Promise<Batch[] | undefined> {
  const { maxWaitTime, minBytes, maxBytes, isolationLevel, rackId, seekOffset, subscriptionState } = group
  const broker = await group.cluster.findBroker({ nodeId })
  const { responses } = await broker.fetch({
    maxWaitTime,
    minBytes,
    maxBytes,
    isolationLevel,
    rackId,
    topics,
  })
  const batches: Batch[] = []
  for (const { topicName, partitions } of responses) {
    const asked = topics.find(({ topic }) => topic === topicName)
    for (const data of partitions) {
      // Older versions of the answer have no such field.
      const { partition, preferredReadReplica = NO_REPLICA } = data
      if (preferredReadReplica !== NO_REPLICA) return undefined
      // A seek or a pause may have come meanwhile.
      if (seekOffset.has(topicName, partition) || subscriptionState.isPaused(topicName, partition)) continue
      const of = asked?.partitions.find((each) => each.partition === partition)
      if (of) batches.push(new Batch(topicName, of.fetchOffset, data))
    }
  }
  return batches
}
