import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { KafkaMessage } from 'kafkajs'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import fetchRequest, { type FetchOptions } from 'kafkajs/src/protocol/requests/fetch/index.js'
import { expect, it } from 'vitest'
import { replaceFetchProtocol } from '#server/kafka/fetch-protocol.ts'
import { encodeRecordBatch, type RecordToEncode } from '#server/kafka/record-batch.ts'

type Decode = (bytes: Buffer) => Promise<unknown>
const NOTHING: FetchOptions = {
  ...{ maxWaitTime: 1, minBytes: 1, maxBytes: 1, isolationLevel: 1, topics: [], rackId: '' },
}
const make = fetchRequest.protocol({ version: 11 })
const theirs: Decode = make(NOTHING).response.decode
replaceFetchProtocol()
const makeOurs = fetchRequest.protocol({ version: 11 })
const ours: Decode = makeOurs(NOTHING).response.decode

const [FIRST_OFFSET_AT, LENGTH_AT, ATTRIBUTES_AT, MAX_TIME_AT, RECORDS_AT] = [0, 8, 21, 35, 61]
/** kafkajs looks for the version of a batch's format behind 16 bytes, and fails on fewer. */
const UP_TO_VERSION = 17
const [GZIP, LOG_APPEND_TIME, CONTROL] = [1, 8, 32]

type Stored = { records: RecordToEncode[]; firstOffset: number; atMs: number; attributes: number }

/** As a broker stores a batch: under its offset, and perhaps with its own time. */
function batchOf({ records, firstOffset, atMs, attributes }: Stored): Buffer {
  const plain = encodeRecordBatch(records, atMs)
  const batch =
    (attributes & GZIP) === 0
      ? plain
      : Buffer.concat([plain.subarray(0, RECORDS_AT), gzipSync(plain.subarray(RECORDS_AT))])
  batch.writeInt32BE(batch.length - LENGTH_AT - 4, LENGTH_AT)
  batch.writeBigInt64BE(BigInt(firstOffset), FIRST_OFFSET_AT)
  batch.writeInt16BE(attributes, ATTRIBUTES_AT)
  batch.writeBigInt64BE(BigInt(atMs + 7), MAX_TIME_AT)
  return batch
}

type Part = { errorCode?: number; aborted?: boolean; replica?: number; records?: Buffer }

/** An answer to a fetch, version 11. */
function answerOf(parts: readonly Part[]): Buffer {
  const answer = new Encoder().writeInt32(0).writeInt16(0).writeInt32(0).writeInt32(1).writeString('points')
  answer.writeInt32(parts.length)
  for (const [i, { errorCode = 0, aborted = false, replica = -1, records = EMPTY }] of parts.entries()) {
    answer.writeInt32(i).writeInt16(errorCode)
    for (const [high, low] of INT64S) answer.writeInt32(high).writeInt32(low)
    answer.writeInt32(aborted ? 1 : 0)
    if (aborted) for (const [high, low] of INT64S.slice(0, 2)) answer.writeInt32(high).writeInt32(low)
    answer.writeInt32(replica).writeBytes(records)
  }
  return (answer as unknown as { buffer: Buffer }).buffer
}
const EMPTY = Buffer.alloc(0)

/** −1, 2^33 + 5, and one that no double holds. */
const INT64S = [
  [-1, -1],
  [2, 5],
  [0x7fffffff, -3],
] as const

type Answer = {
  responses: { topicName: string; partitions: { partition: number; messages: KafkaMessage[] }[] }[]
}

const partsOf = ({ offset, timestamp, key, value, headers }: KafkaMessage) => ({
  ...{ offset, timestamp, key, value },
  headers: { ...headers },
})

async function read(decode: Decode, bytes: Buffer): Promise<unknown> {
  const { responses, ...answer } = (await decode(bytes)) as Answer
  const partitionsOf = (topic: (typeof responses)[number]) =>
    topic.partitions.map(({ messages, ...rest }) => ({ ...rest, messages: messages.map(partsOf) }))
  return { ...answer, responses: responses.map((topic) => ({ ...topic, partitions: partitionsOf(topic) })) }
}

