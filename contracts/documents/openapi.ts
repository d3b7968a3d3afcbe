import { z } from 'zod'
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi'
import { deliveryIdSchema } from '../delivery.ts'
import { PROBLEM_CONTENT_TYPE, PROBLEMS, type ProblemCode } from '../problem.ts'
import { WEBHOOK_TYPES, type WebhookType, webhookHeadersSchema, webhookSchema } from '../webhook.ts'
import { type Asker, type HttpCall, problemsOf } from './http-call.ts'
import { HTTP_CALLS } from './http-calls.ts'
import { NAMED_SCHEMAS, VERSION } from './named-schemas.ts'

/** `/api/deliveries/[deliveryId]` as Next writes it, `/api/deliveries/{deliveryId}` as OpenAPI does. */
export const toTemplate = (path: string) => path.replaceAll(/\[(\w+)\]/g, '{$1}')

const header = (description: string, schema: oas31.SchemaObject = { type: 'string' }) => ({
  description,
  schema,
})
const HEADERS = {
  'X-Request-Id': header('By it the request is found in every log. A client may send its own.'),
  'Retry-After': header('Whole seconds.', { type: 'integer', minimum: 1 }),
  'WWW-Authenticate': header('The scheme to use.', { enum: ['Bearer', 'Basic realm="device code"'] }),
  ETag: header('Names this version of the answer, for `If-None-Match`.'),
  'Content-Disposition': header('The name to save it under.'),
  'Content-Range': header('Which bytes of how many: `bytes 0-126/4900000`, or `bytes */4900000`.'),
}
type HeaderName = keyof typeof HEADERS

const headersOf = (...names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** What an answer with this problem carries beside the usual. */
const HEADERS_WITH: Partial<Record<ProblemCode, HeaderName>> = {
  unauthenticated: 'WWW-Authenticate',
  rate_limited: 'Retry-After',
  geocoder_unavailable: 'Retry-After',
  log_unavailable: 'Retry-After',
}

const GOOD_FOR =
  'It is good for that delivery alone, for a day from its making or, if that is later, until a day after `promisedAtMs`.'
const SCHEMES: Record<Exclude<Asker, 'anyone'>, string> = {
  rider: `The token in the fragment of a rider’s link. ${GOOD_FOR}`,
  customer: `The token in the fragment of a customer’s link. ${GOOD_FOR}`,
  app: 'The device code of a delivery, as the password; any user name does.',
  dispatch: 'The `DISPATCH_TOKEN` of the installation. A demo asks for none where a delivery is created.',
}

/** The HTTP calls as an OpenAPI 3.1 document, from the schemas that the server parses with. */
export function openApiDocument(): oas31.OpenAPIObject {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Rider Live',
      version: VERSION,
      description:
        'Times are epoch milliseconds (`…Ms`), distances metres (`…M`), speeds metres a second (`…Mps`), headings degrees clockwise from north; places are WGS 84. A `HEAD` is answered as a `GET`, an unknown path with 404 `not_found`, another method with 405 `method_not_allowed` and `Allow`. Live updates: `/asyncapi.json`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where this document comes from' }],
    tags: [
      { name: 'deliveries', description: 'A delivery from its order to its end' },
      { name: 'webhooks', description: 'What other systems are told' },
      { name: 'operations', description: 'For those who run it, and these documents' },
    ],
    paths: Object.fromEntries(
      Object.entries(HTTP_CALLS).map(([path, calls]) => [
        toTemplate(path),
        Object.fromEntries(
          Object.entries(calls).map(([method, call]) => [
            method.toLowerCase(),
            operationOf(path, method, call),
          ]),
        ),
      ]),
    ),
    webhooks: Object.fromEntries(WEBHOOK_TYPES.map((type) => [type, { post: webhookOf(type) }])),
    components: {
      // The others are found where they are used.
      schemas: { Problem: NAMED_SCHEMAS.Problem },
      headers: HEADERS,
      securitySchemes: Object.fromEntries(
        Object.entries(SCHEMES).map(([asker, description]) => [
          asker,
          { type: 'http', scheme: asker === 'app' ? 'basic' : 'bearer', description } as const,
        ]),
      ),
    },
  })
}

