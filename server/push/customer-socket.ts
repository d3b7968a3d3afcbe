import type { DefaultEventsMap, Namespace, Socket } from 'socket.io'
import type { CustomerEvents, TrackingEvents } from '#contracts/socket.ts'
import type { Claims } from '#domain/access.ts'

/** What the handshake has established about a socket. */
export type SocketData = {
  claims: Claims
  afterSeq: number | undefined
  /** It can be sent to another instance. */
  movable: boolean
  /** To be called once the customer has been greeted. */
  greeted: () => void
}
/** Where the customers of a delivery belong: the address of another instance, or null for this one. */
export type Elsewhere = (deliveryId: string) => string | null
export type CustomerSocket = Socket<CustomerEvents, TrackingEvents, DefaultEventsMap, SocketData>
export type Tracking = Namespace<CustomerEvents, TrackingEvents, DefaultEventsMap, SocketData>
