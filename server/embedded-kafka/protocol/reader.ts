import { MalformedRequest } from './errors.ts'

/**
 * Reads the primitive types of the Kafka protocol from one request.
 * https://kafka.apache.org/protocol#protocol_types
 *
 * Every length is checked against what has really arrived before anything is allocated for it, so a request
 * that claims two billion array elements costs nothing but its own connection.
 */
export class RequestReader {
  readonly #buffer: Buffer
  #position = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  get remaining(): number {
    return this.#buffer.length - this.#position
  }

  #take(length: number): number {
    if (length < 0 || length > this.remaining) {
      throw new MalformedRequest(`${length} bytes expected, ${this.remaining} left`)
    }
    const at = this.#position
    this.#position += length
    return at
  }

  int8(): number {
    return this.#buffer.readInt8(this.#take(1))
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#take(2))
  }

  int32(): number {
    return this.#buffer.readInt32BE(this.#take(4))
  }

  /** Offsets and timestamps stay far below 2^53, so a number holds them exactly. */
  int64(): number {
    const at = this.#take(8)
    return this.#buffer.readInt32BE(at) * 0x1_0000_0000 + this.#buffer.readUInt32BE(at + 4)
  }

  boolean(): boolean {
    return this.int8() !== 0
  }

  string(): string {
    return this.nullableString() ?? ''
  }

  nullableString(): string | null {
    const length = this.int16()
    if (length === -1) return null
    const at = this.#take(length)
    return this.#buffer.toString('utf8', at, at + length)
  }

  /** A view into the request, not a copy. */
  nullableBytes(): Buffer | null {
    const length = this.int32()
    if (length === -1) return null
    const at = this.#take(length)
    return this.#buffer.subarray(at, at + length)
  }

  bytes(): Buffer {
    return this.nullableBytes() ?? Buffer.alloc(0)
  }

  array<T>(element: () => T): T[] {
    return this.nullableArray(element) ?? []
  }

  nullableArray<T>(element: () => T): T[] | null {
    const count = this.int32()
    if (count === -1) return null
    // No element is shorter than one byte.
    if (count < 0 || count > this.remaining) throw new MalformedRequest(`an array of ${count} elements`)
    const elements: T[] = []
    for (let i = 0; i < count; i++) elements.push(element())
    return elements
  }
}
