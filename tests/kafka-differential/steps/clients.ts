import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs'
import { pollUntil } from '../../support/poll-until.ts'
import type { Session, Step } from '../support/session.ts'

/** What a kafkajs consumer gets of a topic from the beginning, until it has `count` messages. */
async function consume({ kafka, named }: Session, topic: string, count: number) {
  const consumer = kafka.consumer({
    groupId: named('consumer'),
    maxWaitTimeInMs: 200,
    heartbeatInterval: 500,
  })
  const received: unknown[] = []
  await consumer.connect()
  try {
    await consumer.subscribe({ topic: named(topic), fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ message: { offset, key, value, headers } }) => {
        received.push({ offset, key, value, headers })
      },
    })
    await pollUntil(() => received.length >= count, { withinMs: 40_000, what: `${count} messages to come` })
    return received
  } finally {
    await consumer.disconnect()
  }
}

export const clientSteps: Step[] = [
  ['consume with kafkajs from the beginning', (s) => consume(s, 'small', 1)],
  [
    'the offset that the consumer left',
    async ({ admin, named }) =>
      await admin.fetchOffsets({ groupId: named('consumer'), topics: [named('small')] }),
  ],
  [
    'a transaction',
    async ({ kafka, named }) => {
      const producer = kafka.producer({
        transactionalId: named('transaction'),
        maxInFlightRequests: 1,
        idempotent: true,
      })
      await producer.connect()
      try {
        const transaction = await producer.transaction()
        await transaction.send({
          topic: named('main'),
          messages: [{ partition: 2, value: 'all or nothing' }],
        })
        await transaction.commit()
        return 'committed'
      } finally {
        await producer.disconnect()
      }
    },
  ],
  [
    'describe access rules',
    async ({ admin }) =>
      await admin.describeAcls({
        resourceType: AclResourceTypes.TOPIC,
        resourcePatternType: ResourcePatternTypes.ANY,
        resourceName: 'any',
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ANY,
        principal: 'User:any',
        host: '*',
      }),
  ],
  ['list partitions that are moving', async ({ admin }) => await admin.listPartitionReassignments({})],
]
