import { type Admin, KafkaJSProtocolError } from 'kafkajs'
import { expect, it } from 'vitest'
import { createOwnPositions } from '#server/kafka/own-positions.ts'

const TOPIC = 'delivery-location-updated'
const ENDS = [{ partition: 0, offset: '7', high: '7', low: '2' }]

/** An error of the protocol as kafkajs throws it. */
const answer = (type: string, code: number, retriable: boolean) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code, retriable }) as never)

/** Kafka right after its start: each first question is answered with `error`. A real one does so too seldom to wait for. */
function settlingAdmin(error: Error): Admin {
  const asked = new Set<string>()
  const soon = <Answer>(question: string, found: Answer) => {
    if (asked.has(question)) return Promise.resolve(found)
    asked.add(question)
    return Promise.reject(error)
  }
  return {
    fetchTopicOffsets: (topic: string) => soon(`ends of ${topic}`, ENDS),
    fetchOffsets: ({ groupId }: { groupId: string }) =>
      soon(`offsets of ${groupId}`, [
        { topic: TOPIC, partitions: [{ partition: 0, offset: '5', metadata: '' }] },
      ]),
  } as unknown as Admin
}

const begin = (error: Error) =>
  createOwnPositions(settlingAdmin(error), { topics: [TOPIC], after: { groupId: 'history', topic: TOPIC } })

it.each([
  ['NOT_LEADER_FOR_PARTITION', 6],
  ['GROUP_COORDINATOR_NOT_AVAILABLE', 15],
  ['GROUP_LOAD_IN_PROGRESS', 14],
])('[START9] a start asks a broker again that does not know yet: %s', async (type, code) => {
  const positions = await begin(answer(type, code, true))
  expect(positions.offsets).toEqual(new Map([[`${TOPIC}/0`, '5']]))
})

it('[START9] a start asks again when kafkajs lacks a topic that a broker has', async () => {
  const words = "Cannot destructure property 'partitions' of 'high.pop(...)' as it is undefined."
  const positions = await begin(new TypeError(words))
  expect(positions.offsets).toEqual(new Map([[`${TOPIC}/0`, '5']]))
})

it('[START9] what will not change by waiting ends the start', async () => {
  await expect(begin(answer('TOPIC_AUTHORIZATION_FAILED', 29, false))).rejects.toThrow(
    'TOPIC_AUTHORIZATION_FAILED',
  )
})
