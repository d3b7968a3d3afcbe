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
import type { LatLng } from '#contracts/place.ts'
import type { Logger } from '../logger.ts'
import { type FoundRoute, readRouteAnswer } from './read-route-answer.ts'
import { routeAddress } from './route-url.ts'

/** Every number of the way to the router and back, and why it is what it is. */
const POLICY = {
  attemptMs: 1_000,
  /** For a connection that was cut or refused: what has taken a second already is not tried for another one. */
  retries: 1,
  retryDelayMs: { initialDelay: 30, maxDelay: 60 },
  /** An order is answered within 1.5 s, whatever the router does. */
  deadlineMs: 1_100,
  failuresToOpen: 3,
  halfOpenAfterMs: { initialDelay: 2_000, maxDelay: 30_000 },
  /** The full line of a way across a country. */
  mostBytes: 4 * 1_024 * 1_024,
} as const

/** The way along streets; null when there is none, or nobody to tell it. Never throws, and never takes longer than the deadline. */
export type AskRouter = (from: LatLng, to: LatLng) => Promise<FoundRoute>

/** Asks the server at `base` for ways, guarded: one that is dead, slow or talks nonsense costs nobody more than a moment. */
export function createAskRouter(base: string, logger: Logger): AskRouter {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: new ExponentialBackoff(POLICY.halfOpenAfterMs),
    breaker: new ConsecutiveBreaker(POLICY.failuresToOpen),
  })
  breaker.onStateChange((state) => {
    logger.warn({ breaker: CircuitState[state] }, 'The breaker before the router changed its state')
  })
  const policy = wrap(
    breaker,
    timeout(POLICY.deadlineMs, TimeoutStrategy.Aggressive),
    retry(handleAll, { maxAttempts: POLICY.retries, backoff: new ExponentialBackoff(POLICY.retryDelayMs) }),
    timeout(POLICY.attemptMs, TimeoutStrategy.Aggressive),
  )
  return async (from, to) => {
    try {
      return await policy.execute(({ signal }) => ask(base, { from, to, signal }))
    } catch (err) {
      // The address may hold a key: only what went wrong is told.
      if (!isBrokenCircuitError(err)) logger.warn({ reason: reasonOf(err) }, 'The router gave no way')
      return null
    }
  }
}

async function ask(
  base: string,
  { from, to, signal }: { from: LatLng; to: LatLng; signal: AbortSignal },
): Promise<FoundRoute> {
  const { url, headers } = routeAddress(base, from, to)
  const answer = await fetch(url, { headers, signal, redirect: 'error' })
  // OSRM says with 400 that there is no way.
  if (answer.status !== 200 && answer.status !== 400) {
    await answer.body?.cancel()
    throw new Error(`It answered ${answer.status}`)
  }
  return readRouteAnswer(await textOf(answer), from, to)
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
  // Of an answer of the wrong shape the first issue is enough; a failed fetch keeps its reason in the cause.
  const { code } = (error.cause ?? {}) as { code?: string }
  return `${error.name}: ${error.message.slice(0, 200)}${code ? ` (${code})` : ''}`
}
