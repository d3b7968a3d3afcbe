import { z } from 'zod'
import type { HandshakeAuth } from '#contracts/socket.ts'

const elsewhereSchema = z.object({
  data: z.object({ code: z.literal('elsewhere'), at: z.string().regex(/^[\w.:[\]-]+$/) }),
})
const USUAL_PATH = '/socket.io/'

/**
 * Which instance the page asks. Any that the gateway chooses, as a rule; where customers are shared out by delivery that one
 * may say where to ask instead. One hop at most: whoever was sent is served there, and whoever cannot get there is served
 * by the next instance of the gateway's choice.
 */
export type Placing = {
  /** For the next handshake. */
  path(): string
  auth(): Pick<HandshakeAuth, 'placing'>
  /** Of a `connect_error`: whether to ask again at once, which is elsewhere. */
  isSent(error: unknown): boolean
  /** After a connection that had been made: the delivery may be somewhere else by now. */
  onLost(): void
}

export function createPlacing(): Placing {
  let at: string | null = null
  let stays = false
  return {
    path: () => (at === null ? USUAL_PATH : `/at/${at}${USUAL_PATH}`),
    auth: () => ({ placing: at !== null || stays ? 'stay' : 'send' }),
    isSent(error) {
      const sent = elsewhereSchema.safeParse(error)
      if (!sent.success) {
        if (at !== null) stays = true
        at = null
        return false
      }
      // The answer to `stay` is never this one; should it be, it is not followed.
      const isFirst = at === null && !stays
      at = isFirst ? sent.data.data.at : null
      stays = !isFirst
      return isFirst
    },
    onLost() {
      at = null
      stays = false
    },
  }
}
