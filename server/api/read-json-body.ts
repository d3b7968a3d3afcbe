import type { z } from 'zod'
import { MAX_BODY_BYTES } from '#contracts/http.ts'
import { ProblemError } from '../ground/problem-error.ts'

/**
 * A client that is still sending may never read an early answer: what is moderately too large is read to its end,
 * and thrown away. What is larger is cut off.
 */
const MAX_DRAINED_BYTES = 4 * 1024 * 1024

/**
 * The body of a request, read no further than allowed, parsed as JSON and checked against its schema.
 * Where `{}` would do, no body does as well: a call without options needs none.
 * @throws ProblemError `unsupported_media_type`, `body_too_large`, `invalid_json` or `invalid_body`
 */
export async function readJsonBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const bytes = request.body === null ? new Uint8Array() : await readBytes(request, request.body)
  const optional = bytes.length === 0 ? schema.safeParse({}) : undefined
  return optional?.success ? optional.data : parse(toJson(bytes), schema)
}

/** @throws ProblemError `invalid_body` naming the first member that is wrong */
export function parse<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProblemError('invalid_body', {
    detail: issue?.message ?? 'The request does not have the expected shape.',
    field: issue?.path.join('.') ?? '',
  })
}

async function readBytes(request: Request, body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length')) > MAX_DRAINED_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of untilItBreaksOff(body)) {
    size += chunk.length
    if (size > MAX_DRAINED_BYTES) throw tooLarge()
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  if (size > MAX_BODY_BYTES) throw tooLarge()
  if (size > 0) requireJson(request.headers.get('content-type'))
  return Buffer.concat(chunks, size)
}

/** That a client goes away, or sends chunks that are none, is no failure of ours. */
async function* untilItBreaksOff(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new ProblemError('invalid_body', { detail: 'The body broke off.', cause })
  }
}

function requireJson(contentType: string | null): void {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'application/json') return
  throw new ProblemError('unsupported_media_type', {
    detail: 'Send the body as `Content-Type: application/json`.',
  })
}

function toJson(bytes: Uint8Array): unknown {
  try {
    // RFC 8259 §8.1: UTF-8 it must be; a broken sequence is an error, not a question mark.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new ProblemError('invalid_json', { detail: 'The body is not valid JSON in UTF-8.', cause })
  }
}

function tooLarge(): ProblemError {
  return new ProblemError('body_too_large', { detail: `The body may have at most ${MAX_BODY_BYTES} bytes.` })
}
