import { expect, test } from 'vitest'
import { newGroup, newTopic, openAdmin, openProducer } from './support/client.ts'
import { Instance } from './support/consume.ts'
import { deleteBefore } from './support/log-ends.ts'

// A minute ago: within every retention time.
const T0_MS = Date.now() - 60_000
const OLD = Array.from({ length: 10 }, (_, i) => `old ${i}`)

/** Ten messages, one recorded every second from T0_MS on. */
async function topicWithHistory() {
  const topic = await newTopic()
  const producer = await openProducer()
  const messages = OLD.map((value, i) => ({ value, timestamp: String(T0_MS + i * 1_000) }))
  await producer.send({ topic, messages })
  const send = (value: string) => producer.send({ topic, messages: [{ value }] })
  return { topic, send }
}

test('[SEM22] a new group from the beginning gets all that is there, and what comes', async () => {
  const { topic, send } = await topicWithHistory()
  const group = await Instance.start({ topic, groupId: newGroup(), fromBeginning: true })
  await group.has(10)
  await send('new')
  await group.has(11)
  expect(group.values).toEqual([...OLD, 'new'])
})

test('[SEM23] a new group from the end gets only what comes', async () => {
  const { topic, send } = await topicWithHistory()
  const group = await Instance.start({ topic, groupId: newGroup(), fromBeginning: false })
  await group.isReading()
  await send('new')
  await group.has(1)
  expect(group.values).toEqual(['new'])
})

test('[SEM24] replay by timestamp: a group goes back to the first message not older than a moment', async () => {
  const { topic } = await topicWithHistory()
  const admin = await openAdmin()
  const offsetAt = async (timestampMs: number) =>
    (await admin.fetchTopicOffsetsByTimestamp(topic, timestampMs))[0]?.offset
  expect(await offsetAt(T0_MS - 1)).toBe('0')
  expect(await offsetAt(T0_MS + 6_000)).toBe('6')
  expect(await offsetAt(T0_MS + 6_001)).toBe('7')
  expect(await offsetAt(T0_MS + 30_000)).toBe('10') // none: the end

  const groupId = newGroup()
  const group = await Instance.start({ topic, groupId })
  await group.has(10)
  const offset = (await offsetAt(T0_MS + 5_500)) ?? ''
  group.consumer.seek({ topic, partition: 0, offset })
  await group.has(14)
  expect(group.values).toEqual([...OLD, ...OLD.slice(6)])
})

/** A group that was at this offset when last seen. */
async function groupAt(topic: string, offset: number): Promise<string> {
  const groupId = newGroup()
  const member = await Instance.start({ topic, groupId, run: { autoCommit: false } })
  await member.isReading()
  await member.consumer.commitOffsets([{ topic, partition: 0, offset: String(offset) }])
  await member.stop()
  return groupId
}

test('[SEM25] a group whose offset is gone starts again at the low end, if it reads from the beginning', async () => {
  const { topic } = await topicWithHistory()
  const groupId = await groupAt(topic, 2)
  await deleteBefore(topic, 6)
  const group = await Instance.start({ topic, groupId, fromBeginning: true })
  await group.has(4)
  expect(group.values).toEqual(OLD.slice(6))
})

test('[SEM26] a group whose offset is gone starts again at the end, if it reads from there', async () => {
  const { topic, send } = await topicWithHistory()
  const groupId = await groupAt(topic, 2)
  await deleteBefore(topic, 6)
  const group = await Instance.start({ topic, groupId, fromBeginning: false })
  await group.isReading()
  await send('new')
  await group.has(1)
  expect(group.values).toEqual(['new'])
})

test('[SEM27] a group whose offset is beyond the end starts again as well', async () => {
  const { topic } = await topicWithHistory()
  const groupId = await groupAt(topic, 1_000)
  const group = await Instance.start({ topic, groupId, fromBeginning: true })
  await group.has(10)
  expect(group.values).toEqual(OLD)
})
