import type { DefaultEventsMap, Namespace, Socket } from 'socket.io'
import type { CustomerEvents, TrackingEvents } from '#contracts/socket.ts'
import type { Claims } from '#domain/access.ts'

/** What the handshake has established about a socket. */
export type SocketData = {
  claims: Claims
  afterSeq: number | undefined
  /** To be called once the customer has been greeted. */
  greeted: () => void
}
export type CustomerSocket = Socket<CustomerEvents, TrackingEvents, DefaultEventsMap, SocketData>
export type Tracking = Namespace<CustomerEvents, TrackingEvents, DefaultEventsMap, SocketData>
