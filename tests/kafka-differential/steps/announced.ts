import type { Session, Step } from '../support/session.ts'

/** Calls that not every broker has, by what they are for. https://kafka.apache.org/protocol#protocol_api_keys */
const CALLS: Record<string, Record<string, number>> = {
  transactions: {
    AddPartitionsToTxn: 24,
    AddOffsetsToTxn: 25,
    EndTxn: 26,
    TxnOffsetCommit: 28,
    DescribeTransactions: 65,
    ListTransactions: 66,
  },
  'producers and epochs': { OffsetForLeaderEpoch: 23, DescribeProducers: 61 },
  'groups that the broker assigns (KIP-848) and what came after them': {
    ConsumerGroupHeartbeat: 68,
    ConsumerGroupDescribe: 69,
    ShareGroupHeartbeat: 76,
    ShareGroupDescribe: 77,
    ShareFetch: 78,
    ShareAcknowledge: 79,
    DescribeShareGroupOffsets: 90,
    AlterShareGroupOffsets: 91,
    DeleteShareGroupOffsets: 92,
    StreamsGroupHeartbeat: 88,
    StreamsGroupDescribe: 89,
  },
  'disks and replicas': {
    AlterReplicaLogDirs: 34,
    DescribeLogDirs: 35,
    ElectLeaders: 43,
    AlterPartitionReassignments: 45,
    ListPartitionReassignments: 46,
  },
  'the cluster and its nodes': {
    DescribeQuorum: 55,
    UpdateFeatures: 57,
    DescribeCluster: 60,
    ListConfigResources: 74,
    UnregisterBroker: 64,
    DescribeTopicPartitions: 75,
    AddRaftVoter: 80,
    RemoveRaftVoter: 81,
  },
  'who may do what, and how much': {
    SaslHandshake: 17,
    DescribeAcls: 29,
    CreateAcls: 30,
    DeleteAcls: 31,
    SaslAuthenticate: 36,
    CreateDelegationToken: 38,
    RenewDelegationToken: 39,
    ExpireDelegationToken: 40,
    DescribeDelegationToken: 41,
    DescribeClientQuotas: 48,
    AlterClientQuotas: 49,
    DescribeUserScramCredentials: 50,
    AlterUserScramCredentials: 51,
  },
  'what only brokers ask each other': {
    WriteTxnMarkers: 27,
    InitializeShareGroupState: 83,
    ReadShareGroupState: 84,
    WriteShareGroupState: 85,
    DeleteShareGroupState: 86,
    ReadShareGroupStateSummary: 87,
  },
}

/** What a newer version of a call added. */
const ADDED: readonly (readonly [what: string, apiKey: number, version: number])[] = [
  ['the largest timestamp (ListOffsets 7, KIP-734)', 2, 7],
  ['groups by their state (ListGroups 4, KIP-518)', 16, 4],
  ['groups by their type (ListGroups 5, KIP-848)', 16, 5],
  ['topics by their ids (Fetch 13, KIP-516)', 1, 13],
]

async function announced({ broker }: Session): Promise<Map<number, number>> {
  const versions = Object.entries(await broker.apiVersions())
  return new Map(versions.map(([apiKey, { maxVersion }]) => [Number(apiKey), maxVersion]))
}

export const announcedSteps: Step[] = [
  ...Object.entries(CALLS).map(
    ([what, calls]): Step => [
      `calls about ${what}`,
      async (s) => {
        const versions = await announced(s)
        return Object.keys(calls).filter((name) => versions.has(calls[name] ?? -1))
      },
    ],
  ),
  [
    'all other calls, by number',
    async (s) => {
      const named = Object.values(CALLS).flatMap((calls) => Object.values(calls))
      return [...(await announced(s)).keys()]
        .filter((apiKey) => !named.includes(apiKey))
        .sort((a, b) => a - b)
    },
  ],
  ...ADDED.map(
    ([what, apiKey, version]): Step => [
      `ask for ${what}`,
      async (s) => (((await announced(s)).get(apiKey) ?? -1) >= version ? 'announced' : 'not announced'),
    ],
  ),
]
