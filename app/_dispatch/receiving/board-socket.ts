import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import {
  boardDeliverySchema,
  DISPATCH_NAMESPACE,
  type DispatchAuth,
  type DispatchEvents,
  type DispatcherEvents,
  type EveningReply,
  eveningReplySchema,
  goneMessageSchema,
  type OpenReply,
  openReplySchema,
} from '#contracts/dispatch.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import type { BoardMessage } from '../state/board-store.ts'

const PLACE_AGAIN_AFTER_MS = 5_000
const ANSWER_WITHIN_MS = 10_000

export type BoardSocket = {
  /** null: no answer came, and asking again may help. */
  open(deliveryId: string): Promise<OpenReply | null>
  startEvening(): Promise<EveningReply | null>
  close(): void
}

/** The page's end of the namespace /dispatch: each message is parsed, and handed on. */
export function openBoardSocket(token: string | null, apply: (message: BoardMessage) => void): BoardSocket {
  const socket: Socket<DispatchEvents, DispatcherEvents> = io(DISPATCH_NAMESPACE, {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    forceNew: true,
    auth: (token === null ? {} : { token }) satisfies DispatchAuth,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  })
  let again: ReturnType<typeof setTimeout> | undefined
  const connectLater = () => {
    clearTimeout(again)
    again = setTimeout(() => socket.connect(), PLACE_AGAIN_AFTER_MS)
  }

  socket.on('dispatch:snapshot', (value: unknown) => {
    const parsed = z.array(boardDeliverySchema).safeParse(value)
    if (!parsed.success) return console.warn('Left out a snapshot without the agreed shape', parsed.error)
    apply({ type: 'snapshot', deliveries: parsed.data })
    apply({ type: 'connection', connection: 'connected' })
  })
  socket.on('dispatch:delivery', (value: unknown) => {
    const parsed = boardDeliverySchema.safeParse(value)
    if (parsed.success) apply({ type: 'delivery', delivery: parsed.data })
    else console.warn('Left out a delivery without the agreed shape', parsed.error)
  })
  socket.on('dispatch:gone', (value: unknown) => {
    const parsed = goneMessageSchema.safeParse(value)
    if (parsed.success) apply({ type: 'gone', id: parsed.data.id })
  })
  socket.on('disconnect', () => {
    apply({ type: 'connection', connection: 'connecting' })
    // Disconnected by the server, socket.io-client does not come back by itself.
    if (!socket.active) connectLater()
  })
  socket.on('connect_error', (error) => {
    const { code } = ((error as { data?: unknown }).data ?? {}) as { code?: ProblemCode }
    if (code === 'unauthenticated') return apply({ type: 'connection', connection: 'refused' })
    apply({ type: 'connection', connection: code === 'rate_limited' ? 'full' : 'connecting' })
    if (!socket.active) connectLater()
  })

  return {
    async open(deliveryId) {
      try {
        return openReplySchema.parse(
          await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('dispatch:open', deliveryId),
        )
      } catch (cause) {
        console.warn('The delivery could not be opened', cause)
        return null
      }
    },
    async startEvening() {
      try {
        return eveningReplySchema.parse(
          await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('dispatch:evening', {}),
        )
      } catch (cause) {
        console.warn('The evening could not be started', cause)
        return null
      }
    },
    close() {
      clearTimeout(again)
      socket.off()
      socket.disconnect()
    },
  }
}
