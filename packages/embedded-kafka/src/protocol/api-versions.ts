/**
 * The APIs of this broker and the versions it speaks. Clients choose, per API, the highest that both know.
 * https://kafka.apache.org/protocol#protocol_api_keys
 *
 * Every range reaches the oldest version that Kafka 4's own clients still speak (KIP-896), and, where there is one, at least
 * one of the "flexible" encoding (KIP-482: compact types and tagged fields): some newer clients speak no other.
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
  /** The first version of the flexible encoding. */
  readonly flexible?: number
}

export const API_VERSIONS: Record<ApiName, VersionRange> = {
  // Record batches v2 begin at Produce 3. Versions 0-2 are announced but not served, as in Kafka 4 itself:
  // librdkafka takes a broker without Produce 0 for one that cannot compress (KAFKA-18659).
  Produce: { min: 0, max: 9, flexible: 9 },
  Fetch: { min: 4, max: 12, flexible: 12 },
  ListOffsets: { min: 1, max: 6, flexible: 6 },
  // 0 for kafka-python's bootstrap; 4 carries allow_auto_topic_creation.
  Metadata: { min: 0, max: 9, flexible: 9 },
  OffsetCommit: { min: 2, max: 8, flexible: 8 },
  OffsetFetch: { min: 1, max: 8, flexible: 6 },
  FindCoordinator: { min: 0, max: 4, flexible: 3 },
  JoinGroup: { min: 0, max: 6, flexible: 6 },
  Heartbeat: { min: 0, max: 4, flexible: 4 },
  LeaveGroup: { min: 0, max: 4, flexible: 4 },
  SyncGroup: { min: 0, max: 4, flexible: 4 },
  DescribeGroups: { min: 0, max: 5, flexible: 5 },
  ListGroups: { min: 0, max: 4, flexible: 3 },
  // A client that starts with a newer one gets UNSUPPORTED_VERSION in a version 0 body and asks again (KIP-511).
  ApiVersions: { min: 0, max: 3, flexible: 3 },
  CreateTopics: { min: 0, max: 7, flexible: 5 },
  DeleteTopics: { min: 0, max: 6, flexible: 4 },
  DeleteRecords: { min: 0, max: 2, flexible: 2 },
  InitProducerId: { min: 0, max: 4, flexible: 2 },
  DescribeConfigs: { min: 0, max: 4, flexible: 4 },
  AlterConfigs: { min: 0, max: 2, flexible: 2 },
  CreatePartitions: { min: 0, max: 2, flexible: 2 },
  DeleteGroups: { min: 0, max: 2, flexible: 2 },
  IncrementalAlterConfigs: { min: 0, max: 1, flexible: 1 },
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

export function isFlexible(api: ApiName, version: number): boolean {
  return version >= (API_VERSIONS[api].flexible ?? Number.POSITIVE_INFINITY)
}
