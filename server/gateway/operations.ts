import type { ServerResponse } from 'node:http'
import type { DependencyState } from '#contracts/operations.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'

/** Rejects, with a reason, while the dependency is not usable. */
export type Checks = Record<string, () => Promise<void>>

const CHECK_WITHIN_MS = 2_000

type Dependencies = {
  checks: Checks
  /** What is told beside them, and keeps no instance from being ready. */
  reports: Checks
  /** While it is, the instance is not ready: the load balancer should choose another one. */
  stopping: () => boolean
  metrics: Metrics
  logger: Logger
}

/** Answers the questions of operators and their machines: is it alive, is it ready, and the metrics. */
export function createOperationsHandler({
  checks,
  reports,
  stopping,
  metrics,
  logger,
}: Dependencies): RequestHandler {
  const readiness = createReadiness({ checks, reports }, logger)
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const path = request.url?.split('?', 1)[0]
    if (path === '/healthz') sendJson(response, 200, { status: 'alive' })
    else if (path === '/readyz')
      void readiness().then(({ ready, states }) => answerReadiness(response, ready && !stopping(), states))
    else if (path === '/metrics') void sendMetrics(metrics, response)
    else return false
    return true
  }
}

function answerReadiness(response: ServerResponse, ready: boolean, states: Record<string, string>): void {
  sendJson(response, ready ? 200 : 503, { ready, ...states })
}

/** Every client may ask, so the answer has one word for each dependency; its error goes to the log, whenever it changes. */
function createReadiness(
  { checks, reports }: Pick<Dependencies, 'checks' | 'reports'>,
  logger: Pick<Logger, 'warn' | 'info'>,
) {
  const reasons = new Map<string, string>()

  return async (): Promise<{ ready: boolean; states: Record<string, DependencyState> }> => {
    const entries = await Promise.all(
      Object.entries({ ...checks, ...reports }).map(
        async ([name, check]) => [name, await stateOf(name, check)] as const,
      ),
    )
    const ready = entries.every(([name, state]) => state === 'ok' || name in reports)
    return { ready, states: Object.fromEntries(entries) }
  }

  async function stateOf(name: string, check: () => Promise<void>): Promise<DependencyState> {
    const reason = await whyNot(check)
    if (reason !== (reasons.get(name) ?? '')) {
      reasons.set(name, reason)
      if (reason === '') logger.info({ dependency: name }, 'A dependency is usable again')
      else logger.warn({ dependency: name, reason }, 'A dependency is not usable')
    }
    return reason === '' ? 'ok' : 'unavailable'
  }
}

/** Empty when all is well. */
async function whyNot(check: () => Promise<void>): Promise<string> {
  const deadline = AbortSignal.timeout(CHECK_WITHIN_MS)
  const late = new Promise<string>((resolve) =>
    deadline.addEventListener('abort', () => resolve('no answer in time')),
  )
  const reason = check().then(
    () => '',
    (error: unknown) => (error instanceof Error && error.message !== '' ? error.message : 'failed'),
  )
  return await Promise.race([reason, late])
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
