import { z } from 'zod'

/** Without letters and digits that are taken for one another: no I, L, O, U, 0, 1. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const CODE_LENGTH = 10

/** What OwnTracks calls the user; any other name does as well. */
export const OWNTRACKS_USER = 'rider'

/** `POST /api/deliveries/:id/device-code`: for an app on the rider's phone that reports with the screen off. */
export const deviceCodeAnswerSchema = z.object({
  code: z.string().regex(new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)),
  /** Traccar Client: its server URL; the code is its device identifier. */
  traccar: z.object({ url: z.string() }),
  /** OwnTracks in HTTP mode: the code is the password. `configUrl` opens the app with all of it set. */
  owntracks: z.object({ url: z.string(), user: z.string(), configUrl: z.string() }),
})
export type DeviceCodeAnswer = z.infer<typeof deviceCodeAnswerSchema>
