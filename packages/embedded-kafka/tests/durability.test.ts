import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startBroker, type TestBroker } from '../../../tests/support/broker.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { tempDir } from '../../../tests/support/temp-dir.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { commitOffset, createTopic, fetch, listOffset, produce } from './support/calls.ts'
import { openBroker } from './support/in-process-broker.ts'
import { readRecords, recordBatch } from './support/record-batch.ts'
import { WireClient } from './support/wire-client.ts'

const FIRST_SEGMENT = '00000000000000000000'

async function allValues(client: WireClient, topic: string, from = 0): Promise<string[]> {
  const values: string[] = []
  for (let offset = from; ; ) {
    const records = readRecords((await fetch(client, topic, offset)).records)
    if (records.length === 0) return values
    for (const record of records) {
      expect(record.offset).toBe(offset++)
      values.push(record.value)
    }
  }
}

test('[LOG3] after kill -9 in the middle of traffic everything acknowledged is there, once and in order', async () => {
  const dataDir = tempDir()
  let broker: TestBroker = await startBroker({ dataDir })
  const acknowledged: string[] = []
  await createTopic(await WireClient.connect(broker), 't', { configs: { 'segment.bytes': '200000' } })
  for (let round = 0; round < 3; round++) {
    const client = await WireClient.connect(broker)
    const until = acknowledged.length + 150
    const traffic = (async () => {
      for (let i = 0; ; i++) {
        const value = `${round}.${i} ${'x'.repeat(500)}`
        await produce(client, 't', recordBatch({ values: [value] }))
        acknowledged.push(value)
      }
    })().catch(() => 'the broker died')
    await pollUntil(() => acknowledged.length >= until, { withinMs: 30_000, what: 'traffic' })
    await broker.kill()
    await traffic
    broker = await startBroker({ dataDir })
    const stored = await allValues(await WireClient.connect(broker), 't')
    // What was on its way may have arrived without its acknowledgement; nothing else may differ.
    expect(stored.filter((value) => acknowledged.includes(value))).toEqual(acknowledged)
    acknowledged.splice(0, acknowledged.length, ...stored)
  }
})

test('[LOG3] a batch cut short at the end of the log is truncated at start, with a log line', async () => {
  const logDir = tempDir()
  const first = await openBroker({ logDir, flushIntervalMs: 3_600_000 })
  const client = await WireClient.connect(first)
  await createTopic(client, 't')
  for (const value of ['a', 'b']) await produce(client, 't', recordBatch({ values: [value] }))
  await first.close()
  appendFileSync(
    join(logDir, 't-0', `${FIRST_SEGMENT}.log`),
    recordBatch({ values: ['torn'] }).subarray(0, 40),
  )

  const second = await openBroker({ logDir })
  expect(second.lines).toEqual(['t-0: truncated 40 bytes of an incomplete batch at offset 2'])
  const again = await WireClient.connect(second)
  expect(await allValues(again, 't')).toEqual(['a', 'b'])
  expect((await produce(again, 't', recordBatch({ values: ['c'] }))).baseOffset).toBe(2)
})

test('[LOG3] without a clean end, a batch spoilt after the last flush ends the log', async () => {
  const dataDir = tempDir()
  const env = { KAFKA_FLUSH_INTERVAL_MS: '3600000' }
  const broker = await startBroker({ dataDir, env })
  const client = await WireClient.connect(broker)
  await createTopic(client, 't')
  for (const value of ['a', 'b', 'c']) await produce(client, 't', recordBatch({ values: [value] }))
  await broker.kill()
  const file = join(dataDir, 'kafka', 't-0', `${FIRST_SEGMENT}.log`)
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(bytes.length * (2 / 3) - 2) ^ 1, bytes.length * (2 / 3) - 2) // in the second of three
  writeFileSync(file, bytes)

  const restarted = await startBroker({ dataDir, env })
  expect(await allValues(await WireClient.connect(restarted), 't')).toEqual(['a'])
  expect(restarted.output()).toContain('t-0: truncated')
})

