import { z } from 'zod'

/** Whom a token was made out to. A token is good for one delivery and one role. */
export const roleSchema = z.enum(['rider', 'customer'])
export type Role = z.infer<typeof roleSchema>

/** Which link of a role it is: 1 is the one made with the delivery, each that replaces it counts one more. */
export const linkVersionSchema = z.number().int().min(1).max(2_147_483_647)
