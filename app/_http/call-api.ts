import type { z } from 'zod'
import { type Problem, type ProblemCode, problemSchema } from '#contracts/problem.ts'
import { dateOf } from './date-of.ts'
import { parseRetryAfterMs } from './retry-after.ts'
import type { ServerClock } from './server-clock.ts'

export type ApiSuccess<T> = { ok: true; status: number; value: T }
export type ApiFailure = {
  ok: false
  /** null: no answer at all (offline, cut off, timed out). */
  status: number | null
  /** null when the answer was not one of ours, e.g. a proxy's own error page. */
  code: ProblemCode | null
  detail: string
  /** For `invalid_body`: the path of what is wrong. */
  field?: string
  /** For `wrong_pin`. */
  triesLeft?: number
  retryAfterMs: number | null
}
export type ApiAnswer<T> = ApiSuccess<T> | ApiFailure

type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  token?: string
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Corrected by the server's time in each answer. */
  clock?: ServerClock
}

/** A request that takes longer is aborted and counts as no answer. The server itself answers within 2 s. */
const TIMEOUT_MS = 10_000

/** Calls our own API once. Never throws: a failure is part of the answer. */
export async function callApi<T>(schema: z.ZodType<T>, path: string, call: Call = {}): Promise<ApiAnswer<T>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const learn = call.clock?.ask()
  try {
    const response = await fetch(path, {
      method: call.method ?? 'GET',
      headers: {
        ...call.headers,
        ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      cache: 'no-store',
      signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
    })
    learn?.(dateOf(response))
    const text = await response.text()
    if (!response.ok) return problemOf(response, text)
    const parsed = schema.safeParse(parseJson(text))
    if (!parsed.success) return failure(response, null, 'unexpected shape')
    return { ok: true, status: response.status, value: parsed.data }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    return { ok: false, status: null, code: null, detail, retryAfterMs: null }
  }
}

function problemOf(response: Response, text: string): ApiFailure {
  const problem = problemSchema.safeParse(parseJson(text))
  return problem.success
    ? { ...failure(response, problem.data.code, problem.data.detail), ...detailsOf(problem.data) }
    : failure(response, null, response.statusText)
}

function detailsOf({ field, triesLeft }: Problem): Pick<ApiFailure, 'field' | 'triesLeft'> {
  return { ...(field !== undefined && { field }), ...(triesLeft !== undefined && { triesLeft }) }
}

function failure(response: Response, code: ProblemCode | null, detail: string): ApiFailure {
  const retryAfterMs = parseRetryAfterMs(response.headers.get('retry-after'), Date.now())
  return { ok: false, status: response.status, code, detail, retryAfterMs }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no schema accepts undefined, so the caller sees it as an answer of the wrong shape.
    return undefined
  }
}
