import { z } from 'zod'

/** Epoch milliseconds. The upper bound is the last instant that a JavaScript Date can hold (ECMA-262 §21.4.1.1). */
export const epochMsSchema = z.number().int().min(0).max(8.64e15)
