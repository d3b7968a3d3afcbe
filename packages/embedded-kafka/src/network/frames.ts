import { MalformedRequest } from '../protocol/errors.ts'

const SIZE_BYTES = 4
const NOTHING = Buffer.alloc(0)
/** api key, api version, correlation id, length of the client id. */
const SMALLEST_REQUEST_BYTES = 10

/**
 * Cuts the byte stream of a connection into requests: an int32 size, then that many bytes.
 * https://kafka.apache.org/protocol#protocol_common
 *
 * A size is only a claim. Room is made for what has arrived (at most twice that), never for what was announced.
 */
export class Frames {
  readonly #maxBytes: number
  #buffer: Buffer = NOTHING
  #start = 0
  #end = 0
  /** Whether #buffer was made here, so that its tail may be written to. */
  #owned = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Bytes that have arrived and were not returned by next() yet. */
  get bufferedBytes(): number {
    return this.#end - this.#start
  }

  push(chunk: Buffer): void {
    if (this.bufferedBytes === 0) {
      // The usual case: requests come whole, and are used where they lie.
      this.#buffer = chunk
      this.#start = 0
      this.#end = chunk.length
      this.#owned = false
      return
    }
    if (!this.#owned || this.#end + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length)
    chunk.copy(this.#buffer, this.#end)
    this.#end += chunk.length
  }

  #makeRoom(length: number): void {
    const have = this.bufferedBytes
    const larger = Buffer.allocUnsafeSlow(
      Math.max(have + length, Math.min(2 * have, SIZE_BYTES + this.#maxBytes)),
    )
    this.#buffer.copy(larger, 0, this.#start, this.#end)
    this.#buffer = larger
    this.#start = 0
    this.#end = have
    this.#owned = true
  }

  /** The next whole request, without its size; undefined until it is complete. */
  next(): Buffer | undefined {
    if (this.bufferedBytes < SIZE_BYTES) return undefined
    const size = this.#buffer.readInt32BE(this.#start)
    if (size < SMALLEST_REQUEST_BYTES || size > this.#maxBytes) {
      throw new MalformedRequest(`a request of ${size} bytes`)
    }
    const from = this.#start + SIZE_BYTES
    if (from + size > this.#end) return undefined
    this.#start = from + size
    const request = this.#buffer.subarray(from, from + size)
    if (this.bufferedBytes === 0) this.#release()
    return request
  }

  /** An idle connection must not keep the memory of its last request. */
  #release(): void {
    this.#buffer = NOTHING
    this.#start = 0
    this.#end = 0
  }
}
