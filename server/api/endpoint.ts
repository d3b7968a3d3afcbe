import type { z } from 'zod'
import type { Role } from '#contracts/role.ts'
import type { Claims } from '#domain/access.ts'
import type { Asker } from '#domain/links.ts'
import { access } from '../access/access.ts'
import { authenticate, authenticateDispatch, authenticateDispatchOr } from '../access/authenticate.ts'
import type { LiveDelivery } from '../delivery/live-deliveries.ts'
import { services } from '../delivery/services.ts'
import type { Answer } from '../ground/answer.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { problemAnswer } from '../ground/problem-response.ts'
import type { Call } from './call.ts'
import { parse, readJson } from './read-json.ts'

/** Answers a call, or throws a ProblemError. */
export type Endpoint = (call: Call) => Promise<Answer>

/** What an endpoint about one delivery is handed once the call has been let in. */
type Admitted<Body, Query> = {
  delivery: LiveDelivery
  deliveryId: string
  role: Role
  body: Body
  query: Query
  call: Call
}
type DeliveryEndpoint<Body, Query> = {
  /** Whose token for this very delivery is let in. */
  roles: readonly Role[]
  body?: z.ZodType<Body>
  /** What the schema would make of a body that is plainly right; undefined leaves it to the schema. */
  plainBody?: (value: unknown) => Body | undefined
  query?: z.ZodType<Query>
  answer(admitted: Admitted<Body, Query>): Promise<Answer>
}

/** A call about one delivery: authenticated, allowed, and well formed. */
export function deliveryEndpoint<Body = undefined, Query = undefined>({
  roles,
  body,
  plainBody,
  query,
  answer,
}: DeliveryEndpoint<Body, Query>): Endpoint {
  return async (call) => {
    const { deliveryId } = call
    const claims: Claims = await authenticate(access(), call.header('authorization'), { deliveryId, roles })
    const opened = services().open(claims)
    const delivery = opened instanceof Promise ? await opened : opened
    return await answer({
      delivery,
      deliveryId,
      role: claims.role,
      // Without a schema, Body and Query are `undefined`: the defaults above.
      body: (body ? await readJson(call, body, plainBody) : undefined) as Body,
      query: (query ? parse(Object.fromEntries(call.query()), query) : undefined) as Query,
      call,
    })
  }
}

/** A call of dispatch, which concerns no delivery yet. */
export function dispatchEndpoint<Body>({
  body,
  answer,
}: {
  body: z.ZodType<Body>
  answer(admitted: { body: Body; call: Call }): Promise<Answer>
}): Endpoint {
  return async (call) => {
    authenticateDispatch(access(), call.header('authorization'))
    return await answer({ body: await readJson(call, body), call })
  }
}

/** A call about one delivery that dispatch alone may make, without a body. */
export function dispatchOnlyEndpoint(
  answer: (admitted: { deliveryId: string; call: Call }) => Promise<Answer>,
): Endpoint {
  return async (call) => {
    authenticateDispatch(access(), call.header('authorization'))
    return await answer({ deliveryId: call.deliveryId, call })
  }
}

/** A call about one delivery that dispatch may make as well as those whose token it is. */
export function sharedEndpoint<Body>({
  roles,
  body,
  answer,
}: {
  roles: readonly Role[]
  body: z.ZodType<Body>
  answer(admitted: { deliveryId: string; asker: Asker; body: Body; call: Call }): Promise<Answer>
}): Endpoint {
  return async (call) => {
    const { deliveryId } = call
    const asker = await authenticateDispatchOr(access(), call.header('authorization'), { deliveryId, roles })
    return await answer({ deliveryId, asker, body: await readJson(call, body), call })
  }
}

export function methodNotAllowed(allow: readonly string[]): Endpoint {
  return async () => {
    throw new ProblemError('method_not_allowed', { detail: `Allowed here: ${allow.join(', ')}.`, allow })
  }
}

export const notFound: Endpoint = async () => {
  throw new ProblemError('not_found', { detail: 'There is no such call.' })
}

/** One shape for every failure. */
export function answerCall(endpoint: Endpoint, call: Call): Promise<Answer> {
  return endpoint(call).then(
    (answer) => (answer.stream ? { ...answer, stream: logged(answer.stream, call) } : answer),
    (error: unknown) => problemAnswer(error, { requestId: call.context.requestId, logger: access().logger }),
  )
}

/** What has begun cannot become a problem any more: its failure is for the log, and breaks the answer off. */
async function* logged(stream: AsyncIterable<string>, call: Call): AsyncGenerator<string> {
  try {
    yield* stream
  } catch (err) {
    access().logger.warn({ err, requestId: call.context.requestId }, 'An answer broke off')
    throw err
  }
}
