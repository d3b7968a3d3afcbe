import { z } from 'zod'
import { deliverySchema, deliveryStatusSchema } from '../delivery.ts'
import { locationSchema } from '../location.ts'
import { placeSchema } from '../place.ts'
import { problemSchema } from '../problem.ts'
import { etaSchema, snapshotSchema, summarySchema } from '../snapshot.ts'

/** Shapes that stand in the documents once, under a name, and are referred to. */
export const NAMED_SCHEMAS = {
  Delivery: deliverySchema,
  DeliveryStatus: deliveryStatusSchema,
  Eta: etaSchema,
  Location: locationSchema,
  Place: placeSchema,
  Problem: problemSchema,
  Snapshot: snapshotSchema,
  Summary: summarySchema,
} satisfies Record<string, z.ZodType>
// zod-openapi takes the names from there.
for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) z.globalRegistry.add(schema, { id })

export const VERSION = '1.0.0'
