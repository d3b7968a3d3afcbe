import type { z } from 'zod'

/** A question with one answer, which comes back as Socket.IO's acknowledgement. */
export type CallShape = { input: z.ZodType; answer: z.ZodType }
/** Something that goes on: an event each time it changes, until it is no longer watched. */
export type StreamShape = { input: z.ZodType; event: z.ZodType }
