import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ApiKey } from '../src/protocol/api-versions.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { createTopic, fetch, listOffset, produce } from './support/calls.ts'
import { openBroker } from './support/in-process-broker.ts'
import { readRecords, recordBatch, withChecksum } from './support/record-batch.ts'
import { WireClient } from './support/wire-client.ts'

async function topicOn(options: Parameters<typeof openBroker>[0] = {}, configs: Record<string, string> = {}) {
  const broker = await openBroker(options)
  const client = await WireClient.connect(broker)
  await createTopic(client, 't', { configs })
  return { broker, client }
}

test('[LOG1] offsets begin at 0 and rise by one for each record', async () => {
  const { client } = await topicOn()
  expect(await produce(client, 't', recordBatch({ values: ['a', 'b', 'c'] }))).toEqual({
    code: 0,
    baseOffset: 0,
  })
  expect(await produce(client, 't', recordBatch({ values: ['d'] }))).toEqual({ code: 0, baseOffset: 3 })
  const { records, highWatermark } = await fetch(client, 't', 0)
  expect(highWatermark).toBe(4)
  expect(readRecords(records)).toEqual([
    { offset: 0, value: 'a' },
    { offset: 1, value: 'b' },
    { offset: 2, value: 'c' },
    { offset: 3, value: 'd' },
  ])
})

test('[LOG2] a batch is stored as it came, with any codec; only offset and leader epoch are written', async () => {
  const { client } = await topicOn()
  for (const codec of [1, 2, 3, 4]) {
    const batch = recordBatch({ values: ['squeezed', 'together'], attributes: codec })
    randomBytes(batch.length - 61).copy(batch, 61) // what a codec would produce: nothing we could read
    const sent = Buffer.from(withChecksum(batch))
    const { code, baseOffset } = await produce(client, 't', batch)
    expect(code).toBe(0)
    const { records } = await fetch(client, 't', baseOffset)
    expect(records.subarray(16)).toEqual(sent.subarray(16))
    expect(Number(records.readBigInt64BE(0))).toBe(baseOffset)
  }
})

