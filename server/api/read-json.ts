import { isAscii } from 'node:buffer'
import type { z } from 'zod'
import { ProblemError } from '../ground/problem-error.ts'

type Wanted<T> = {
  contentType: string | null
  schema: z.ZodType<T>
  plain?: ((value: unknown) => T | undefined) | undefined
}

/** RFC 8259 §8.1: UTF-8 it must be; a broken sequence is an error, not a question mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The body of a call, parsed as JSON and checked against its schema; `plain` says what the schema would make of one that is
 * plainly right, and undefined leaves it to the schema. Where `{}` would do, no body does as well: a call
 * without options needs none.
 * @throws ProblemError `unsupported_media_type`, `invalid_json` or `invalid_body`
 */
export function readJson<T>(bytes: Uint8Array, { contentType, schema, plain }: Wanted<T>): T {
  if (bytes.length > 0) requireJson(contentType)
  const optional = bytes.length === 0 ? schema.safeParse({}) : undefined
  if (optional?.success) return optional.data
  const value = toJson(bytes)
  return plain?.(value) ?? parse(value, schema)
}

/** @throws ProblemError `invalid_body` naming the first member that is wrong */
export function parse<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProblemError('invalid_body', {
    detail: issue?.message ?? 'The request does not have the expected shape.',
    field: issue ? fieldOf(issue) : '',
  })
}

/** Of a member that is not known, its own name: the issue's path ends where it was found. */
function fieldOf(issue: z.core.$ZodIssue): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return [...issue.path, ...unknown].join('.')
}

function requireJson(contentType: string | null): void {
  if (contentType === 'application/json') return
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'application/json') return
  throw new ProblemError('unsupported_media_type', {
    detail: 'Send the body as `Content-Type: application/json`.',
  })
}

export function toJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decode(bytes))
  } catch (cause) {
    throw new ProblemError('invalid_json', { detail: 'The body is not valid JSON in UTF-8.', cause })
  }
}

/** Nearly all bodies are ASCII: read as such they cost a fraction of what the decoder takes. */
function decode(bytes: Uint8Array): string {
  if (!isAscii(bytes)) return UTF8.decode(bytes)
  const { buffer, byteOffset, length } = bytes
  return (Buffer.isBuffer(bytes) ? bytes : Buffer.from(buffer, byteOffset, length)).toString('latin1')
}
