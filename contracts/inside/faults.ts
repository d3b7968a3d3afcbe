import { z } from 'zod'
import { deliveryIdSchema } from '../delivery.ts'
import { createDeliveryAnswerSchema } from '../http.ts'
import { epochMsSchema } from '../time.ts'
import type { CallShape, StreamShape } from './shapes.ts'

/**
 * A ride that exists to be broken (`faults:ride`). Only whoever holds its rider's link may do so: it need not be shown
 * over the connection that the ride was started over.
 */
const ofRide = { deliveryId: deliveryIdSchema, riderToken: z.string().max(2_000).optional() }

/** What can be broken on purpose. Those with a delivery concern that one alone. */
export const faultSchema = z.discriminatedUnion('lever', [
  /** The embedded broker's process ends, and is started again at the end. */
  z.object({ lever: z.literal('broker'), signal: z.enum(['SIGTERM', 'SIGKILL']) }),
  /** Whatever the app's Kafka clients are answered comes so much later. */
  z.object({ lever: z.literal('slow'), byMs: z.union([z.literal(300), z.literal(700), z.literal(1_500)]) }),
  /** The connections of the push consumer are cut, and no new ones made. */
  z.object({ lever: z.literal('consumer') }),
  /** Each record goes to Kafka twice. */
  z.object({ lever: z.literal('duplicate'), ...ofRide }),
  /** Points are accepted in pairs, the later one first. */
  z.object({ lever: z.literal('reorder'), ...ofRide }),
  /** The rider's requests are cut off before any answer. */
  z.object({ lever: z.literal('network'), ...ofRide }),
  /** A customer's link that expires when the lever ends. */
  z.object({ lever: z.literal('token'), ...ofRide }),
])
export type Fault = z.infer<typeof faultSchema>
export const leverSchema = z.enum(['broker', 'slow', 'consumer', 'duplicate', 'reorder', 'network', 'token'])
export type Lever = z.infer<typeof leverSchema>
/** Everyone on the instance feels these: one of them is pulled at a time, and afterwards they all rest. */
export const FELT_BY_ALL: readonly Lever[] = ['broker', 'slow', 'consumer']

/** A lever goes back by itself: after so long unless told otherwise, and never later than the latter. */
export const LEVER_MS = 12_000
const LEVER_AT_MOST_MS = 20_000

const count = z.number().int().min(0)

export const faultsStateSchema = z.object({
  breaker: z.object({
    state: z.enum(['Closed', 'Open', 'HalfOpen']),
    successes: count,
    failuresInRow: count,
    /** So many failures in a row open it. */
    failuresToOpen: count,
    refused: count,
    /** While it is open: the longest that it can take until a publish is let through as a trial; 0: the next one is. */
    nextTrialInMs: count.nullable(),
    transitions: z.array(z.object({ from: z.string(), to: z.string(), times: count })),
  }),
  /** Of this instance, since it was started, as in /metrics. */
  counters: z.object({
    /** Calls of the API that post something, by what became of them: an HTTP status, or 499 for no answer. */
    posts: z.array(z.object({ status: count, times: count })),
    accepted: count,
    late: count,
    /** Posted again by a rider, and known. */
    duplicate: count,
    /** Read again by a group, and left out. */
    repeated: z.object({ push: count, history: count }),
    pushed: count,
    stored: count,
    deadLettered: z.array(z.object({ topic: z.string(), reason: z.string(), times: count })),
  }),
  /** Levers that are pulled now. */
  pulled: z.array(z.object({ lever: leverSchema, endsInMs: count })),
  /** How long those that everyone feels rest still. */
  restsForMs: count,
  /** What can be pulled here: nothing outside the demo, the broker's own only where it is the embedded one. */
  levers: z.array(leverSchema),
})
export type FaultsState = z.infer<typeof faultsStateSchema>

export const faultCalls = {
  /** A delivery to break things for. */
  'faults:ride': { input: z.object({}), answer: createDeliveryAnswerSchema },
  /** One of each lever at a time. It ends after `forMs`, when it is undone, or when its visitor leaves. */
  'faults:pull': {
    input: z.object({ fault: faultSchema, forMs: z.int().min(1_000).max(LEVER_AT_MOST_MS).optional() }),
    answer: z.object({
      endsAtMs: epochMsSchema,
      /** Of `token`: the link that expires. */
      customerToken: z.string().nullable(),
    }),
  },
  /** Resolves once all is as it was. Anybody may. */
  'faults:undo': { input: z.object({ lever: leverSchema }), answer: z.null() },
} as const satisfies Record<string, CallShape>

export const faultStreams = {
  /** Twice a second, and whenever the breaker or a lever changes. */
  'faults:state': { input: z.object({}), event: faultsStateSchema },
} as const satisfies Record<string, StreamShape>