test('[LOG7] a lost checkpoint, lost indexes and half an index change nothing but the time it takes', async () => {
  const logDir = tempDir()
  const write = await openBroker({ logDir })
  const client = await WireClient.connect(write)
  await createTopic(client, 't', { configs: { 'segment.bytes': '20000' } })
  const expected: string[] = []
  for (let i = 0; i < 100; i++) {
    expected.push(`${i} ${'x'.repeat(900)}`)
    await produce(client, 't', recordBatch({ values: [expected[i] as string], timestamp: 1_000 + i }))
  }
  await write.close()
  const directory = join(logDir, 't-0')
  const indexes = readdirSync(directory).filter((name) => name.endsWith('.index'))
  expect(indexes.length).toBeGreaterThan(3)
  const damages = [
    () => rmSync(join(directory, 'checkpoint.json')),
    () => writeFileSync(join(directory, 'checkpoint.json'), '{"logStartOffset":'),
    () => {
      for (const name of indexes) rmSync(join(directory, name), { force: true })
    },
    () => {
      for (const name of indexes) truncateSync(join(directory, name), 24)
    },
  ]
  for (const damage of damages) {
    damage()
    const broker = await openBroker({ logDir })
    const reader = await WireClient.connect(broker)
    expect(await allValues(reader, 't')).toEqual(expected)
    expect((await listOffset(reader, 't', 1_050)).offset).toBe(50)
    await broker.close()
  }
})

test('[LOG7] a segment missing in the middle ends the log before the gap', async () => {
  const logDir = tempDir()
  const write = await openBroker({ logDir })
  const client = await WireClient.connect(write)
  await createTopic(client, 't', { configs: { 'segment.bytes': '2000' } })
  for (let i = 0; i < 10; i++) await produce(client, 't', recordBatch({ values: ['x'.repeat(900)] }))
  await write.close()
  const directory = join(logDir, 't-0')
  const logs = readdirSync(directory).filter((name) => name.endsWith('.log'))
  rmSync(join(directory, logs[2] as string))
  rmSync(join(directory, 'checkpoint.json'))

  const broker = await openBroker({ logDir })
  const reader = await WireClient.connect(broker)
  expect(await allValues(reader, 't')).toHaveLength(Number((logs[2] as string).slice(0, 20)))
  expect(broker.lines.some((line) => line.includes('deleted'))).toBe(true)
})

test('[PRD6] a retried idempotent batch is recognised after kill -9 and after a clean restart', async () => {
  const dataDir = tempDir()
  const batch = (baseSequence: number) =>
    recordBatch({ values: ['a', 'b'], producerId: 5, producerEpoch: 0, baseSequence })
  const first = await startBroker({ dataDir })
  const client = await WireClient.connect(first)
  await createTopic(client, 't')
  await produce(client, 't', batch(0))
  await first.kill()

  const second = await startBroker({ dataDir })
  const again = await WireClient.connect(second)
  expect(await produce(again, 't', batch(0))).toEqual({ code: 0, baseOffset: 0 })
  expect(await produce(again, 't', batch(2))).toEqual({ code: 0, baseOffset: 2 })
  expect(await second.stop()).toBe(0)

  const third = await startBroker({ dataDir })
  const last = await WireClient.connect(third)
  expect(await produce(last, 't', batch(2))).toEqual({ code: 0, baseOffset: 2 })
  expect((await produce(last, 't', batch(6))).code).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  expect((await fetch(last, 't', 0)).highWatermark).toBe(4)
})

