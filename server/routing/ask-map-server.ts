import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  isBrokenCircuitError,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import type { Logger } from '../logger.ts'

/** Every number of the way to a server of maps and back, and why it is what it is. */
const POLICY = {
  attemptMs: 1_000,
  /** For a connection that was cut or refused: what has taken a second already is not tried for another one. */
  retries: 1,
  retryDelayMs: { initialDelay: 30, maxDelay: 60 },
  /** An order is answered within 1.5 s, whatever the server does. */
  deadlineMs: 1_100,
  failuresToOpen: 3,
  halfOpenAfterMs: { initialDelay: 2_000, maxDelay: 30_000 },
  /** The full line of a way across a country. */
  mostBytes: 4 * 1_024 * 1_024,
} as const

export type Address = { url: URL; headers: Record<string, string> }
type Question<T> = {
  address: Address
  /** Statuses beside 200 that are an answer. */
  alsoReads?: readonly number[]
  /** @throws for what is no answer */
  read(body: string): T
}
/** What it has answered; undefined when it gave no answer that could be read. Never throws, and never takes longer than the deadline. */
export type AskMapServer = <T>(question: Question<T>) => Promise<T | undefined>

/**
 * Asks a server of others, guarded: one that is dead, slow or talks nonsense delays its asker by a second or two. `name` is
 * for the log.
 */
export function createAskMapServer(name: string, logger: Logger): AskMapServer {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: new ExponentialBackoff(POLICY.halfOpenAfterMs),
    breaker: new ConsecutiveBreaker(POLICY.failuresToOpen),
  })
  breaker.onStateChange((state) => {
    logger.warn({ breaker: CircuitState[state] }, `The breaker before the ${name} changed its state`)
  })
  const policy = wrap(
    breaker,
    timeout(POLICY.deadlineMs, TimeoutStrategy.Aggressive),
    retry(handleAll, { maxAttempts: POLICY.retries, backoff: new ExponentialBackoff(POLICY.retryDelayMs) }),
    timeout(POLICY.attemptMs, TimeoutStrategy.Aggressive),
  )
  return async (question) => {
    try {
      return await policy.execute(({ signal }) => ask(question, signal))
    } catch (err) {
      // The address may hold a key or a place: only what went wrong is told.
      if (!isBrokenCircuitError(err)) logger.warn({ reason: reasonOf(err) }, `The ${name} gave no answer`)
      return undefined
    }
  }
}

/**
 * The address of a service below `base`, which keeps its own path and its query (a key, say): that wins over ours. A name
 * and password go into a header, because a request refuses an address with a password in it.
 */
export function addressOf(
  base: string,
  path: (own: string) => string,
  query: Record<string, string>,
): Address {
  const url = new URL(base)
  url.pathname = path(url.pathname.replace(/\/+$/, ''))
  for (const [name, value] of Object.entries(query))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  const { username, password } = url
  url.username = ''
  url.password = ''
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers: Record<string, string> = { accept: 'application/json' }
  if (user !== ':') headers.authorization = `Basic ${Buffer.from(user).toString('base64')}`
  return { url, headers }
}

async function ask<T>(
  { address: { url, headers }, alsoReads = [], read }: Question<T>,
  signal: AbortSignal,
): Promise<T> {
  const answer = await fetch(url, { headers, signal, redirect: 'error' })
  if (answer.status !== 200 && !alsoReads.includes(answer.status)) {
    await answer.body?.cancel()
    throw new Error(`It answered ${answer.status}`)
  }
  return read(await textOf(answer))
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop cancels the rest.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > POLICY.mostBytes) throw new Error('Its answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // A page of a proxy that is no JSON would be quoted: it may say what was asked for.
  if (error instanceof SyntaxError) return 'SyntaxError: It is no JSON'
  // Of an answer of the wrong shape the first issue is enough; a failed fetch keeps its reason in the cause.
  const { code } = (error.cause ?? {}) as { code?: string }
  return `${error.name}: ${error.message.slice(0, 200)}${code ? ` (${code})` : ''}`
}
