import type { Server } from 'socket.io'
import { TRACKING_NAMESPACE, type TrackingEvents } from '#contracts/socket.ts'
import { closeLink } from './close-link.ts'
import type { CustomerSocket } from './customer-socket.ts'
import { framePacket, writePacket } from './write-packet.ts'

type Room = {
  sockets: Set<CustomerSocket>
  /** No link in the room expires before this; the socket whose link it was may have left since. Epoch milliseconds. */
  noneExpiresBeforeMs: number
}

/**
 * The customers of this instance, by the delivery that they follow. Instead of Socket.IO's rooms, because an emit does
 * nothing here for each socket but write: see write-packet.ts.
 */
export class CustomerRooms {
  readonly #rooms = new Map<string, Room>()
  readonly #encoder: Server['encoder']
  readonly #now: () => number

  constructor({ encoder, now }: { encoder: Server['encoder']; now: () => number }) {
    this.#encoder = encoder
    this.#now = now
  }

  join(socket: CustomerSocket): void {
    // Its connection broke during the greeting: it has left already.
    if (!socket.connected) return
    const { deliveryId, expiresAtMs } = socket.data.claims
    const room = this.#rooms.get(deliveryId) ?? { sockets: new Set(), noneExpiresBeforeMs: expiresAtMs }
    room.sockets.add(socket)
    room.noneExpiresBeforeMs = Math.min(room.noneExpiresBeforeMs, expiresAtMs)
    this.#rooms.set(deliveryId, room)
  }

  leave(socket: CustomerSocket): void {
    const { deliveryId } = socket.data.claims
    const room = this.#rooms.get(deliveryId)
    room?.sockets.delete(socket)
    if (room?.sockets.size === 0) this.#rooms.delete(deliveryId)
  }

  has(deliveryId: string): boolean {
    return this.#rooms.has(deliveryId)
  }

  /** Those that have customers here. */
  deliveries(): IterableIterator<string> {
    return this.#rooms.keys()
  }

  /** A copy, because a socket that is closed leaves at once. */
  socketsIn(deliveryId: string): CustomerSocket[] {
    return [...(this.#rooms.get(deliveryId)?.sockets ?? [])]
  }

  /** Writes to every socket of the room, except those that `isGiven` says have it already and those whose link has expired. */
  emit<Event extends keyof TrackingEvents>(
    deliveryId: string,
    event: Event,
    message: Parameters<TrackingEvents[Event]>[0],
    isGiven?: (socketId: string) => boolean,
  ): void {
    const room = this.#rooms.get(deliveryId)
    if (!room) return
    this.#closeExpiredIn(room)
    const packet = framePacket(this.#encoder, TRACKING_NAMESPACE, event, message)
    for (const socket of room.sockets) if (!isGiven?.(socket.id)) writePacket(socket.conn, packet)
  }

  /** A link that has expired shows nothing any more, not even on a page that has it open. */
  closeExpired(): void {
    for (const room of this.#rooms.values()) this.#closeExpiredIn(room)
  }

  #closeExpiredIn(room: Room): void {
    const nowMs = this.#now()
    if (nowMs < room.noneExpiresBeforeMs) return
    let nextMs = Number.POSITIVE_INFINITY
    for (const socket of [...room.sockets]) {
      const { expiresAtMs } = socket.data.claims
      if (expiresAtMs <= nowMs) closeLink(socket)
      else nextMs = Math.min(nextMs, expiresAtMs)
    }
    room.noneExpiresBeforeMs = nextMs
  }
}
