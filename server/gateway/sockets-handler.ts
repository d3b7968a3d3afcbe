import type { IncomingMessage, Server } from 'node:http'
import { sendAnswer } from '../ground/answer.ts'
import { problemAnswer } from '../ground/problem-response.ts'
import { notedContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Logger } from '../logger.ts'
import type { SocketQueue } from './socket-queue.ts'

const PATH = '/socket.io/'

type Dependencies = { sockets: Server; queue: SocketQueue; logger: Logger }

/** Sockets by polling. A request that opens one waits in the same queue as a WebSocket's. */
export function createSocketsHandler({ sockets, queue, logger }: Dependencies): RequestHandler {
  return (request, response) => {
    if (!request.url?.startsWith(PATH)) return false
    const serve = () => sockets.emit('request', request, response)
    if (!opensSession(request)) return serve()
    queue.enter().then(
      () => response.destroyed || serve(),
      (error: unknown) => {
        const { requestId, answerHeaders } = notedContext(request)
        sendAnswer(problemAnswer(error, { requestId, logger }), response, answerHeaders)
      },
    )
    return true
  }
}

/** Requests of an open session carry its id. */
export function opensSession({ url = '' }: IncomingMessage): boolean {
  return url.startsWith(PATH) && !/[?&]sid=/.test(url)
}
