import type { Socket } from 'socket.io'
import {
  type HandshakeAuth,
  type HandshakeRefusal,
  handshakeAuthSchema,
  MAX_AFTER_SEQ,
} from '#contracts/socket.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { TokenAccess } from '../access/access.ts'
import { linkKey } from '../access/tokens.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { logCause, toProblemError } from '../ground/problem-response.ts'
import { notedContext } from '../ground/request-context.ts'
import type { Elsewhere, SocketData } from './customer-socket.ts'
import type { Greetings } from './greetings.ts'
import type { SocketCaps } from './socket-caps.ts'

type Dependencies = {
  live: LiveDeliveries
  access: TokenAccess
  caps: SocketCaps
  greetings: Greetings
  elsewhere: Elsewhere
}

/** Socket.IO hands `data` of the error to the client as `connect_error`'s `data`. */
type Refusal = Error & { data: HandshakeRefusal }

/** Lets a customer in whose link works and for whom there is a place. Returns what the socket is to know of itself. */
export function createHandshake({ live, access, caps, greetings, elsewhere }: Dependencies) {
  return (
    socket: Pick<Socket, 'handshake' | 'request' | 'conn'>,
    next: (refusal?: Refusal) => void,
  ): void => {
    const context = notedContext(socket.request)
    admit(socket.handshake.auth, context.address).then(
      ({ release, ...data }) => {
        // Not the socket's `disconnect`: it does not come if the connection breaks before the socket is made.
        const leave = () => {
          release()
          data.greeted()
        }
        if (socket.conn.readyState === 'open') socket.conn.once('close', leave)
        else leave()
        Object.assign(socket, { data })
        next()
      },
      (error: unknown) => {
        const { requestId, address } = context
        if (error instanceof SentElsewhere) {
          access.logger.info({ requestId, address, at: error.at }, 'socket sent elsewhere')
          return next(Object.assign(error, { data: { code: 'elsewhere' as const, at: error.at } }))
        }
        const problem = toProblemError(error)
        const { code, message, retryAfterMs } = problem
        const data: HandshakeRefusal = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
        logCause(problem, { requestId, logger: access.logger })
        access.logger.info({ requestId, address, code }, 'socket refused')
        next(Object.assign(new Error(message), { data }))
      },
    )
  }

  async function admit(auth: unknown, address: string): Promise<SocketData & { release: () => void }> {
    const greeted = await greetings.begin()
    try {
      return { ...(await check(auth, address)), greeted }
    } catch (error) {
      greeted()
      throw error
    }
  }

  async function check(auth: unknown, address: string) {
    const { token, afterSeq, placing } = readAuth(auth)
    const claims = access.tokens.verify(token)
    access.tokenLimit.consume(linkKey(claims))
    if (claims.role !== 'customer')
      throw new ProblemError('forbidden', { detail: 'Only customers follow a delivery here.' })
    const { deliveryId } = claims
    const at = placing === 'send' ? elsewhere(deliveryId) : null
    if (at !== null) throw new SentElsewhere(at)
    await access.refuseReplaced(claims)
    if (isEnded((await live.get(deliveryId)).record.delivery.status))
      throw new ProblemError('delivery_ended', { detail: 'The delivery has ended.' })
    return {
      claims,
      afterSeq,
      movable: placing !== undefined,
      release: caps.take({ token, address, deliveryId }),
    }
  }
}

class SentElsewhere extends Error {
  readonly at: string

  constructor(at: string) {
    super('Another instance has this delivery.')
    this.at = at
  }
}

function readAuth(auth: unknown): HandshakeAuth {
  const parsed = handshakeAuthSchema.safeParse(auth)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  if (field === 'afterSeq')
    throw new ProblemError('invalid_body', {
      detail: `afterSeq must be a whole number from 0 to ${MAX_AFTER_SEQ}.`,
      field,
    })
  throw new ProblemError('unauthenticated', {
    detail: 'Send the token in the handshake as `auth: { token }`.',
  })
}

/** The default namespace has nothing to offer. */
export function refuseNamespace(_socket: unknown, next: (refusal: Refusal) => void): void {
  const { message, code } = new ProblemError('not_found', { detail: 'Use the namespace /tracking.' })
  next(Object.assign(new Error(message), { data: { code } }))
}
