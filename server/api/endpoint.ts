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

/** @throws ProblemError */
export type Endpoint = (call: Call) => Promise<Answer>

type Schemas<Body, Query> = { body?: z.ZodType<Body>; query?: z.ZodType<Query> }
type Read<Body, Query> = { body: Body; query: Query }

/** What an endpoint about one delivery is handed once the call has been let in. */
type Admitted<Body, Query> = Read<Body, Query> & {
  delivery: LiveDelivery
  deliveryId: string
  claims: Claims
  call: Call
}
type DeliveryEndpoint<Body, Query> = Schemas<Body, Query> & {
  /** Whose token for this very delivery is let in. */
  roles: readonly Role[]
  /** What the schema would make of a body that is plainly right; undefined leaves it to the schema. */
  plainBody?: (value: unknown) => Body | undefined
  answer(admitted: Admitted<Body, Query>): Promise<Answer>
}

/**
 * A call about one delivery: authenticated, allowed, and well formed. What is known is not waited for: in a rider's post
 * nothing is but its body.
 */
export function deliveryEndpoint<Body = undefined, Query = undefined>({
  roles,
  plainBody,
  answer,
  ...wanted
}: DeliveryEndpoint<Body, Query>): Endpoint {
  return async (call) => {
    const { deliveryId } = call
    const claims = authenticate(access(), call.header('authorization'), { deliveryId, roles })
    const opened = services().open(claims)
    const delivery = opened instanceof Promise ? await opened : opened
    const bytes = wanted.body && (await call.body())
    const body = readBody(call, bytes, { schema: wanted.body, plain: plainBody })
    return await answer({ delivery, deliveryId, claims, body, query: readQuery(call, wanted), call })
  }
}

// Without a schema, Body and Query are `undefined`: the defaults of the endpoints.

function readBody<Body>(
  call: Call,
  bytes: Uint8Array | undefined,
  {
    schema,
    plain,
  }: { schema: z.ZodType<Body> | undefined; plain?: DeliveryEndpoint<Body, unknown>['plainBody'] },
): Body {
  if (!schema || !bytes) return undefined as Body
  return readJson(bytes, { contentType: call.header('content-type'), schema, plain })
}

function readQuery<Query>(call: Call, { query }: Schemas<unknown, Query>): Query {
  return (query ? parse(Object.fromEntries(call.query()), query) : undefined) as Query
}

async function read<Body, Query>(call: Call, wanted: Schemas<Body, Query>): Promise<Read<Body, Query>> {
  const bytes = wanted.body && (await call.body())
  return { body: readBody(call, bytes, { schema: wanted.body }), query: readQuery(call, wanted) }
}

/** A call of dispatch, which concerns no delivery yet. */
export function dispatchEndpoint<Body = undefined, Query = undefined>({
  answer,
  ...wanted
}: Schemas<Body, Query> & {
  answer(admitted: Read<Body, Query> & { call: Call }): Promise<Answer>
}): Endpoint {
  return async (call) => {
    authenticateDispatch(access(), call.header('authorization'))
    return await answer({ ...(await read(call, wanted)), call })
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
export function sharedEndpoint<Body = undefined, Query = undefined>({
  roles,
  answer,
  ...wanted
}: Schemas<Body, Query> & {
  roles: readonly Role[]
  answer(admitted: Read<Body, Query> & { deliveryId: string; asker: Asker; call: Call }): Promise<Answer>
}): Endpoint {
  return async (call) => {
    const { deliveryId } = call
    const asker = await authenticateDispatchOr(access(), call.header('authorization'), { deliveryId, roles })
    return await answer({ deliveryId, asker, ...(await read(call, wanted)), call })
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
export async function answerCall(endpoint: Endpoint, call: Call): Promise<Answer> {
  try {
    const answer = await endpoint(call)
    return answer.stream ? { ...answer, stream: logged(answer.stream, call) } : answer
  } catch (error) {
    return problemAnswer(error, { requestId: call.context.requestId, logger: access().logger })
  }
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
