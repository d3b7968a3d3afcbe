import { Agent, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { sendAnswer } from '../../ground/answer.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import { problemAnswer } from '../../ground/problem-response.ts'
import { notedContext } from '../../ground/request-context.ts'
import type { RequestHandler } from '../../ground/request-handler.ts'
import type { SentOn } from '../../ground/sent-on.ts'
import type { Logger } from '../../logger.ts'

/** Beside each other instances connect at once, and answer within 2 s. */
const CONNECTED_WITHIN_MS = 1_000
const ANSWERED_WITHIN_MS = 2_500
const OF_A_DELIVERY = /^\/api\/deliveries\/([\w-]+)(?:[/?]|$)/
const OF_ONE_CONNECTION = /^(?:keep-alive|transfer-encoding|upgrade)$/i
const STAYS_OPEN = /^keep-alive$/i

type Dependencies = {
  /** The address of the other instance that has the delivery; null when it is answered here. */
  elsewhere: (deliveryId: string) => string | null
  onUnreachable: (address: string) => void
  onSentOn: () => void
  /** Answers it here. */
  answer: RequestHandler
  /** A call that has been sent on once is answered where it is. */
  sentOn: SentOn
  logger: Logger
}

/**
 * A call about a delivery that another instance has is answered by that one: it knows all of it, and this one need not
 * read its partition. Where that instance cannot be reached the call is answered here.
 */
export function createForwardCalls(dependencies: Dependencies): { handle: RequestHandler; close(): void } {
  const { elsewhere, onUnreachable, onSentOn, answer, sentOn, logger } = dependencies
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 })

  function sendOn(request: IncomingMessage, response: ServerResponse, address: string): void {
    const { requestId, answerHeaders } = notedContext(request)
    const { method, url } = request
    let begun = false
    const passing = ask(`http://${address}`, {
      ...{ agent, method, path: url, timeout: ANSWERED_WITHIN_MS },
      headers: { ...request.headers, ...whoAsks(request), 'x-request-id': requestId, ...sentOn.headers },
    })
    const patience = setTimeout(
      () => passing.destroy(new Error('no connection in time')),
      CONNECTED_WITHIN_MS,
    )
    const give = () => {
      clearTimeout(patience)
      begun = true
      request.pipe(passing)
    }
    passing.on('socket', (socket) => (socket.connecting ? socket.once('connect', give) : give()))
    passing.on('response', (answered) => {
      onSentOn()
      // A client may take a long answer as slowly as it likes.
      passing.setTimeout(0)
      response.writeHead(answered.statusCode ?? 502, ownHeaders(answered.rawHeaders))
      answered.pipe(response)
      // Broken off half-way, no client may take it for whole.
      answered.on('error', () => response.destroy())
    })
    passing.on('timeout', () => passing.destroy(new Error('no answer in time')))
    passing.on('error', (err) => {
      clearTimeout(patience)
      if (response.headersSent || response.destroyed) return
      onUnreachable(address)
      logger.warn({ err, requestId, address }, 'The instance that has the delivery cannot be reached')
      if (!begun) return void answer(request, response)
      // It may have been taken: the caller sends it again, and it is known again.
      const later = new ProblemError('log_unavailable', {
        detail: 'The instance that has this delivery went away. Try again.',
        retryAfterMs: 1_000,
      })
      sendAnswer(problemAnswer(later, { requestId, logger }), response, answerHeaders)
    })
    response.on('close', () => {
      if (!response.writableFinished) passing.destroy()
    })
  }

  return {
    handle(request, response) {
      const deliveryId = OF_A_DELIVERY.exec(request.url ?? '')?.[1]
      if (deliveryId === undefined || sentOn.isMarked(request)) return false
      const address = elsewhere(deliveryId)
      if (address === null) return false
      sendOn(request, response, address)
      return true
    },
    close: () => agent.destroy(),
  }
}

/** The other instance trusts what this one says of the client, so the client's own X-Forwarded headers are replaced. */
function whoAsks(request: IncomingMessage): Record<string, string> {
  const { address, origin } = notedContext(request)
  const [scheme = '', host = ''] = origin.split('://')
  return { 'x-forwarded-for': address, 'x-forwarded-host': host, 'x-forwarded-proto': scheme }
}

function ownHeaders(raw: readonly string[]): string[] {
  const headers: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const [name, value] = [raw[i] as string, raw[i + 1] as string]
    // Whoever is refused in the middle of a body is to be cut off by this instance as well.
    if (OF_ONE_CONNECTION.test(name) || STAYS_OPEN.test(value)) continue
    headers.push(name, value)
  }
  return headers
}
