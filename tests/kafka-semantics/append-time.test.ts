import { CompressionTypes, type EachMessagePayload } from 'kafkajs'
import { expect, test } from 'vitest'
import { newGroup, newTopic, openAdmin, openProducer } from './support/client.ts'
import { Instance } from './support/consume.ts'

const HOUR_MS = 3_600_000

test('[SEM31] a topic with LogAppendTime keeps the broker’s time of each message, and is searched by it', async () => {
  const topic = await newTopic({ configs: { 'message.timestamp.type': 'LogAppendTime' } })
  const producer = await openProducer()
  const appendedAtMs: number[] = []
  for (const { aheadMs, compression } of [
    { aheadMs: -HOUR_MS, compression: CompressionTypes.None },
    { aheadMs: -2 * HOUR_MS, compression: CompressionTypes.GZIP },
    // Elsewhere refused: it would outlive every retention time.
    { aheadMs: 100 * HOUR_MS, compression: CompressionTypes.None },
  ]) {
    const before = Date.now()
    const messages = ['a', 'b'].map((value) => ({ value, timestamp: String(before + aheadMs) }))
    const [answer] = await producer.send({ topic, messages, compression })
    const timestamp = Number(answer?.logAppendTime)
    expect(timestamp).toBeGreaterThanOrEqual(before)
    expect(timestamp).toBeLessThanOrEqual(Date.now())
    appendedAtMs.push(timestamp, timestamp)
  }

  const readMs: number[] = []
  const work = async ({ message }: EachMessagePayload) => void readMs.push(Number(message.timestamp))
  const reader = await Instance.start({ topic, groupId: newGroup(), work })
  await reader.has(6)
  expect(readMs).toEqual(appendedAtMs)

  const admin = await openAdmin()
  for (const timeMs of [0, ...appendedAtMs, Date.now() + HOUR_MS]) {
    const first = appendedAtMs.findIndex((each) => each >= timeMs)
    const [found] = await admin.fetchTopicOffsetsByTimestamp(topic, timeMs)
    expect(found?.offset).toBe(String(first < 0 ? 6 : first))
  }
})
