import { PROBLEMS, type Problem, type ProblemCode } from '#contracts/problem.ts'

type Details = {
  detail: string
  field?: string | undefined
  /** For `wrong_pin`. */
  triesLeft?: number | undefined
  /** For answers that say when to come back. */
  retryAfterMs?: number
  /** For `method_not_allowed`. */
  allow?: readonly string[]
  /** Where HTTP has a status of its own for what is one code here. */
  status?: number
  /** Nothing more is to come over this connection. */
  closesConnection?: boolean
  /** For `unauthenticated`: how to say who one is, where that is not with a token. */
  scheme?: string
  cause?: unknown
}

/** The one error that becomes an answer. Every other error is a defect, and answered `internal`. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly code: ProblemCode
  readonly field: string | undefined
  readonly triesLeft: number | undefined
  readonly retryAfterMs: number | undefined
  readonly allow: readonly string[] | undefined
  readonly closesConnection: boolean
  readonly scheme: string
  readonly status: number

  constructor(
    code: ProblemCode,
    {
      detail,
      field,
      triesLeft,
      retryAfterMs,
      allow,
      status,
      closesConnection,
      scheme = 'Bearer',
      cause,
    }: Details,
  ) {
    super(detail, { cause })
    this.code = code
    this.status = status ?? PROBLEMS[code].status
    this.field = field
    this.scheme = scheme
    this.triesLeft = triesLeft
    this.retryAfterMs = retryAfterMs
    this.allow = allow
    // Part of a body that is too large may still be on its way: nothing else can follow it.
    this.closesConnection = closesConnection ?? code === 'body_too_large'
  }

  /** RFC 9457 §3.1.1: `type` names the kind of problem and need not lead anywhere. */
  toProblem(requestId: string): Problem {
    return {
      type: `urn:rider-live:problem:${this.code}`,
      title: PROBLEMS[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
      ...(this.triesLeft === undefined ? {} : { triesLeft: this.triesLeft }),
      requestId,
    }
  }

  headers(): Record<string, string> {
    return {
      // Whole seconds, rounded up, at least one (RFC 9110 §10.2.3).
      ...(this.retryAfterMs === undefined
        ? {}
        : { 'Retry-After': String(Math.max(1, Math.ceil(this.retryAfterMs / 1_000))) }),
      ...(this.allow === undefined ? {} : { Allow: this.allow.join(', ') }),
      // RFC 9110 §11.6.1: a 401 names the scheme to use.
      ...(this.code === 'unauthenticated' ? { 'WWW-Authenticate': this.scheme } : {}),
      ...(this.closesConnection ? { Connection: 'close' } : {}),
    }
  }
}
