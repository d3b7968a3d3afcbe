/**
 * The APIs of this broker and the versions it speaks. Clients choose, per API, the highest that both know.
 * https://kafka.apache.org/protocol#protocol_api_keys
 *
 * Every maximum is below the first "flexible" version (KIP-482: compact types and tagged fields), so one plain
 * encoding serves all. Every range reaches the oldest version that Kafka 4's own clients still speak (KIP-896).
 */
export const ApiKey = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  LeaveGroup: 13,
  SyncGroup: 14,
  DescribeGroups: 15,
  ListGroups: 16,
  ApiVersions: 18,
  CreateTopics: 19,
  DeleteTopics: 20,
  DeleteRecords: 21,
  InitProducerId: 22,
  DescribeConfigs: 32,
  AlterConfigs: 33,
  CreatePartitions: 37,
  DeleteGroups: 42,
  IncrementalAlterConfigs: 44,
  OffsetDelete: 47,
} as const

export type ApiName = keyof typeof ApiKey

export interface VersionRange {
  readonly min: number
  readonly max: number
}

export const API_VERSIONS: Record<ApiName, VersionRange> = {
  // Record batches v2 begin at Produce 3. Versions 0-2 are announced but not served, as in Kafka 4 itself:
  // librdkafka takes a broker without Produce 0 for one that cannot compress (KAFKA-18659).
  Produce: { min: 0, max: 8 },
  Fetch: { min: 4, max: 11 },
  ListOffsets: { min: 1, max: 5 },
  // 0 for kafka-python's bootstrap; 4 carries allow_auto_topic_creation.
  Metadata: { min: 0, max: 8 },
  OffsetCommit: { min: 2, max: 7 },
  OffsetFetch: { min: 1, max: 5 },
  FindCoordinator: { min: 0, max: 2 },
  JoinGroup: { min: 0, max: 5 },
  Heartbeat: { min: 0, max: 3 },
  LeaveGroup: { min: 0, max: 3 },
  SyncGroup: { min: 0, max: 3 },
  DescribeGroups: { min: 0, max: 4 },
  ListGroups: { min: 0, max: 2 },
  // A client that starts with 3 gets UNSUPPORTED_VERSION in a version 0 body and asks again (KIP-511).
  ApiVersions: { min: 0, max: 2 },
  CreateTopics: { min: 0, max: 4 },
  DeleteTopics: { min: 0, max: 3 },
  DeleteRecords: { min: 0, max: 1 },
  InitProducerId: { min: 0, max: 1 },
  DescribeConfigs: { min: 0, max: 2 },
  AlterConfigs: { min: 0, max: 1 },
  CreatePartitions: { min: 0, max: 1 },
  DeleteGroups: { min: 0, max: 1 },
  IncrementalAlterConfigs: { min: 0, max: 0 },
  OffsetDelete: { min: 0, max: 0 },
}

/** The oldest Produce that is really served. */
export const OLDEST_PRODUCE_VERSION = 3

const NAMES = new Map<number, ApiName>(
  Object.entries(ApiKey).map(([name, key]) => [key, name as ApiName] as const),
)

export function apiNameOf(apiKey: number): ApiName | undefined {
  return NAMES.get(apiKey)
}
