import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { atEnd } from '../../../tests/support/at-end.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { ApiKey } from '../src/protocol/api-versions.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { createTopic, fetch, listOffset, produce } from './support/calls.ts'
import { openBroker } from './support/in-process-broker.ts'
import { recordBatch } from './support/record-batch.ts'
import { requestBytes, WireClient } from './support/wire-client.ts'

async function rawSocket({ host, port }: { host: string; port: number }): Promise<Socket> {
  const socket = connect(port, host)
  socket.on('error', () => {})
  atEnd(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

function closed(socket: Socket): Promise<void> {
  socket.resume()
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

test('[NET1] what cannot be a request closes its connection, and only that one', async () => {
  const broker = await openBroker()
  const honest = await WireClient.connect(broker)
  await createTopic(honest, 't')
  const hostile: [string, Buffer][] = [
    ['a length bomb', int32(0x7fff_ffff)],
    ['a negative length', int32(-1)],
    ['a length below a header', Buffer.concat([int32(3), Buffer.alloc(3)])],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['an unknown api key', requestBytes(999, 0, 1, () => {})],
    ['an unknown version', requestBytes(ApiKey.Metadata, 99, 1, () => {})],
    ['a Produce from before record batches', requestBytes(ApiKey.Produce, 2, 1, () => {})],
    ['an array of two billion', requestBytes(ApiKey.Metadata, 1, 1, (w) => w.int32(0x7fff_fff0))],
    ['a negative count', requestBytes(ApiKey.Metadata, 1, 1, (w) => w.int32(-2))],
    ['a string longer than the request', requestBytes(ApiKey.Metadata, 1, 1, (w) => w.int32(1).int16(500))],
    ['a request that ends early', requestBytes(ApiKey.JoinGroup, 5, 1, (w) => w.string('g').int32(1))],
  ]
  for (const [name, bytes] of hostile) {
    const socket = await rawSocket(broker)
    const end = closed(socket)
    socket.write(bytes)
    await end
    expect([name, (await listOffset(honest, 't', -1)).code]).toEqual([name, 0])
  }
})

test('[NET2] ApiVersions of the future is answered with UNSUPPORTED_VERSION and what there is, in version 0', async () => {
  const client = await WireClient.connect(await openBroker())
  const response = await client.request(ApiKey.ApiVersions, 99, (w) => w.int8(0))
  expect(response.int16()).toBe(ErrorCode.UNSUPPORTED_VERSION)
  const ranges = response.array(() => ({
    key: response.int16(),
    min: response.int16(),
    max: response.int16(),
  }))
  expect(ranges).toContainEqual({ key: ApiKey.ApiVersions, min: 0, max: 3 })
  expect(response.remaining).toBe(0)
  // The connection goes on: that is the point.
  expect((await client.request(ApiKey.ApiVersions, 2, () => {})).int16()).toBe(ErrorCode.NONE)
})

test('[NET3] a request may come in any pieces, and several in one', async () => {
  const broker = await openBroker()
  const client = await WireClient.connect(broker)
  await createTopic(client, 't')
  const socket = await rawSocket(broker)
  const request = requestBytes(ApiKey.ApiVersions, 0, 77, () => {})
  let received = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
  })
  for (const byte of request) {
    socket.write(Buffer.from([byte]))
    await new Promise(setImmediate)
  }
  socket.write(Buffer.concat([request, request, request.subarray(0, 5)]))
  socket.write(request.subarray(5))
  const size = () => 4 + received.readInt32BE(0)
  await pollUntil(() => received.length >= 4 && received.length === 4 * size(), {
    withinMs: 20_000,
    what: 'four answers',
  })
})

test('[NET4] a half request that stalls, and an idle connection, are closed after their time', async () => {
  const broker = await openBroker({ connectionStallMs: 200, connectionsMaxIdleMs: 1_500 })
  const half = await rawSocket(broker)
  const idle = await rawSocket(broker)
  const order: string[] = []
  half.write(Buffer.concat([int32(1_000), Buffer.alloc(10)]))
  await Promise.all([
    closed(half).then(() => order.push('half')),
    closed(idle).then(() => order.push('idle')),
  ])
  expect(order).toEqual(['half', 'idle'])
})

test('[NET4] a client that waits for us is not idle', async () => {
  // Creating the topic waits for the disk, and that time counts for the client until the next turn of the event loop.
  const broker = await openBroker({ connectionsMaxIdleMs: 1_000, connectionStallMs: 1_000 })
  const client = await WireClient.connect(broker)
  await createTopic(client, 't')
  expect((await fetch(client, 't', 0, { maxWaitMs: 2_500 })).code).toBe(0)
})

test('[NET5] unfinished requests together have a limit; the largest goes, everyone else is served', async () => {
  const broker = await openBroker({ queuedMaxRequestBytes: 3_000_000, socketRequestMaxBytes: 2_500_000 })
  const honest = await WireClient.connect(broker)
  await createTopic(honest, 't')
  const sockets = await Promise.all([rawSocket(broker), rawSocket(broker), rawSocket(broker)])
  let gone = 0
  for (const socket of sockets) {
    void closed(socket).then(() => gone++)
    socket.write(Buffer.concat([int32(2_400_000), Buffer.alloc(1_500_000)]))
  }
  await pollUntil(() => gone >= 1, { withinMs: 20_000, what: 'a connection to be closed' })
  expect((await produce(honest, 't', recordBatch({ values: ['still here'] }))).code).toBe(0)
  expect(gone).toBeLessThan(3)
})

test('[NET6] who does not read its responses is served no more, and closed after its time', async () => {
  const broker = await openBroker({ connectionStallMs: 1_000 })
  const honest = await WireClient.connect(broker)
  await createTopic(honest, 't', { configs: { 'max.message.bytes': '2000000' } })
  for (let i = 0; i < 8; i++) await produce(honest, 't', recordBatch({ values: ['x'.repeat(1_000_000)] }))
  const slow = await rawSocket(broker)
  slow.pause()
  const fetchAll = requestBytes(ApiKey.Fetch, 4, 1, (w) => {
    w.int32(-1).int32(0).int32(1).int32(0x7fff_ffff).int8(0)
    w.array(['t'], (name) => w.string(name).array([0], (p) => w.int32(p).int64(0).int32(0x7fff_ffff)))
  })
  for (let i = 0; i < 100; i++) slow.write(fetchAll)
  const waitedFrom = performance.now()
  while (performance.now() - waitedFrom < 250) expect((await listOffset(honest, 't', -1)).offset).toBe(8)
  await pollUntil(() => broker.lines.some((line) => line.includes('a response not read')), {
    withinMs: 20_000,
    what: 'the slow reader to be closed',
  })
  // 100 answers of 4 MiB would be 400 MiB; only what was on its way is there.
  let taken = 0
  slow.on('data', (chunk) => {
    taken += chunk.length
  })
  await closed(slow)
  expect(taken).toBeLessThan(20_000_000)
})

test('[NET6] responses nobody takes have a limit; whoever kept one waiting longest goes', async () => {
  const broker = await openBroker({ queuedMaxResponseBytes: 5_000_000, fetchMaxBytes: 1_000_000 })
  const honest = await WireClient.connect(broker)
  await createTopic(honest, 't')
  for (let i = 0; i < 4; i++) await produce(honest, 't', recordBatch({ values: ['x'.repeat(1_000_000)] }))
  const fetchOne = requestBytes(ApiKey.Fetch, 4, 1, (w) => {
    w.int32(-1).int32(0).int32(1).int32(1_000_000).int8(0)
    w.array(['t'], (name) => w.string(name).array([0], (p) => w.int32(p).int64(0).int32(1_000_000)))
  })
  const crowd = await Promise.all(Array.from({ length: 40 }, () => rawSocket(broker)))
  for (const socket of crowd) {
    socket.pause()
    // Some of it fits into the kernel's buffers; this is more.
    for (let i = 0; i < 30; i++) socket.write(fetchOne)
  }
  await pollUntil(
    () => broker.lines.some((line) => line.includes('responses not read take too much memory')),
    {
      withinMs: 20_000,
      what: 'slow readers to be closed',
    },
  )
  expect((await fetch(honest, 't', 3)).records.length).toBeGreaterThan(1_000_000)
})

test('[NET7] a thousand idle connections are no burden to the others', async () => {
  const broker = await openBroker()
  const honest = await WireClient.connect(broker)
  await createTopic(honest, 't')
  const crowd = await Promise.all(Array.from({ length: 1_000 }, () => rawSocket(broker)))
  expect(crowd.every((socket) => !socket.destroyed)).toBe(true)
  const startedAt = performance.now()
  for (let i = 0; i < 100; i++) await produce(honest, 't', recordBatch({ values: [`${i}`] }))
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})

test('[NET8] more connections than allowed are turned away', async () => {
  const broker = await openBroker({ maxConnections: 2 })
  const first = await rawSocket(broker)
  await rawSocket(broker)
  const third = await rawSocket(broker)
  await closed(third)
  first.destroy()
  await pollUntil(
    async () => {
      const client = await WireClient.connect(broker)
      return (await client.request(ApiKey.ApiVersions, 0, () => {})).int16() === 0
    },
    { withinMs: 20_000, what: 'room again' },
  )
})
