import { expect, test } from 'vitest'
import { API_VERSIONS, ApiKey } from '../src/protocol/api-versions.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { RequestReader } from '../src/protocol/reader.ts'
import { createTopic } from './support/calls.ts'
import { openBroker } from './support/in-process-broker.ts'
import { WireClient } from './support/wire-client.ts'

/** Two tagged fields that nobody knows: tag 0 of 3 bytes, tag 300 of none. */
const UNKNOWN_TAGS = [2, 0, 3, 1, 2, 3, 0xac, 0x02, 0]
const NO_TAGS = [0]

/** Metadata 9 of one topic, byte by byte. */
function metadataRequest(tags: readonly number[], topics: readonly number[]): Buffer {
  const request = Buffer.from([
    ...[0, ApiKey.Metadata, 0, 9, 0, 0, 0, 1], // api key, version, correlation id
    ...[0, 1, 0x63, ...tags], // client id "c", in the plain encoding
    ...topics,
    ...[0, 0, 0, ...tags], // three booleans
  ])
  const size = Buffer.alloc(4)
  size.writeInt32BE(request.length)
  return Buffer.concat([size, request])
}

const oneTopic = (tags: readonly number[]) => [2, 2, 0x74, ...tags] // one more than their number: 1 topic, 1 letter, "t"

test('[NET9] B5: unknown tagged fields are skipped, wherever they may stand', async () => {
  const client = await WireClient.connect(await openBroker())
  await createTopic(client, 't')
  const answers: Buffer[] = []
  for (const tags of [NO_TAGS, UNKNOWN_TAGS]) {
    const answer = new Promise<Buffer>((resolve) => client.socket.once('data', resolve))
    client.socket.write(metadataRequest(tags, oneTopic(tags)))
    answers.push(await answer)
  }
  const response = new RequestReader(answers[0]?.subarray(8) ?? Buffer.alloc(0)).becomeFlexible()
  response.skipTags() // response header v1
  response.int32() // throttle_time_ms
  expect(
    response.array(() => [response.int32(), response.string(), response.int32(), response.nullableString()]),
  ).toEqual([[1, '127.0.0.1', expect.any(Number), null]])
  expect(answers[1]).toEqual(answers[0])
})

test.each([
  ['an array of two billion', [0xff, 0xff, 0xff, 0xff, 0x07]],
  ['a string longer than its request', [2, 0xff, 0xff, 0x03]],
  ['a length that never ends', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
  ['tagged fields longer than their request', [2, 2, 0x74, 1, 0, 0x7f]],
])('[NET9] B5: %s closes the connection, and only that one', async (_, topics) => {
  const broker = await openBroker()
  const client = await WireClient.connect(broker)
  client.socket.write(metadataRequest(NO_TAGS, topics))
  await client.closed
  const other = await WireClient.connect(broker)
  expect((await other.request(ApiKey.ApiVersions, 3, (w) => w.string('test').string('1'))).int16()).toBe(
    ErrorCode.NONE,
  )
})

test('[NET9] B5: ApiVersions 3 tells all that is served', async () => {
  const client = await WireClient.connect(await openBroker())
  const response = await client.request(ApiKey.ApiVersions, 3, (w) => w.string('test').string('1'))
  expect(response.int16()).toBe(ErrorCode.NONE)
  const ranges = response.array(() => [response.int16(), response.int16(), response.int16()])
  expect(ranges).toHaveLength(Object.keys(API_VERSIONS).length)
  expect(ranges).toContainEqual([ApiKey.Fetch, API_VERSIONS.Fetch.min, API_VERSIONS.Fetch.max])
  response.int32() // throttle_time_ms
  response.skipTags()
  expect(response.remaining).toBe(0)
})