test('[LOG4] before the start and after the end is OFFSET_OUT_OF_RANGE, at the end is empty', async () => {
  const { client } = await topicOn()
  await produce(client, 't', recordBatch({ values: ['a'] }))
  expect((await fetch(client, 't', -1)).code).toBe(ErrorCode.OFFSET_OUT_OF_RANGE)
  expect((await fetch(client, 't', 2)).code).toBe(ErrorCode.OFFSET_OUT_OF_RANGE)
  expect(await fetch(client, 't', 1)).toMatchObject({ code: 0, highWatermark: 1, records: Buffer.alloc(0) })
  expect((await fetch(client, 'unheard-of', 0)).code).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('[LOG5] a fetch returns whole batches, and the first one even when it is larger than the limit', async () => {
  const { client } = await topicOn()
  const big = 'x'.repeat(20_000)
  for (const value of ['small', big, 'small']) await produce(client, 't', recordBatch({ values: [value] }))
  const first = await fetch(client, 't', 0, { maxBytes: 200 })
  expect(readRecords(first.records)).toEqual([{ offset: 0, value: 'small' }])
  const second = await fetch(client, 't', 1, { maxBytes: 200 })
  expect(readRecords(second.records)).toEqual([{ offset: 1, value: big }])
})

test('[LOG5] every offset can be fetched, across many batches and segments', async () => {
  const { client } = await topicOn({}, { 'segment.bytes': '30000' })
  for (let i = 0; i < 300; i++) {
    await produce(client, 't', recordBatch({ values: [`${i}a${'x'.repeat(i)}`, `${i}b`] }))
  }
  for (let offset = 0; offset < 600; offset += 7) {
    const { records } = await fetch(client, 't', offset, { maxBytes: 1_000 })
    const found = readRecords(records).find((record) => record.offset === offset)
    expect(found?.value).toMatch(new RegExp(`^${Math.floor(offset / 2)}${offset % 2 ? 'b' : 'a'}`))
  }
})

test('[LOG8] a timestamp leads to the first record that is not older', async () => {
  const { client } = await topicOn({}, { 'segment.bytes': '10000' })
  for (let i = 0; i < 200; i++) {
    const values = ['one', 'two', 'three', 'x'.repeat(300)]
    await produce(client, 't', recordBatch({ values, timestamp: 1_000_000 + i * 1_000, timestampStep: 100 }))
  }
  expect(await listOffset(client, 't', -2)).toMatchObject({ offset: 0 })
  expect(await listOffset(client, 't', -1)).toMatchObject({ offset: 800 })
  expect(await listOffset(client, 't', 1)).toEqual({ code: 0, offset: 0, timestamp: 1_000_000 })
  for (const i of [0, 1, 57, 120, 199]) {
    expect(await listOffset(client, 't', 1_000_000 + i * 1_000 + 101)).toEqual({
      code: 0,
      offset: i * 4 + 2,
      timestamp: 1_000_000 + i * 1_000 + 200,
    })
  }
  expect(await listOffset(client, 't', 9_000_000)).toEqual({ code: 0, offset: -1, timestamp: -1 })
})

test('[PRD1] a batch whose checksum does not match is refused, and nothing of it is stored', async () => {
  const { client } = await topicOn()
  const spoilt = recordBatch({ values: ['a'] })
  spoilt.writeUInt8(spoilt.readUInt8(spoilt.length - 3) ^ 1, spoilt.length - 3)
  expect((await produce(client, 't', spoilt)).code).toBe(ErrorCode.CORRUPT_MESSAGE)
  expect((await fetch(client, 't', 0)).highWatermark).toBe(0)
})

test('[PRD2] what is not one sound record batch v2 is refused with the reason', async () => {
  const { client } = await topicOn({}, { 'max.message.bytes': '5000' })
  const batch = recordBatch({ values: ['a'] })
  const changed = (change: (copy: Buffer) => void) => {
    const copy = Buffer.from(batch)
    change(copy)
    return withChecksum(copy)
  }
  const cases: [string, Buffer | null, number][] = [
    ['nothing', null, ErrorCode.INVALID_RECORD],
    ['empty', Buffer.alloc(0), ErrorCode.INVALID_RECORD],
    ['a few bytes', Buffer.alloc(5), ErrorCode.CORRUPT_MESSAGE],
    ['cut short', batch.subarray(0, -1), ErrorCode.CORRUPT_MESSAGE],
    ['two batches', Buffer.concat([batch, batch]), ErrorCode.INVALID_RECORD],
    ['a length below the header', changed((b) => b.writeInt32BE(-5, 8)), ErrorCode.INVALID_RECORD],
    ['an old format', changed((b) => b.writeInt8(1, 16)), ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT],
    ['no records', changed((b) => b.writeInt32BE(0, 57)), ErrorCode.INVALID_RECORD],
    ['a wrong count', changed((b) => b.writeInt32BE(2, 57)), ErrorCode.INVALID_RECORD],
    ['a control batch', changed((b) => b.writeInt16BE(0x20, 21)), ErrorCode.INVALID_RECORD],
    [
      'a transaction',
      changed((b) => b.writeInt16BE(0x10, 21)),
      ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    ],
    ['an unknown codec', changed((b) => b.writeInt16BE(5, 21)), ErrorCode.UNSUPPORTED_COMPRESSION_TYPE],
    ['too large', recordBatch({ values: ['x'.repeat(5_000)] }), ErrorCode.MESSAGE_TOO_LARGE],
  ]
  for (const [name, records, code] of cases) {
    expect([name, (await produce(client, 't', records)).code]).toEqual([name, code])
  }
  expect((await produce(client, 't', batch, { partition: 7 })).code).toBe(
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  )
  expect((await produce(client, 't', batch, { acks: 2 })).code).toBe(ErrorCode.INVALID_REQUIRED_ACKS)
  expect((await fetch(client, 't', 0)).highWatermark).toBe(0)
})

test('[PRD3] an idempotent batch that comes again is answered with its first offset, and not stored again', async () => {
  const { client } = await topicOn()
  const batch = (baseSequence: number) =>
    recordBatch({ values: ['a', 'b'], producerId: 7, producerEpoch: 0, baseSequence })
  for (let i = 0; i < 6; i++) expect((await produce(client, 't', batch(i * 2))).baseOffset).toBe(i * 2)
  for (let i = 1; i < 6; i++)
    expect(await produce(client, 't', batch(i * 2))).toEqual({ code: 0, baseOffset: i * 2 })
  expect((await fetch(client, 't', 0)).highWatermark).toBe(12)
})

test('[PRD4] a gap in the sequence numbers, and an older epoch, are refused', async () => {
  const { client } = await topicOn()
  const batch = (baseSequence: number, producerEpoch = 1) =>
    recordBatch({ values: ['a'], producerId: 7, producerEpoch, baseSequence })
  await produce(client, 't', batch(0))
  expect((await produce(client, 't', batch(2))).code).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  expect((await produce(client, 't', batch(1, 0))).code).toBe(ErrorCode.INVALID_PRODUCER_EPOCH)
  expect((await produce(client, 't', batch(5, 2))).code).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  expect(await produce(client, 't', batch(0, 2))).toEqual({ code: 0, baseOffset: 1 })
})

test('[PRD4] sequence numbers wrap at 2^31', async () => {
  const { client } = await topicOn()
  const batch = (values: string[], baseSequence: number) =>
    recordBatch({ values, producerId: 7, producerEpoch: 0, baseSequence })
  expect((await produce(client, 't', batch(['a', 'b', 'c'], 0x7fff_fffe))).code).toBe(0)
  expect(await produce(client, 't', batch(['d'], 1))).toEqual({ code: 0, baseOffset: 3 })
  expect(await produce(client, 't', batch(['a', 'b', 'c'], 0x7fff_fffe))).toEqual({ code: 0, baseOffset: 0 })
})

test('[PRD5] acks=0 is not answered; the connection is closed when such a batch is refused', async () => {
  const { broker, client } = await topicOn()
  const other = await WireClient.connect(broker)
  const send = (records: Buffer) =>
    other.send(0, 7, (w) => {
      w.nullableString(null).int16(0).int32(0)
      w.array(['t'], (name) => w.string(name).array([0], (p) => w.int32(p).bytes(records)))
    })
  send(recordBatch({ values: ['a'] }))
  // The next answer on this connection belongs to the next request.
  expect(await fetch(other, 't', 0, { maxWaitMs: 5_000 })).toMatchObject({ code: 0, highWatermark: 1 })
  send(Buffer.alloc(100))
  await other.closed
  expect((await fetch(client, 't', 0)).highWatermark).toBe(1)
})

test('[FET1] a waiting fetch is answered as soon as something is appended', async () => {
  const { broker, client } = await topicOn()
  const producer = await WireClient.connect(broker)
  const waiting = fetch(client, 't', 0, { maxWaitMs: 20_000 })
  const sentAt = performance.now()
  await produce(producer, 't', recordBatch({ values: ['now'] }))
  expect(readRecords((await waiting).records)).toEqual([{ offset: 0, value: 'now' }])
  expect(performance.now() - sentAt).toBeLessThan(10_000)
})

test('[FET2] a fetch waits for min_bytes, and answers what there is when its time is up', async () => {
  const { client } = await topicOn()
  await produce(client, 't', recordBatch({ values: ['only'] }))
  const startedAt = performance.now()
  const { records } = await fetch(client, 't', 0, { maxWaitMs: 200, minBytes: 10_000 })
  expect(performance.now() - startedAt).toBeGreaterThan(190)
  expect(readRecords(records)).toEqual([{ offset: 0, value: 'only' }])
  expect((await fetch(client, 't', 1, { maxWaitMs: 50 })).records).toHaveLength(0)
})

test('[FET3] responses of a connection come in the order of its requests; other connections do not wait', async () => {
  const { broker, client } = await topicOn()
  const other = await WireClient.connect(broker)
  const order: string[] = []
  const long = fetch(client, 't', 0, { maxWaitMs: 1_000 }).then(() => order.push('fetch'))
  const behind = listOffset(client, 't', -1).then(() => order.push('behind it'))
  const beside = listOffset(other, 't', -1).then(() => order.push('beside it'))
  await Promise.all([long, behind, beside])
  expect(order).toEqual(['beside it', 'fetch', 'behind it'])
})

test('[FET4] when not everything fits into a response, the partitions take turns', async () => {
  const broker = await openBroker({ fetchMaxBytes: 1_000 })
  const client = await WireClient.connect(broker)
  await createTopic(client, 't', { partitions: 3 })
  for (const partition of [0, 1, 2]) {
    await produce(client, 't', recordBatch({ values: ['x'.repeat(2_000)] }), { partition })
  }
  const served = new Set<number>()
  for (let i = 0; i < 100 && served.size < 3; i++) {
    const response = await client.request(ApiKey.Fetch, 4, (w) => {
      w.int32(-1).int32(0).int32(1).int32(1_000_000).int8(0)
      w.array(['t'], (name) => w.string(name).array([0, 1, 2], (p) => w.int32(p).int64(0).int32(1_000_000)))
    })
    response.int32()
    response.array(() => {
      response.string()
      response.array(() => {
        const partition = response.int32()
        response.int16()
        response.int64()
        response.int64()
        response.nullableArray(() => {})
        if (response.bytes().length > 0) served.add(partition)
      })
    })
  }
  expect([...served].sort()).toEqual([0, 1, 2])
})

test('[LOG1] offsets and times beyond 32 bits are kept exactly', async () => {
  const { client } = await topicOn()
  const timestamp = Date.now()
  await produce(client, 't', recordBatch({ values: ['later'], timestamp }))
  expect(await listOffset(client, 't', timestamp)).toEqual({ code: 0, offset: 0, timestamp })
})
