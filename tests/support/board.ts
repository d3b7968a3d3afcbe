import { io, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type BoardDelivery, boardDeliverySchema, goneMessageSchema } from '#contracts/dispatch.ts'
import { pollUntil } from './poll-until.ts'

/** A board as a stock Socket.IO client sees it: everything that came, with the time at which it came. */
export type Board = {
  socket: Socket
  events: string[]
  snapshots: BoardDelivery[][]
  updates: { delivery: BoardDelivery; atMs: number }[]
  gone: string[]
  refusals: (string | undefined)[]
  /** Resolves with the snapshot once it is there. */
  greeted(): Promise<BoardDelivery[]>
  /** What the board shows of a delivery now: the snapshot, and what has come since. */
  shows(deliveryId: string): BoardDelivery | undefined
}

export function openBoard(url: string, auth: Record<string, unknown> = {}): Board {
  const socket = io(`${url}/dispatch`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
  })
  onTestFinished(() => {
    socket.disconnect()
  })
  const shown = new Map<string, BoardDelivery>()
  const board: Board = {
    socket,
    events: [],
    snapshots: [],
    updates: [],
    gone: [],
    refusals: [],
    shows: (deliveryId) => shown.get(deliveryId),
    async greeted() {
      await pollUntil(() => board.snapshots.length > 0, { withinMs: 30_000, what: 'the snapshot' })
      return board.snapshots[0] ?? []
    },
  }
  socket.onAny((name: string) => board.events.push(name))
  socket.on('dispatch:snapshot', (value: unknown) => {
    const snapshot = z.array(boardDeliverySchema.strict()).parse(value)
    board.snapshots.push(snapshot)
    for (const delivery of snapshot) shown.set(delivery.id, delivery)
  })
  socket.on('dispatch:delivery', (value: unknown) => {
    const delivery = boardDeliverySchema.strict().parse(value)
    board.updates.push({ delivery, atMs: performance.now() })
    shown.set(delivery.id, delivery)
  })
  socket.on('dispatch:gone', (value: unknown) => {
    const { id } = goneMessageSchema.parse(value)
    board.gone.push(id)
    shown.delete(id)
  })
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
    board.refusals.push(error.data?.code ?? error.message),
  )
  return board
}
