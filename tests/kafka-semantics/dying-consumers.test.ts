import { expect, test } from 'vitest'
import { newGroup, newTopic, openAdmin, openProducer } from './support/client.ts'
import { Instance } from './support/consume.ts'
import { consumeUntilKilled } from './support/consume-until-killed.ts'
import type { WayToCommit } from './support/ways-to-commit.ts'

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const AFTERWARDS = 10

/** Ten messages, a consumer killed in the middle of the one with offset 5, and its successor in the same group. */
async function killAndContinue(way: WayToCommit) {
  const topic = await newTopic()
  const groupId = newGroup()
  const producer = await openProducer()
  await producer.send({ topic, messages: ALL.map((offset) => ({ value: String(offset) })) })

  const { processed } = await consumeUntilKilled(way, { topic, groupId })
  const committed = await committedOffset(groupId, topic)
  await producer.send({ topic, messages: [{ value: 'afterwards' }] })
  const successor = await Instance.start({ topic, groupId })
  const rest = AFTERWARDS + 1 - committed
  await successor.has(rest)
  return {
    committed,
    repeated: processed.filter((offset) => successor.offsets.includes(offset)),
    lost: ALL.filter((offset) => !processed.includes(offset) && !successor.offsets.includes(offset)),
    continuesWith: successor.offsets[0],
  }
}

async function committedOffset(groupId: string, topic: string): Promise<number> {
  const admin = await openAdmin()
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] })
  return Number(offsets?.partitions[0]?.offset)
}

// At the same time: each has to wait until the broker gives up on the killed consumer, 6 s.
test.concurrent('[SEM10] auto commit after processing: what was processed since the last commit is repeated, nothing lost', async () => {
  // It commits after every fourth message.
  expect(await killAndContinue('auto-after')).toEqual({
    committed: 4,
    repeated: [4, 5],
    lost: [],
    continuesWith: 4,
  })
})

test.concurrent('[SEM11] auto commit of work that nobody awaits: the commit runs ahead of the work, and what was not done is lost', async () => {
  expect(await killAndContinue('auto-not-awaited')).toEqual({
    committed: 10,
    repeated: [],
    lost: [3, 4, 5, 6, 7, 8, 9],
    continuesWith: AFTERWARDS,
  })
})

test.concurrent('[SEM12] manual commit after each message: only the message in between is repeated, nothing lost', async () => {
  expect(await killAndContinue('manual-after')).toEqual({
    committed: 5,
    repeated: [5],
    lost: [],
    continuesWith: 5,
  })
})

test.concurrent('[SEM13] manual commit before processing: the message in between is lost, nothing repeated', async () => {
  expect(await killAndContinue('manual-before')).toEqual({
    committed: 6,
    repeated: [],
    lost: [5],
    continuesWith: 6,
  })
})
