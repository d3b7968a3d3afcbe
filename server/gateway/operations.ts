import type { ServerResponse } from 'node:http'
import type { Metrics } from '../metrics.ts'
import type { Lane } from './entry.ts'

/** Rejects, with a reason, while the dependency is not usable. */
export type Checks = Record<string, () => Promise<void>>

const CHECK_WITHIN_MS = 2_000

/** While `stopping`, nothing is ready: whoever balances the load should look elsewhere. */
type Dependencies = { checks: Checks; stopping: () => boolean; metrics: Metrics }

/** What operators and their machines ask: alive, ready, and the figures. */
export function createOperationsLane({ checks, stopping, metrics }: Dependencies): Lane {
  return (request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    if (path === '/healthz') sendJson(response, 200, { status: 'alive' })
    else if (path === '/readyz')
      void readiness(checks).then(({ ready, states }) =>
        answerReadiness(response, ready && !stopping(), states),
      )
    else if (path === '/metrics') void sendMetrics(metrics, response)
    else return false
    return true
  }
}

function answerReadiness(response: ServerResponse, ready: boolean, states: Record<string, string>): void {
  sendJson(response, ready ? 200 : 503, { ready, ...states })
}

async function readiness(checks: Checks): Promise<{ ready: boolean; states: Record<string, string> }> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const),
  )
  return { ready: entries.every(([, state]) => state === 'ok'), states: Object.fromEntries(entries) }
}

async function stateOf(check: () => Promise<void>): Promise<string> {
  const deadline = AbortSignal.timeout(CHECK_WITHIN_MS)
  const late = new Promise<string>((resolve) =>
    deadline.addEventListener('abort', () => resolve('no answer in time')),
  )
  const state = check().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : 'failed'),
  )
  return await Promise.race([state, late])
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function sendMetrics({ registry }: Metrics, response: ServerResponse): Promise<void> {
  const text = await registry.metrics()
  response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
  response.end(text)
}
