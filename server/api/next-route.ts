import { Readable } from 'node:stream'
import type { Answer } from '../ground/answer.ts'
import { headersOf, textOf } from '../ground/answer.ts'
import { requestIdFrom } from '../ground/request-id.ts'
import { continueTrace } from '../ground/trace-context.ts'
import { BodyBytes, brokeOff } from './body-bytes.ts'
import type { Call } from './call.ts'
import { answerCall } from './endpoint.ts'
import { endpointAt, METHODS } from './routes.ts'

/** The shape of a Next route handler. */
type RouteHandler = (
  request: Request,
  route: { params: Promise<Record<string, string | string[] | undefined> | undefined> },
) => Promise<Response>

/** What a route file exports: the calls of the API at its path, as Next wants them. */
export function nextRoute(path: string): Record<(typeof METHODS)[number], RouteHandler> {
  const handler =
    (method: string): RouteHandler =>
    async (request, route) => {
      const deliveryId = (await route.params)?.deliveryId
      const call = callOf(request, typeof deliveryId === 'string' ? deliveryId : '')
      return toResponse(await answerCall(endpointAt(path, method), call))
    }
  return Object.fromEntries(METHODS.map((method) => [method, handler(method)])) as ReturnType<
    typeof nextRoute
  >
}

function callOf(request: Request, deliveryId: string): Call {
  const { headers } = request
  return {
    deliveryId,
    header: (name) => headers.get(name),
    query: () => new URL(request.url).searchParams,
    body: () => readBody(request),
    context: {
      // The gateway's, behind it.
      requestId: requestIdFrom(headers.get('x-request-id')),
      traceparent: continueTrace(headers.get('traceparent')),
      receivedAtMs: Date.now(),
      // Not told behind the gateway: calls that come this way are counted as one client's.
      address: '',
      origin: originOf(request),
    },
  }
}

async function readBody({ body, headers }: Request): Promise<Uint8Array> {
  const bytes = new BodyBytes(headers.get('content-length'))
  if (body !== null) for await (const chunk of untilItBreaksOff(body)) bytes.add(chunk)
  return bytes.whole()
}

async function* untilItBreaksOff(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw brokeOff(cause)
  }
}

/** For the client's own eyes. */
function originOf({ url, headers }: Request): string {
  const { protocol, host } = new URL(url)
  return `${headers.get('x-forwarded-proto') ?? protocol.slice(0, -1)}://${headers.get('host') ?? host}`
}

function bytesOf(stream: AsyncIterable<string>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(stream, { objectMode: false })) as ReadableStream<Uint8Array>
}

function toResponse(answer: Answer): Response {
  const text = answer.body === undefined ? null : textOf(answer)
  return new Response(answer.stream ? bytesOf(answer.stream) : text, {
    status: answer.status,
    headers: headersOf(answer),
  })
}