const WHEN: Record<WebhookType, string> = {
  'delivery.created': 'The order was taken.',
  'delivery.picked_up': 'The rider has it.',
  'delivery.arriving': 'The rider is within 200 m of the door.',
  'delivery.near': 'The rider who carries it is within `WEBHOOK_NEAR_METERS` of the door. Once.',
  'delivery.late': 'The promised time has passed, and the delivery has not ended. Once.',
  'delivery.silent': 'For a minute nothing was heard of the rider who carries it.',
  'delivery.back': 'The rider who was silent was heard of again.',
  'delivery.delivered': 'It was handed over.',
  'delivery.cancelled': 'It was cancelled.',
  'delivery.failed': 'It came to nothing at the door.',
}

/** What the systems at `WEBHOOK_URL` are sent. */
function webhookOf(type: WebhookType): ZodOpenApiOperationObject {
  return {
    operationId: type.replaceAll(/[._](\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: 'Sent to each address in WEBHOOK_URL, signed by the Standard Webhooks specification',
    description: WHEN[type],
    tags: ['webhooks'],
    security: [],
    requestParams: { header: webhookHeadersSchema },
    requestBody: {
      content: { 'application/json': { schema: webhookSchema.extend({ type: z.literal(type) }) } },
    },
    responses: {
      '2XX': { description: 'It was taken; the next event of the delivery follows.' },
      '410': { description: 'The receiver wants nothing more, and is switched off.' },
      default: { description: 'It is sent again, after growing waits and not before `Retry-After`.' },
    },
  }
}

function operationOf(path: string, method: string, call: HttpCall): ZodOpenApiOperationObject {
  const { title, by, query, headers, body, answers } = call
  return {
    operationId: operationId(path, method),
    summary: title.en,
    tags: [path.startsWith('/api/') ? 'deliveries' : 'operations'],
    security: by.map((asker) => (asker === 'anyone' ? {} : { [asker]: [] })),
    requestParams: {
      ...(path.includes('[deliveryId]') ? { path: z.object({ deliveryId: deliveryIdSchema }) } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { header: headers } : {}),
    },
    ...(body
      ? {
          requestBody: {
            // Where `{}` would do, no body does as well.
            required: !body.safeParse({}).success,
            content: { 'application/json': { schema: body } },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]): [string, ZodOpenApiResponseObject] => [
          status,
          {
            description: answer.says.en,
            headers: headersOf('X-Request-Id', ...(answer.headers ?? [])),
            ...contentOf(answer),
          },
        ]),
      ),
      ...problemResponses(call),
    } as ZodOpenApiOperationObject['responses'],
  }
}

function contentOf({ body, file }: HttpCall['answers'][number]): Pick<ZodOpenApiResponseObject, 'content'> {
  if (body) return { content: { 'application/json': { schema: body } } }
  return file === undefined ? {} : { content: { [file]: { schema: { type: 'string' } } } }
}

/** One response a status; its codes are the ones that this call may have with it. */
function problemResponses(call: HttpCall): Record<string, ZodOpenApiResponseObject> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemsOf(call)) {
    const { status } = PROBLEMS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !(status in call.answers))
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
          headers: headersOf('X-Request-Id', ...new Set(codes.flatMap((code) => HEADERS_WITH[code] ?? []))),
          content: {
            [PROBLEM_CONTENT_TYPE]: {
              schema: {
                allOf: [
                  { $ref: '#/components/schemas/Problem' },
                  { type: 'object', properties: { code: { enum: codes } } },
                ],
              },
            },
          },
        },
      ]),
  )
}

/** `GET /api/deliveries/[deliveryId]/track.gpx` → `getDeliveriesOneTrackGpx`. */
function operationId(path: string, method: string): string {
  const words = path
    .replace('/api/', '/')
    .replaceAll(/\[\w+\]/g, 'one')
    .split(/[^A-Za-z]+/)
  return words.reduce((id, word) => id + word.slice(0, 1).toUpperCase() + word.slice(1), method.toLowerCase())
}
