import { MAX_BODY_BYTES } from '#contracts/http.ts'
import { ProblemError } from '../ground/problem-error.ts'

/**
 * A client that is still sending may never read an early answer: a moderately too large body is read to its end and
 * thrown away. A larger one is cut off.
 */
const MAX_DRAINED_BYTES = 4 * 1024 * 1024

/** Collects the chunks of one body, and keeps no more of it than a body may have. */
export class BodyBytes {
  #chunks: Uint8Array[] = []
  #size = 0

  /** @throws ProblemError `body_too_large`, before reading, when the Content-Length is too large */
  constructor(contentLength: string | null | undefined) {
    if (Number(contentLength) > MAX_DRAINED_BYTES) throw tooLarge()
  }

  /** @throws ProblemError `body_too_large` of what is not even read to its end */
  add(chunk: Uint8Array): void {
    this.#size += chunk.length
    if (this.#size > MAX_DRAINED_BYTES) throw tooLarge()
    if (this.#size <= MAX_BODY_BYTES) this.#chunks.push(chunk)
    else this.#chunks = []
  }

  /** @throws ProblemError `body_too_large` */
  whole(): Uint8Array {
    if (this.#size > MAX_BODY_BYTES) throw tooLarge()
    const [only] = this.#chunks
    return this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#size)
  }
}

/** A client that goes away, or sends malformed chunks, has failed; this server has not. */
export function brokeOff(cause?: unknown): ProblemError {
  return new ProblemError('invalid_body', { detail: 'The body broke off.', cause })
}

function tooLarge(): ProblemError {
  return new ProblemError('body_too_large', { detail: `The body may have at most ${MAX_BODY_BYTES} bytes.` })
}
