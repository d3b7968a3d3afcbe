import { z } from 'zod'
import { deliveryIdSchema } from '../delivery.ts'
import { etaErrorSchema } from '../eta-error.ts'
import { locationSchema } from '../location.ts'
import { epochMsSchema } from '../time.ts'
import type { CallShape, StreamShape } from './shapes.ts'

/** Below 2^53, which a partition reaches after some 285,000 years of a record each millisecond. */
export const offsetSchema = z.number().int().min(0)
export const partitionSchema = z.number().int().min(0)

/** One point's way from the rider's device to the customer's screen. Times that are not known (yet) are null. */
export const journeySchema = z.object({
  location: locationSchema,
  requestId: z.string().nullable(),
  partition: partitionSchema,
  offset: offsetSchema,
  /** The rider's device sent the request. */
  sentAtMs: epochMsSchema.nullable(),
  /** Handed to the producer. */
  publishedAtMs: epochMsSchema.nullable(),
  /** By the broker's clock. null where the topic keeps the producer's time instead (`message.timestamp.type`). */
  appendedAtMs: epochMsSchema.nullable(),
  /** Read by the group of the instance that answers this page. */
  consumedAtMs: epochMsSchema,
  /** Whether a customer of the delivery was connected to that instance. */
  customersHere: z.boolean(),
  emittedAtMs: epochMsSchema.nullable(),
  /** The first answer of a customer's page, between the emit and the answer's arrival. */
  paintedAtMs: epochMsSchema.nullable(),
})
export type Journey = z.infer<typeof journeySchema>

/** A record as it lies in the log. */
export const logRecordSchema = z.object({
  partition: partitionSchema,
  offset: offsetSchema,
  timestampMs: epochMsSchema,
  key: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  value: z.string().nullable(),
})
export type LogRecord = z.infer<typeof logRecordSchema>

/** How true the arrival was that the customers of the ride that ended last were shown. */
export const lastArrivalSchema = z.object({
  endedAtMs: epochMsSchema,
  /** How often the ranges held the arrival, 0…1. */
  heldShare: z.number().min(0).max(1),
  errors: z.array(etaErrorSchema),
})
export type LastArrival = z.infer<typeof lastArrivalSchema>

export const journeyCalls = {
  /** Reads one record of the location topic from the log; null when there is none at that offset (any more). */
  'journey:record': {
    input: z.object({ partition: partitionSchema, offset: offsetSchema }),
    answer: logRecordSchema.nullable(),
  },
  /** null before any ride has ended at the door. */
  'journey:last-arrival': { input: z.object({}), answer: lastArrivalSchema.nullable() },
} as const satisfies Record<string, CallShape>

export const journeyStreams = {
  /** Points of one delivery: new ones, and known ones again when their way went on. */
  'journey:points': {
    input: z.object({ deliveryId: deliveryIdSchema }),
    event: z.object({ group: z.string(), journeys: z.array(journeySchema) }),
  },
} as const satisfies Record<string, StreamShape>
