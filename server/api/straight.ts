import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendAnswer } from '../ground/answer.ts'
import { notedContext, type RequestContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import { BodyBytes, brokeOff } from './body-bytes.ts'
import type { Call } from './call.ts'
import { answerCall, type Endpoint } from './endpoint.ts'
import { postLocations } from './locations.ts'
import { endpointAt } from './routes.ts'

const API = /^\/(?:api(?:[/?]|$)|(?:open|async)api\.json(?:\?|$))/
const OF_A_DELIVERY = /^(\/api\/deliveries\/)([^/]+)(\/[^/]+)?$/
/** A path in an odd spelling: Next redirects the client to the plain one, or reads it as a browser would. */
const ODDLY_SPELT = /\/$|\/\/|[\\#]|\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * Answers every call of the API straight from Node's request, with what the route files of Next export as well: Next's
 * own dispatch costs from 0.5 to 10 ms a call, and riders post all the time.
 */
export const answerApiCalls: RequestHandler = (request, response) => {
  const { url = '', method = '' } = request
  const rider = method === 'POST' ? postsTo(url) : ''
  if (rider !== '') return answerWith(postLocations, { request, response, deliveryId: rider, search: '' })
  if (!API.test(url)) return false
  const at = url.indexOf('?')
  const path = at < 0 ? url : url.slice(0, at)
  if (ODDLY_SPELT.test(path)) return false
  const [, start, id = '', rest = ''] = OF_A_DELIVERY.exec(path) ?? []
  const endpoint = endpointAt(start === undefined ? path : `${start}[deliveryId]${rest}`, method)
  return answerWith(endpoint, {
    request,
    response,
    // The gateway has refused what cannot be decoded.
    deliveryId: decodeURIComponent(id),
    search: at < 0 ? '' : url.slice(at),
  })
}

const [BEFORE_ID, AFTER_ID] = ['/api/deliveries/', '/locations']
const PLAIN_ID = /^[\w-]+$/

/** The delivery that a rider posts to, in the spelling that all riders use; '' for every other address. */
function postsTo(url: string): string {
  if (!url.startsWith(BEFORE_ID) || !url.endsWith(AFTER_ID)) return ''
  const id = url.slice(BEFORE_ID.length, -AFTER_ID.length)
  return PLAIN_ID.test(id) ? id : ''
}

type Received = { request: IncomingMessage; response: ServerResponse; deliveryId: string; search: string }

function answerWith(endpoint: Endpoint, { request, response, deliveryId, search }: Received): true {
  const call = new StraightCall(request, { deliveryId, search })
  const { answerHeaders } = call.context
  void answerCall(endpoint, call).then((answer) => sendAnswer(answer, response, answerHeaders))
  return true
}

/** A class, so that a call is one object and not one with four functions of its own. */
class StraightCall implements Call {
  readonly deliveryId: string
  readonly context: RequestContext
  readonly #request: IncomingMessage
  readonly #search: string

  constructor(request: IncomingMessage, { deliveryId, search }: { deliveryId: string; search: string }) {
    this.deliveryId = deliveryId
    this.context = notedContext(request)
    this.#request = request
    this.#search = search
  }

  header(name: string): string | null {
    const value = this.#request.headers[name]
    return value === undefined ? null : String(value)
  }

  query(): URLSearchParams {
    return new URLSearchParams(this.#search)
  }

  body(): Promise<Uint8Array> {
    return readBody(this.#request)
  }
}

function readBody(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // The client left while its token was verified.
    if (request.destroyed) throw brokeOff()
    const bytes = new BodyBytes(request.headers['content-length'])
    const add = (chunk: Buffer) => {
      try {
        bytes.add(chunk)
      } catch (error) {
        request.off('data', add).pause()
        reject(error)
      }
    }
    request.on('data', add)
    request.on('end', () => {
      try {
        resolve(bytes.whole())
      } catch (error) {
        reject(error)
      }
    })
    request.on('close', () => {
      if (!request.complete) reject(brokeOff())
    })
  })
}
