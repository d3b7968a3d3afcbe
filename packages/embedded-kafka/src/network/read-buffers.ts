import type { ReadMemory } from '../log/segment.ts'

/** Below this a buffer is not worth keeping. */
const SMALLEST_BYTES = 64 * 1024

/**
 * Buffers for reading from the log, used again once their bytes are with the kernel. Left to the garbage collector,
 * a hundred busy consumers would have it trail behind by a hundred megabytes.
 */
export class ReadBuffers implements ReadMemory {
  readonly #size: number
  readonly #limit: number
  readonly #free: Buffer[] = []
  /** What has been lent. Weak: a response that is never sent is simply forgotten. */
  readonly #lent = new WeakSet<ArrayBufferLike>()

  constructor(size: number, limit: number) {
    this.#size = size
    this.#limit = limit
  }

  /** `length` bytes, with anything in them. */
  take(length: number): Buffer {
    if (length < SMALLEST_BYTES || length > this.#size) return Buffer.allocUnsafe(length)
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size)
    this.#lent.add(buffer.buffer)
    return buffer.subarray(0, length)
  }

  /** Takes back what `part` is a part of, if it is ours. Nobody may look at it any more. */
  giveBack(part: Buffer): void {
    if (!this.#lent.delete(part.buffer) || this.#free.length >= this.#limit) return
    this.#free.push(Buffer.from(part.buffer))
  }
}