// Of a header called so kafkajs makes what its prototype has, too.
const headerName = fc.string({ unit: 'binary', maxLength: 70 }).filter((name) => !(name in {}))
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', 'x'.repeat(8_192)))
const value = fc.oneof(text, fc.uint8Array({ maxLength: 200 }).map(Buffer.from))
const record = fc.record({
  key: fc.oneof(text, fc.constant(null)),
  value: fc.oneof(value, fc.constant(null)),
  headers: fc.dictionary(headerName, fc.oneof(value, fc.array(text, { minLength: 1, maxLength: 3 })), {
    maxKeys: 4,
  }),
})
const batch = fc.record({
  records: fc.array(record, { minLength: 1, maxLength: 80 }),
  firstOffset: fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 50 })),
  atMs: fc.integer({ min: 0, max: 2 ** 45 }),
  attributes: fc.constantFrom(0, 0, 0, LOG_APPEND_TIME, LOG_APPEND_TIME, GZIP, CONTROL),
})

const int32 = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const asked = fc.record(
  {
    replicaId: fc.constant(-1),
    ...{ maxWaitTime: int32, minBytes: int32, maxBytes: int32, rackId: text },
    isolationLevel: fc.constantFrom(0, 1),
    topics: fc.array(
      fc.record({
        topic: fc.oneof(text, fc.constantFrom('points', 'statuses')),
        partitions: fc.array(
          fc.record({
            ...{ partition: int32, maxBytes: int32 },
            // kafkajs asks for -1 and -2 where it is to begin at an end.
            fetchOffset: fc.integer({ min: -2, max: Number.MAX_SAFE_INTEGER }).map(String),
          }),
        ),
      }),
    ),
  },
  { requiredKeys: ['maxWaitTime', 'minBytes', 'maxBytes', 'isolationLevel', 'topics', 'rackId'] },
)

/** Each topic once, where it came first, with all of its partitions in their order. */
const grouped = ({ topics, ...options }: FetchOptions): FetchOptions => ({
  ...options,
  topics: [...new Set(topics.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: topics.flatMap((each) => (each.topic === topic ? each.partitions : [])),
  })),
})

it('[PATH11] the request of a fetch is byte for byte what kafkajs itself would send, were each topic named once', async () => {
  const bytesOf = async (making: typeof make, options: FetchOptions) =>
    ((await making(options).request.encode()) as unknown as { buffer: Buffer }).buffer
  await fc.assert(
    fc.asyncProperty(asked, async (options) => {
      expect((await bytesOf(makeOurs, options)).equals(await bytesOf(make, grouped(options)))).toBe(true)
    }),
    { numRuns: 200 },
  )
})

it('[PATH12] the records of a fetch are read as kafkajs itself would read them, to where the last one breaks off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { maxLength: 4 }), fc.nat(2_000), async (batches, cut) => {
      const bytes = Buffer.concat(batches.map(batchOf))
      const end = bytes.length - cut
      const brokenOff = bytes.subarray(0, end < UP_TO_VERSION ? 0 : end)
      const answerWith = (records: Buffer) =>
        answerOf([{ aborted: true }, { aborted: true, records }, { aborted: true }])
      // A difference in thousands of bytes would take minutes to be drawn.
      for (const each of [bytes, brokenOff])
        expect(
          isDeepStrictEqual(await read(ours, answerWith(each)), await read(theirs, answerWith(each))),
        ).toBe(true)
    }),
    { numRuns: 100, endOnFailure: true },
  )
})

it('[PATH12] of a batch that breaks off before the version of its format nothing is read, where kafkajs fails', async () => {
  const batch = batchOf({
    records: [{ key: 'a', value: 'b', headers: {} }],
    ...{ firstOffset: 7, atMs: 1, attributes: 0 },
  })
  for (const bytes of [1, 12, UP_TO_VERSION - 1]) {
    const answer = answerOf([{ aborted: true, records: batch.subarray(0, bytes) }])
    await expect(theirs(answer)).rejects.toThrow(RangeError)
    const { responses } = (await ours(answer)) as Answer
    expect(responses.flatMap(({ partitions }) => partitions.map(({ messages }) => [...messages]))).toEqual([
      [],
    ])
  }
})

it('[PATH16] a partition that has neither a record nor an error nor another replica is left out', async () => {
  const records = batchOf({
    records: [{ key: 'a', value: 'b', headers: {} }],
    ...{ firstOffset: 7, atMs: 1, attributes: 0 },
  })
  const told: Part[] = [{ records }, { errorCode: 1 }, { replica: 2 }, { aborted: true }]
  const bytes = answerOf([{}, ...told.flatMap((part) => [part, {}])])
  const partitions = async (decode: Decode) =>
    ((await read(decode, bytes)) as Answer).responses.flatMap((topic) => topic.partitions)
  const isTold = ({ partition }: { partition: number }) => partition % 2 === 1
  expect(await partitions(ours)).toEqual((await partitions(theirs)).filter(isTold))
})
