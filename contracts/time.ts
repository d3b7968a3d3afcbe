import { z } from 'zod'

/** The last instant that a JavaScript Date can hold (ECMA-262 §21.4.1.1). */
export const MAX_EPOCH_MS = 8.64e15

/** Epoch milliseconds. */
export const epochMsSchema = z.number().int().min(0).max(MAX_EPOCH_MS)
