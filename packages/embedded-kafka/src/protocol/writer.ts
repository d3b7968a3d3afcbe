const INITIAL_BYTES = 512

/**
 * Builds one response: size, correlation id, then whatever the handler writes.
 * https://kafka.apache.org/protocol#protocol_messages
 *
 * Small fields are copied into a growing buffer; record batches of a Fetch are attached by reference, so the
 * bytes read from the log go to the socket without another copy.
 *
 * The same methods write plain and "flexible" versions (see RequestReader).
 */
export class ResponseWriter {
  readonly #sealed: Buffer[] = []
  #buffer = Buffer.allocUnsafe(INITIAL_BYTES)
  /** Where the part of #buffer that is not yet sealed begins, and where the next field goes. */
  #from = 0
  #position = 0
  #flexible = false

  constructor(correlationId: number) {
    this.int32(0) // the size, known only in frame()
    this.int32(correlationId)
  }

  /** From here on lengths are compact, and structs end with tagged fields. */
  becomeFlexible(): this {
    this.#flexible = true
    return this
  }

  #reserve(length: number): number {
    const at = this.#position
    if (at + length > this.#buffer.length) return this.#grow(length)
    this.#position = at + length
    return at
  }

  #grow(length: number): number {
    const pending = this.#buffer.subarray(this.#from, this.#position)
    const larger = Buffer.allocUnsafe(Math.max(INITIAL_BYTES, (pending.length + length) * 2))
    pending.copy(larger)
    this.#buffer = larger
    this.#from = 0
    this.#position = pending.length + length
    return pending.length
  }

  int8(value: number): this {
    const at = this.#reserve(1)
    this.#buffer.writeInt8(value, at)
    return this
  }

  int16(value: number): this {
    const at = this.#reserve(2)
    this.#buffer.writeInt16BE(value, at)
    return this
  }

  int32(value: number): this {
    const at = this.#reserve(4)
    this.#buffer.writeInt32BE(value, at)
    return this
  }

  int64(value: number): this {
    const at = this.#reserve(8)
    const high = Math.floor(value / 0x1_0000_0000)
    // The largest of all reads as the number above it.
    const tooLarge = high > 0x7fff_ffff
    this.#buffer.writeInt32BE(tooLarge ? 0x7fff_ffff : high, at)
    this.#buffer.writeUInt32BE(tooLarge ? 0xffff_ffff : value >>> 0, at + 4)
    return this
  }

  /** All zeros: no id. */
  noUuid(): this {
    return this.int64(0).int64(0)
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0)
  }

  string(value: string): this {
    const length = Buffer.byteLength(value)
    if (this.#flexible) this.#uvarint(length + 1)
    else this.int16(length)
    const at = this.#reserve(length)
    this.#buffer.write(value, at)
    return this
  }

  nullableString(value: string | null): this {
    if (value !== null) return this.string(value)
    return this.#flexible ? this.#uvarint(0) : this.int16(-1)
  }

  bytes(value: Buffer): this {
    this.#length(value.length)
    const at = this.#reserve(value.length)
    value.copy(this.#buffer, at)
    return this
  }

  /** As bytes(), but the value itself goes out: it must not change until the response has been sent. */
  attachedBytes(value: Buffer): this {
    this.#length(value.length)
    if (value.length > 0) {
      this.#seal()
      this.#sealed.push(value)
    }
    return this
  }

  /** An array of structs. */
  array<T>(elements: readonly T[], write: (element: T) => void): this {
    return this.list(elements, (element) => {
      write(element)
      this.noTags()
    })
  }

  /** An array of plain values, which have no tagged fields. */
  list<T>(elements: readonly T[], write: (element: T) => void): this {
    this.#length(elements.length)
    for (const element of elements) write(element)
    return this
  }

  /** Ends a struct: no tagged fields. */
  noTags(): this {
    return this.#flexible ? this.#uvarint(0) : this
  }

  #length(length: number): void {
    if (this.#flexible) this.#uvarint(length + 1)
    else this.int32(length)
  }

  #uvarint(value: number): this {
    let left = value
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.#uint8((left % 0x80) | 0x80)
    return this.#uint8(left)
  }

  #uint8(value: number): this {
    const at = this.#reserve(1)
    this.#buffer.writeUInt8(value, at)
    return this
  }

  #seal(): void {
    if (this.#position > this.#from) this.#sealed.push(this.#buffer.subarray(this.#from, this.#position))
    this.#from = this.#position
  }

  /** The finished response, ready for the socket, in order. */
  frame(): Buffer[] {
    this.#seal()
    const size = this.#sealed.reduce((sum, part) => sum + part.length, 0)
    this.#sealed[0]?.writeInt32BE(size - 4, 0)
    return this.#sealed
  }
}
