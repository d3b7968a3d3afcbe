import { MalformedRequest } from './errors.ts'

/**
 * Reads the primitive types of the Kafka protocol from one request.
 * https://kafka.apache.org/protocol#protocol_types
 *
 * Every length is checked against what has really arrived before anything is allocated for it, so a request
 * that claims two billion array elements costs nothing but its own connection.
 *
 * In the "flexible" versions (KIP-482) lengths are varints, one higher so that 0 is null, and each struct ends with tagged
 * fields. The same methods read both.
 */
export class RequestReader {
  readonly #buffer: Buffer
  #position = 0
  #flexible = false

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  /** From here on lengths are compact, and structs end with tagged fields. */
  becomeFlexible(): this {
    this.#flexible = true
    return this
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

  skipUuid(): void {
    this.#take(16)
  }

  boolean(): boolean {
    return this.int8() !== 0
  }

  string(): string {
    return this.nullableString() ?? ''
  }

  nullableString(): string | null {
    const length = this.#flexible ? this.#uvarint() - 1 : this.int16()
    if (length === -1) return null
    const at = this.#take(length)
    return this.#buffer.toString('utf8', at, at + length)
  }

  /** A view into the request, not a copy. */
  nullableBytes(): Buffer | null {
    const length = this.#flexible ? this.#uvarint() - 1 : this.int32()
    if (length === -1) return null
    const at = this.#take(length)
    return this.#buffer.subarray(at, at + length)
  }

  bytes(): Buffer {
    return this.nullableBytes() ?? Buffer.alloc(0)
  }

  /** An array of structs. */
  array<T>(element: () => T): T[] {
    return this.nullableArray(element) ?? []
  }

  nullableArray<T>(element: () => T): T[] | null {
    return this.nullableList(() => {
      const value = element()
      this.skipTags()
      return value
    })
  }

  /** An array of plain values, which have no tagged fields. */
  list<T>(element: () => T): T[] {
    return this.nullableList(element) ?? []
  }

  nullableList<T>(element: () => T): T[] | null {
    const count = this.#flexible ? this.#uvarint() - 1 : this.int32()
    if (count === -1) return null
    // No element is shorter than one byte.
    if (count < 0 || count > this.remaining) throw new MalformedRequest(`an array of ${count} elements`)
    const elements: T[] = []
    for (let i = 0; i < count; i++) elements.push(element())
    return elements
  }

  /** Tagged fields are optional by their nature; this broker needs none of them. */
  skipTags(): void {
    if (!this.#flexible) return
    for (let left = this.#uvarint(); left > 0; left--) {
      this.#uvarint() // the tag
      this.#take(this.#uvarint())
    }
  }

  #uvarint(): number {
    let value = 0
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.#buffer.readUInt8(this.#take(1))
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    throw new MalformedRequest('a varint of more than five bytes')
  }
}
