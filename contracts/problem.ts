import { z } from 'zod'

/** Every code an answer can carry, with its HTTP status and title. Clients match on the code, never on the words. */
export const PROBLEMS = {
  invalid_json: { status: 400, title: 'The body is not JSON' },
  invalid_body: { status: 400, title: 'The request does not have the expected shape' },
  unauthenticated: { status: 401, title: 'A valid token is required' },
  forbidden: { status: 403, title: 'This token does not allow that' },
  not_found: { status: 404, title: 'Nothing is here' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  illegal_transition: { status: 409, title: 'The delivery cannot go from its status to that one' },
  conflict: { status: 409, title: 'This order is there already, with other content' },
  wrong_pin: { status: 409, title: 'The PIN is not the one that the customer was shown' },
  other_device: { status: 409, title: 'Another device rides this delivery' },
  too_many_subscriptions: {
    status: 409,
    title: 'As many devices as may be are told of this delivery already',
  },
  delivery_ended: { status: 410, title: 'The delivery has ended' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  geocoder_unavailable: { status: 503, title: 'Addresses cannot be looked up now' },
  log_unavailable: { status: 503, title: 'The event log cannot be reached' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof PROBLEMS
export const problemCodeSchema = z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])

/** RFC 9457 problem details, with a stable `code`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: problemCodeSchema,
  detail: z.string(),
  /** For `invalid_body`, `conflict` and others: the path of the first member that is wrong, e.g. `locations.0.lat`. */
  field: z.string().optional(),
  /** For `wrong_pin`: how many tries are left before the PIN rests. */
  triesLeft: z.number().int().min(0).optional(),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problemSchema>
export const PROBLEM_CONTENT_TYPE = 'application/problem+json'
