import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { createTopic, fetch, listOffset, produce } from './support/calls.ts'
import { openBroker } from './support/in-process-broker.ts'
import { recordBatch } from './support/record-batch.ts'
import { WireClient } from './support/wire-client.ts'

const LOOKING_OFTEN = { logRetentionCheckIntervalMs: 30 }
const SOON = { withinMs: 20_000 }

async function topicWith(configs: Record<string, string>) {
  const broker = await openBroker(LOOKING_OFTEN)
  const client = await WireClient.connect(broker)
  expect(await createTopic(client, 't', { configs })).toBe(0)
  const startOffset = async () => (await listOffset(client, 't', -2)).offset
  const segments = () => readdirSync(join(broker.logDir, 't-0')).filter((name) => name.endsWith('.log'))
  return { broker, client, startOffset, segments }
}

test('[RET1] retention.bytes deletes the oldest segments whole, whether read or not', async () => {
  const { client, startOffset, segments } = await topicWith({
    'retention.bytes': '5000',
    'segment.bytes': '2500',
  })
  for (let i = 0; i < 20; i++) await produce(client, 't', recordBatch({ values: ['x'.repeat(1_000)] }))
  // Two batches fill a segment; what remains still holds the limit.
  await pollUntil(async () => (await startOffset()) === 14, { ...SOON, what: 'old segments to go' })
  expect(segments()).toHaveLength(3)
  expect((await fetch(client, 't', 13)).code).toBe(ErrorCode.OFFSET_OUT_OF_RANGE)
  expect((await fetch(client, 't', 14)).code).toBe(0)
  expect((await listOffset(client, 't', -1)).offset).toBe(20)
})

test('[RET2] retention.ms deletes segments whose newest record is too old, the last one too', async () => {
  const { broker, client, startOffset } = await topicWith({
    'retention.ms': '60000',
    'segment.bytes': '2500',
  })
  const old = Date.now() - 120_000
  for (let i = 0; i < 5; i++) {
    await produce(client, 't', recordBatch({ values: ['x'.repeat(1_000)], timestamp: old }))
  }
  await pollUntil(async () => (await startOffset()) === 5, { ...SOON, what: 'everything to go' })
  expect(broker.lines.some((line) => line.includes('retention deleted'))).toBe(true)
  await produce(client, 't', recordBatch({ values: ['new'] }))
  expect((await fetch(client, 't', 5)).highWatermark).toBe(6)

  await broker.close()
  const again = await openBroker({ logDir: broker.logDir })
  const reader = await WireClient.connect(again)
  expect((await listOffset(reader, 't', -2)).offset).toBe(5)
  expect((await listOffset(reader, 't', -1)).offset).toBe(6)
})

test('[RET5] B3: with an empty cleanup.policy retention deletes nothing', async () => {
  const { client, startOffset } = await topicWith({ 'retention.ms': '1000', 'cleanup.policy': '' })
  const configs = { 'retention.ms': '1000' }
  expect(await createTopic(client, 'other', { configs })).toBe(0)
  const old = recordBatch({ values: ['x'], timestamp: 1 })
  await produce(client, 't', old)
  await produce(client, 'other', old)
  const otherGone = async () => (await listOffset(client, 'other', -2)).offset === 1
  await pollUntil(otherGone, { ...SOON, what: "the other topic's record to go" })
  expect(await startOffset()).toBe(0)
})

test('[RET3] an emptied log keeps its offsets across a restart', async () => {
  const { broker, client, startOffset } = await topicWith({ 'retention.ms': '1000' })
  for (let i = 0; i < 3; i++) await produce(client, 't', recordBatch({ values: ['x'], timestamp: 1 }))
  await pollUntil(async () => (await startOffset()) === 3, { ...SOON, what: 'everything to go' })
  await broker.close()
  const again = await openBroker({ logDir: broker.logDir })
  const reader = await WireClient.connect(again)
  expect(await produce(reader, 't', recordBatch({ values: ['next'] }))).toEqual({ code: 0, baseOffset: 3 })
})

test('[RET4] records deleted by request are gone at once, their files when all of them is', async () => {
  const { client, startOffset, segments } = await topicWith({ 'segment.bytes': '2500' })
  for (let i = 0; i < 10; i++) await produce(client, 't', recordBatch({ values: ['x'.repeat(1_000)] }))
  const deleteRecords = async (offset: number) => {
    const response = await client.request(21, 0, (w) => {
      w.array(['t'], (name) => w.string(name).array([0], (p) => w.int32(p).int64(offset))).int32(0)
    })
    response.int32()
    return response.array(() => {
      response.string()
      return response.array(() => {
        response.int32()
        return { lowWatermark: response.int64(), code: response.int16() }
      })
    })[0]?.[0]
  }
  expect(await deleteRecords(5)).toEqual({ lowWatermark: 5, code: 0 })
  expect(await startOffset()).toBe(5)
  expect(segments()).toHaveLength(3)
  expect((await fetch(client, 't', 4)).code).toBe(ErrorCode.OFFSET_OUT_OF_RANGE)
  expect((await deleteRecords(11))?.code).toBe(ErrorCode.OFFSET_OUT_OF_RANGE)
  expect(await deleteRecords(-1)).toEqual({ lowWatermark: 10, code: 0 })
})
