import type { z } from 'zod'
import type { ProblemCode } from '../problem.ts'

/** One text in both languages of the pages; the documents carry the English one. */
export type Text = { en: string; ko: string }

/** Whose token opens a call. `app`: a phone app, by its device code. `anyone`: no token is asked for. */
export type Asker = 'rider' | 'customer' | 'dispatch' | 'app' | 'anyone'

type HttpAnswer = {
  says: Text
  /** Of a JSON body. */
  body?: z.ZodType
  /** A body of another type. */
  file?: string
  headers?: readonly ('ETag' | 'Content-Disposition' | 'Content-Range')[]
}

/** What a call takes and answers. The schemas are the very ones that the server parses and answers with. */
export type HttpCall = {
  title: Text
  by: readonly Asker[]
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: z.ZodType
  answers: Record<number, HttpAnswer>
  /** Beside those of every call that is asked in this way: see `problemsOf`. */
  problems?: readonly ProblemCode[]
}

const OF_EACH: readonly ProblemCode[] = ['invalid_body', 'rate_limited', 'internal', 'log_unavailable']
const OF_A_TOKEN: readonly ProblemCode[] = ['unauthenticated', 'forbidden']
const OF_A_BODY: readonly ProblemCode[] = [
  'invalid_json',
  'body_too_large',
  'unsupported_media_type',
  // Of a page of another site.
  'forbidden',
]

/** Every code that the call may be answered with. */
export function problemsOf({ by, body, problems = [] }: HttpCall): ProblemCode[] {
  const asksForToken = by.some((asker) => asker !== 'anyone')
  return [
    ...new Set([
      ...OF_EACH,
      ...(asksForToken ? OF_A_TOKEN : []),
      ...(body === undefined ? [] : OF_A_BODY),
      ...problems,
    ]),
  ]
}
