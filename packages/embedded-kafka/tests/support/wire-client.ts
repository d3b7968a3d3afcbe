import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { atEnd } from '../../../../tests/support/at-end.ts'
import { API_VERSIONS, ApiKey, apiNameOf, isFlexible } from '../../src/protocol/api-versions.ts'
import { RequestReader } from '../../src/protocol/reader.ts'
import { ResponseWriter } from '../../src/protocol/writer.ts'

const ANSWER_WITHIN_MS = 30_000

/** A client that says exactly what a test tells it to, right or wrong. Closed at the end. */
export class WireClient {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  #correlationId = 0
  /** Waiting for responses, in the order of their requests: that order is what the protocol promises. */
  readonly #waiting: ((response: RequestReader) => void)[] = []
  readonly closed: Promise<void>

  private constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.setMaxListeners(0) // every request of a test may wait for the end
    socket.on('error', () => {})
    socket.on('data', (chunk) => this.#receive(chunk))
  }

  static async connect({ host, port }: { host: string; port: number }): Promise<WireClient> {
    const socket = connect(port, host)
    atEnd(() => socket.destroy())
    await once(socket, 'connect')
    return new WireClient(socket)
  }

  /** Sends a request and resolves with the body of its response. */
  request(apiKey: number, apiVersion: number, body: (w: ResponseWriter) => void): Promise<RequestReader> {
    const answer = new Promise<RequestReader>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        this.socket.off('close', onClose)
        finish()
      }
      const fail = (why: string) =>
        settle(() => reject(new Error(`${why} (api ${apiKey} version ${apiVersion})`)))
      const onClose = () => fail('connection closed')
      const timer = setTimeout(() => fail('no answer'), ANSWER_WITHIN_MS)
      this.socket.once('close', onClose)
      this.#waiting.push((response) =>
        settle(() => {
          if (flexible(apiKey, apiVersion)) {
            response.becomeFlexible()
            if (apiKey !== ApiKey.ApiVersions) response.skipTags() // response header v1
          }
          resolve(response)
        }),
      )
    })
    this.send(apiKey, apiVersion, body)
    return answer
  }

  /** Sends a request and waits for nothing. */
  send(apiKey: number, apiVersion: number, body: (w: ResponseWriter) => void): void {
    this.socket.write(requestBytes(apiKey, apiVersion, ++this.#correlationId, body))
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    while (this.#received.length >= 4 && this.#received.length >= 4 + this.#received.readInt32BE(0)) {
      const end = 4 + this.#received.readInt32BE(0)
      const response = new RequestReader(this.#received.subarray(8, end)) // after size and correlation id
      this.#received = this.#received.subarray(end)
      this.#waiting.shift()?.(response)
    }
  }
}

/** In versions that the broker serves; a test may send any. */
function flexible(apiKey: number, apiVersion: number): boolean {
  const api = apiNameOf(apiKey)
  return api !== undefined && apiVersion <= API_VERSIONS[api].max && isFlexible(api, apiVersion)
}

export function requestBytes(
  apiKey: number,
  apiVersion: number,
  correlationId: number,
  body: (w: ResponseWriter) => void,
): Buffer {
  const header = Buffer.alloc(10)
  header.writeInt16BE(apiKey, 0)
  header.writeInt16BE(apiVersion, 2)
  header.writeInt32BE(correlationId, 4)
  header.writeInt16BE(-1, 8) // no client id
  const writer = new ResponseWriter(0)
  if (flexible(apiKey, apiVersion)) writer.becomeFlexible().noTags() // request header v2
  body(writer)
  const request = Buffer.concat([header, Buffer.concat(writer.noTags().frame()).subarray(8)])
  const size = Buffer.alloc(4)
  size.writeInt32BE(request.length)
  return Buffer.concat([size, request])
}
