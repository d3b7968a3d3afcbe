import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { ApiKey } from '#embedded-kafka/protocol/api-versions.ts'
import { memoryOf } from '../../bench/support/memory.ts'
import { createTopic, fetch, listOffset, produce } from '../../packages/embedded-kafka/tests/support/calls.ts'
import { recordBatch } from '../../packages/embedded-kafka/tests/support/record-batch.ts'
import { WireClient } from '../../packages/embedded-kafka/tests/support/wire-client.ts'
import { atEnd } from '../support/at-end.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'

const LOG_GB = Number(process.env.MEMORY_LOG_GB ?? 5)
const CONNECTIONS = 1_000
/** Read as fast as they can; the next ask and read nothing; all others are idle. */
const FAST_READERS = 20
const STALLED_READERS = 200
const READS_EACH = 40
const LIMIT_MB = 150
const RECORD_BYTES = 900_000

it(`[MEM1] ${LOG_GB} GB of log and ${CONNECTIONS} connections, fast, stalled and idle: below ${LIMIT_MB} MB`, async () => {
  const broker = await startBundledBroker()
  const address = { host: '127.0.0.1', port: broker.port }
  const writer = await WireClient.connect(address)
  await createTopic(writer, 't', { configs: { 'retention.bytes': '-1' } })
  const batch = recordBatch({ values: [randomBytes(RECORD_BYTES / 2).toString('hex')] })
  const batches = Math.ceil((LOG_GB * 2 ** 30) / batch.length)
  for (let written = 0; written < batches; written += 8) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => produce(writer, 't', batch)))
    expect(answers.every(({ code }) => code === 0)).toBe(true)
  }
  const filled = memoryOf(broker.pid)
  const end = (await listOffset(writer, 't', -1)).offset

  for (let i = 0; i < CONNECTIONS - FAST_READERS - STALLED_READERS; i += 1) await idleConnection(address)
  for (let i = 0; i < STALLED_READERS; i += 1) await stalledReader(address)
  const readers = await Promise.all(Array.from({ length: FAST_READERS }, () => WireClient.connect(address)))
  await Promise.all(
    readers.map(async (reader, index) => {
      for (let read = 0; read < READS_EACH; read += 1) {
        const offset = (index * 7_919 + read * 104_729) % end
        expect((await fetch(reader, 't', offset)).code).toBe(0)
      }
    }),
  )
  const used = memoryOf(broker.pid)
  console.log({
    logGb: LOG_GB,
    filledPeakMb: Math.round(filled.peakMb),
    rssMb: Math.round(used.rssMb),
    peakMb: Math.round(used.peakMb),
  })
  expect(used.peakMb).toBeLessThan(LIMIT_MB)
})

async function idleConnection({ host, port }: { host: string; port: number }): Promise<void> {
  const socket = connect(port, host)
  socket.on('error', () => {})
  atEnd(() => socket.destroy())
  await once(socket, 'connect')
}

/** Asks for a megabyte again and again and never reads an answer. */
async function stalledReader(address: { host: string; port: number }): Promise<void> {
  const reader = await WireClient.connect(address)
  reader.socket.pause()
  for (let i = 0; i < 5; i += 1) {
    reader.send(ApiKey.Fetch, 4, (w) => {
      w.int32(-1)
        .int32(0)
        .int32(1)
        .int32(1 << 20)
        .int8(0)
      w.array(['t'], (name) =>
        w.string(name).array([0], (p) =>
          w
            .int32(p)
            .int64(0)
            .int32(1 << 20),
        ),
      )
    })
  }
}
