import type { Session, Step } from '../support/session.ts'

/** Creates a topic and says which brokers get its partitions. */
const createAssigned = (
  { broker, named }: Session,
  topic: string,
  brokers: number[],
  { numPartitions = -1, replicationFactor = -1 } = {},
) => {
  const replicaAssignment = brokers.map((id, partition) => ({ partition, replicas: [id] }))
  return broker.createTopics({
    topics: [{ topic: named(topic), numPartitions, replicationFactor, replicaAssignment }],
  })
}

export const assignmentSteps: Step[] = [
  [
    'create a topic with its replicas assigned',
    async (s) => {
      await createAssigned(s, 'assigned', [s.nodeId, s.nodeId])
      await s.usable(s.named('assigned'), 2)
    },
  ],
  [
    'create a topic with replicas on a broker that is not there',
    (s) => createAssigned(s, 'none', [s.nodeId, 99]),
  ],
  [
    'create a topic with both a number of partitions and an assignment',
    (s) => createAssigned(s, 'none', [s.nodeId], { numPartitions: 1, replicationFactor: 1 }),
  ],
]