test('[LOG9] committed offsets and topics survive kill -9; a torn journal entry is cut off', async () => {
  const dataDir = tempDir()
  const first = await startBroker({ dataDir })
  const client = await WireClient.connect(first)
  await createTopic(client, 't', { partitions: 2, configs: { 'retention.ms': '12345' } })
  const nobody = { generationId: -1, memberId: '' }
  expect(await commitOffset(client, 'g', nobody, { topic: 't', offset: 42, metadata: 'here' })).toBe(0)
  await first.kill()
  const journal = join(dataDir, 'kafka', 'offsets.journal')
  appendFileSync(journal, '0badc0de {"type":"commit","group":"g","topic":"t","part')

  const second = await startBroker({ dataDir })
  expect(second.output()).toContain('truncated')
  const again = await WireClient.connect(second)
  const response = await again.request(9, 3, (w) => w.string('g').int32(-1)) // OffsetFetch, all topics
  response.int32()
  const topics = response.array(() => {
    const topic = response.string()
    const partitions = response.array(() => {
      const committed = { partition: response.int32(), offset: response.int64(), metadata: response.string() }
      response.int16()
      return committed
    })
    return { topic, partitions }
  })
  expect(topics).toEqual([{ topic: 't', partitions: [{ partition: 0, offset: 42, metadata: 'here' }] }])
  expect((await fetch(again, 't', 0, { partition: 1 })).code).toBe(0)
})

test('[LOG9] a topic created again under the same name is empty, also after a restart', async () => {
  const logDir = tempDir()
  const broker = await openBroker({ logDir })
  const client = await WireClient.connect(broker)
  await createTopic(client, 't')
  await produce(client, 't', recordBatch({ values: ['old'] }))
  await client.request(20, 1, (w) => w.array(['t'], (name) => w.string(name)).int32(0)) // DeleteTopics
  expect((await fetch(client, 't', 0)).code).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  await createTopic(client, 't')
  expect((await fetch(client, 't', 0)).highWatermark).toBe(0)
  await broker.close()
  const again = await openBroker({ logDir })
  expect((await fetch(await WireClient.connect(again), 't', 0)).highWatermark).toBe(0)
  expect(readdirSync(logDir).filter((name) => name.endsWith('.deleted'))).toEqual([])
})

test('[LOG10] every fsync policy stores and finds the same', async () => {
  for (const fsync of ['always', 'interval', 'never'] as const) {
    const logDir = tempDir()
    const broker = await openBroker({ logDir, fsync, flushIntervalMs: 20 })
    const client = await WireClient.connect(broker)
    await createTopic(client, 't', { configs: { 'segment.bytes': '3000' } })
    const sends = Array.from({ length: 40 }, (_, i) =>
      produce(client, 't', recordBatch({ values: [`${i} ${'x'.repeat(300)}`] })),
    )
    expect((await Promise.all(sends)).map(({ baseOffset }) => baseOffset)).toEqual(sends.map((_, i) => i))
    if (fsync !== 'never') {
      const checkpoint = join(logDir, 't-0', 'checkpoint.json')
      await pollUntil(() => JSON.parse(readFileSync(checkpoint, 'utf8')).recoveryPoint.offset === 40, {
        withinMs: 20_000,
        what: 'a checkpoint at the end of the log',
      })
    }
    await broker.close()
    const again = await openBroker({ logDir, fsync })
    expect(again.lines).toEqual([])
    expect(await allValues(await WireClient.connect(again), 't')).toHaveLength(40)
  }
})

test('[LOG11] start-up does not read what the checkpoint vouches for', async () => {
  const logDir = tempDir()
  const broker = await openBroker({ logDir })
  const client = await WireClient.connect(broker)
  await createTopic(client, 't', { configs: { 'segment.bytes': '10000' } })
  for (let i = 0; i < 30; i++) await produce(client, 't', recordBatch({ values: ['x'.repeat(900)] }))
  await broker.close()
  const directory = join(logDir, 't-0')
  const logs = readdirSync(directory).filter((name) => name.endsWith('.log'))
  // Spoilt behind our back: had start-up looked, the log would end here.
  for (const name of logs)
    writeFileSync(join(directory, name), Buffer.alloc(statSync(join(directory, name)).size))
  const again = await openBroker({ logDir })
  expect(again.lines).toEqual([])
  expect((await listOffset(await WireClient.connect(again), 't', -1)).offset).toBe(30)
})
