import { expect, test } from 'vitest'
import { ApiKey } from '../src/protocol/api-versions.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { createTopic } from './support/calls.ts'
import { openBroker } from './support/in-process-broker.ts'
import { recordBatch } from './support/record-batch.ts'
import { clientOf } from './support/stock-kafkajs.ts'
import { WireClient } from './support/wire-client.ts'

const REFUSED = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
const TRANSACTION = 1

test('[PRD7] B1: whatever asks for a transaction is refused for good, and with the reason', async () => {
  const wire = await WireClient.connect(await openBroker())
  const found = await wire.request(ApiKey.FindCoordinator, 2, (w) => w.string('id').int8(TRANSACTION))
  found.int32() // throttle_time_ms
  expect([found.int16(), found.nullableString()]).toEqual([
    REFUSED,
    expect.stringContaining('no transactions'),
  ])

  const given = await wire.request(ApiKey.InitProducerId, 1, (w) => w.nullableString('id').int32(1_000))
  given.int32() // throttle_time_ms
  expect([given.int16(), given.int64()]).toEqual([REFUSED, -1])

  await createTopic(wire, 't')
  const produced = await wire.request(ApiKey.Produce, 8, (w) => {
    w.nullableString('id').int16(-1).int32(1_000)
    w.array(['t'], (topic) =>
      w.string(topic).array([0], (p) => w.int32(p).bytes(recordBatch({ values: ['x'] }))),
    )
  })
  const [codes] = produced.array(() => {
    produced.string()
    return produced.array(() => {
      produced.int32()
      const code = produced.int16()
      for (let i = 0; i < 3; i++) produced.int64() // base offset, append time, start of the log
      produced.array(() => {})
      return [code, produced.nullableString()]
    })
  })
  expect(codes).toEqual([[REFUSED, expect.stringContaining('no transactions')]])
})

test('[PRD7] B1: kafkajs does not ask for a transaction again', async () => {
  const { host, port } = await openBroker()
  const settings = { transactionalId: 'id', idempotent: true, maxInFlightRequests: 1 }
  const producer = clientOf(`${host}:${port}`).producer(settings)
  await producer.connect()
  await expect(producer.transaction()).rejects.toMatchObject({ retriable: false })
  await producer.disconnect()
})
