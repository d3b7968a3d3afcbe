import type { z } from 'zod'
import type { Text } from './http-call.ts'

/** One Socket.IO event as it is on the wire. */
export type SocketEvent = {
  /** Events of one name may carry different things: this tells them apart. The same as `event` where there is one. */
  name: string
  event: string
  from: 'server' | 'client'
  says: Text
  args: readonly z.ZodType[]
  /** The acknowledgement's one argument, where it has one. */
  reply?: z.ZodType
}

export type SocketNamespace = {
  title: Text
  by: Text
  /** `auth` of the handshake. */
  handshake: z.ZodType
  events: readonly SocketEvent[]
}

type Named = Record<string, readonly [schema: z.ZodType, says: Text]>

/** Events with one argument each. */
export function eventsFrom(from: SocketEvent['from'], named: Named): SocketEvent[] {
  return Object.entries(named).map(([event, [schema, says]]) => ({
    ...{ name: event, event, from, says },
    args: [schema],
  }))
}
