import { connect, createServer, type Socket } from 'node:net'
import { atEnd } from '../../tests/support/at-end.ts'
import { startBundledBroker } from '../../tests/support/bundled-broker.ts'
import { freePort } from '../../tests/support/free-port.ts'

export type KafkaGate = {
  address: string
  /** From now on readers are told that there is nothing new, as often as they ask; everything else passes. */
  close(): void
  open(): void
}

const FETCH = 1

/**
 * The embedded broker, reached through a gate that can keep readers waiting: so the same running app is measured while
 * it accepts alone, and with everything at work, without a switch in the product.
 */
export async function startGatedBroker(): Promise<KafkaGate> {
  const port = await freePort()
  let closed = false
  const server = createServer((client) => {
    const broker = connect({ port: brokerPort, host: '127.0.0.1' })
    for (const [socket, other] of [[client, broker] as const, [broker, client] as const]) {
      socket.setNoDelay(true)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    broker.on('data', (chunk) => client.write(chunk))
    client.on(
      'data',
      byFrame((frame) => (closed && isFetch(frame) ? answerNothing(client, frame) : broker.write(frame))),
    )
  })
  const { port: brokerPort } = await startBundledBroker({
    env: { KAFKA_ADVERTISED_HOST: '127.0.0.1', KAFKA_ADVERTISED_PORT: String(port) },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  atEnd(() => server.close())
  return {
    address: `127.0.0.1:${port}`,
    close() {
      closed = true
    },
    open() {
      closed = false
    },
  }
}

/** Kafka's frames: 4 bytes length, then the request. Passes each on whole, as soon as it is. */
function byFrame(pass: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    while (bytes.length - at >= 4) {
      const end = at + 4 + bytes.readInt32BE(at)
      if (bytes.length < end) break
      pass(bytes.subarray(at, end))
      at = end
    }
    rest = bytes.subarray(at)
  }
}

const isFetch = (frame: Buffer) => frame.readInt16BE(4) === FETCH

/** After the reader's own `max_wait_ms`, as a broker without news would: no partition has anything. */
function answerNothing(client: Socket, frame: Buffer): void {
  const version = frame.readInt16BE(6)
  const clientIdBytes = Math.max(0, frame.readInt16BE(12))
  const maxWaitMs = frame.readInt32BE(14 + clientIdBytes + 4)
  // Correlation id, throttle time; from version 7 on error code and session id; an empty array of topics.
  const answer = Buffer.alloc(4 + 4 + 4 + (version >= 7 ? 6 : 0) + 4)
  answer.writeInt32BE(answer.length - 4, 0)
  frame.copy(answer, 4, 8, 12)
  setTimeout(() => client.writable && client.write(answer), maxWaitMs).unref()
}
