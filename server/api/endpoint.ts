import type { z } from 'zod'
import type { Role } from '#contracts/role.ts'
import type { Asker } from '#domain/links.ts'
import { access } from '../access/access.ts'
import { authenticateDispatch, authenticateDispatchOr, authenticateFor } from '../access/authenticate.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { problemResponse } from '../ground/problem-response.ts'
import { type RequestContext, requestContext } from '../ground/request-context.ts'
import { parse, readJsonBody } from './read-json-body.ts'

/** The shape of a Next route handler, which the fast lane calls as well. */
export type RouteHandler = (
  request: Request,
  route: { params: Promise<Record<string, string | string[] | undefined> | undefined> },
) => Promise<Response>
type Answer = Response | { status: number; body: unknown }

/** What an endpoint about one delivery is handed once the request has passed the gateway. */
type Admitted<Body, Query> = {
  deliveryId: string
  role: Role
  body: Body
  query: Query
  headers: Headers
  context: RequestContext
}
type DeliveryEndpoint<Body, Query> = {
  /** Whose token for this very delivery is let in. */
  roles: readonly Role[]
  body?: z.ZodType<Body>
  query?: z.ZodType<Query>
  answer(admitted: Admitted<Body, Query>): Promise<Answer>
}

/** A call about one delivery: who is asking, may they, and is it well formed. */
export function deliveryEndpoint<Body = undefined, Query = undefined>({
  roles,
  body,
  query,
  answer,
}: DeliveryEndpoint<Body, Query>): RouteHandler {
  return guarded(async (request, deliveryId) => {
    const claims = await authenticateFor(access(), request.headers.get('authorization'), {
      deliveryId,
      roles,
    })
    return await answer({
      deliveryId,
      role: claims.role,
      // Without a schema, Body and Query are `undefined`: the defaults above.
      body: (body ? await readJsonBody(request, body) : undefined) as Body,
      query: (query
        ? parse(Object.fromEntries(new URL(request.url).searchParams), query)
        : undefined) as Query,
      headers: request.headers,
      context: requestContext(),
    })
  })
}

/** A call of dispatch, which concerns no delivery yet. */
export function dispatchEndpoint<Body>({
  body,
  answer,
}: {
  body: z.ZodType<Body>
  answer(admitted: { body: Body }): Promise<Answer>
}): RouteHandler {
  return guarded(async (request) => {
    authenticateDispatch(access(), request.headers.get('authorization'))
    return await answer({ body: await readJsonBody(request, body) })
  })
}

/** A call about one delivery that dispatch may make as well as those whose token it is. */
export function sharedEndpoint<Body>({
  roles,
  body,
  answer,
}: {
  roles: readonly Role[]
  body: z.ZodType<Body>
  answer(admitted: { deliveryId: string; asker: Asker; body: Body; context: RequestContext }): Promise<Answer>
}): RouteHandler {
  return guarded(async (request, deliveryId) => {
    const asker = await authenticateDispatchOr(access(), request.headers.get('authorization'), {
      deliveryId,
      roles,
    })
    return await answer({
      deliveryId,
      asker,
      body: await readJsonBody(request, body),
      context: requestContext(),
    })
  })
}

/** For the methods that a route does not have: Next would answer with an empty body. */
export function methodNotAllowed(...allow: string[]): RouteHandler {
  return guarded(async () => {
    throw new ProblemError('method_not_allowed', { detail: `Allowed here: ${allow.join(', ')}.`, allow })
  })
}

export const notFound: RouteHandler = guarded(async () => {
  throw new ProblemError('not_found', { detail: 'There is no such call.' })
})

/** One shape for whatever goes wrong. */
function guarded(run: (request: Request, deliveryId: string) => Promise<Answer>): RouteHandler {
  return async (request, route) => {
    try {
      const deliveryId = (await route.params)?.deliveryId
      const answer = await run(request, typeof deliveryId === 'string' ? deliveryId : '')
      if (answer instanceof Response) return answer
      return Response.json(answer.body, { status: answer.status, headers: { 'Cache-Control': 'no-store' } })
    } catch (error) {
      return problemResponse(error, { requestId: requestContext().requestId, logger: access().logger })
    }
  }
}
