import { z } from 'zod'

/** Whom a token was made out to. A token is good for one delivery and one role. */
export const roleSchema = z.enum(['rider', 'customer'])
export type Role = z.infer<typeof roleSchema>
