import type { IncomingMessage } from 'node:http'
import { addressKey } from '../ground/address-key.ts'
import { OpenCount } from '../ground/open-count.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { toProblemError } from '../ground/problem-response.ts'
import { noteContext } from '../ground/request-context.ts'
import { requestIdFrom } from '../ground/request-id.ts'
import { continueTrace } from '../ground/trace-context.ts'
import type { Logger } from '../logger.ts'
import type { Admission } from './admission.ts'
import type { Upgrade } from './listen.ts'
import type { ProxyTrust } from './proxy-trust.ts'
import { endWithProblem } from './raw-answer.ts'
import type { SocketQueue } from './socket-queue.ts'
import { opensSession } from './sockets-handler.ts'

type Dependencies = {
  /** By the start of the path. */
  handlers: Readonly<Record<string, Upgrade>>
  admission: Admission
  queue: SocketQueue
  /** Counted here by the client's address: behind a proxy the connections themselves are all the proxy's. */
  mostPerAddress: number
  proxies: ProxyTrust
  logger: Logger
}

/** Where every socket enters: under the same limits as the requests, and only on paths that serve sockets. */
export function createUpgradeEntry({
  handlers,
  admission,
  queue,
  mostPerAddress,
  proxies,
  logger,
}: Dependencies): Upgrade {
  const open = new OpenCount(mostPerAddress)

  return (request, socket, head) => {
    const address = proxies.clientAddress(request)
    const context = {
      requestId: requestIdFrom(request.headers['x-request-id']),
      traceparent: continueTrace(request.headers.traceparent),
      receivedAtMs: Date.now(),
      address,
      // What comes of a socket names no address of ours.
      origin: '',
      answerHeaders: [],
    }
    noteContext(request, context)
    // Without a listener a reset from the other side would end the process.
    socket.on('error', (err) => logger.debug({ err }, 'A socket broke off while it was upgraded'))
    letIn().then(
      (handler) => {
        if (!socket.destroyed) handler(request, socket, head)
      },
      (error: unknown) => refuse(toProblemError(error)),
    )

    async function letIn(): Promise<Upgrade> {
      admission.upgrade(request, address)
      const leave = open.take(addressKey(address))
      if (!leave) throw new ProblemError('rate_limited', { detail: 'Too many sockets.', retryAfterMs: 1_000 })
      if (socket.destroyed) leave()
      else socket.once('close', leave)
      const handler = handlerOf(request)
      if (!handler) throw new ProblemError('not_found', { detail: 'No socket here.' })
      if (opensSession(request)) await queue.enter()
      return handler
    }

    function refuse(problem: ProblemError): void {
      const { requestId } = context
      logger.info({ requestId, address, path: pathOf(request), code: problem.code }, 'upgrade refused')
      endWithProblem(socket, problem, requestId)
    }
  }

  function handlerOf(request: IncomingMessage): Upgrade | undefined {
    return Object.entries(handlers).find(([start]) => pathOf(request).startsWith(start))?.[1]
  }
}

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/'
