import { io, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import { type Snapshot, snapshotSchema } from '#contracts/snapshot.ts'
import {
  type ClosedMessage,
  closedMessageSchema,
  type LocationMessage,
  locationMessageSchema,
  type StatusMessage,
  statusMessageSchema,
} from '#contracts/socket.ts'
import { pollUntil } from './poll-until.ts'

type Options = {
  token?: string
  afterSeq?: number
  headers?: Record<string, string>
  auth?: Record<string, unknown>
}

/** A customer as a stock Socket.IO client sees it: everything that came, in the order it came. */
export type Customer = {
  socket: Socket
  events: string[]
  snapshots: Snapshot[]
  locations: LocationMessage[]
  statuses: StatusMessage[]
  closings: ClosedMessage[]
  refusals: (string | undefined)[]
  disconnects: string[]
  /** Resolves once the snapshot is there. */
  greeted(): Promise<Snapshot>
}

export function connectCustomer(url: string, { token, afterSeq, headers, auth }: Options): Customer {
  const socket = io(`${url}/tracking`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: auth ?? { token, ...(afterSeq === undefined ? {} : { afterSeq }) },
    ...(headers ? { extraHeaders: headers } : {}),
  })
  onTestFinished(() => {
    socket.disconnect()
  })
  const customer: Customer = {
    socket,
    events: [],
    snapshots: [],
    locations: [],
    statuses: [],
    closings: [],
    refusals: [],
    disconnects: [],
    async greeted() {
      await pollUntil(() => customer.snapshots.length > 0, { withinMs: 30_000, what: 'the snapshot' })
      const [snapshot] = customer.snapshots
      if (!snapshot) throw new Error('no snapshot')
      return snapshot
    },
  }
  socket.onAny((name: string) => customer.events.push(name))
  socket.on('delivery:snapshot', (value: unknown) => customer.snapshots.push(snapshotSchema.parse(value)))
  socket.on('delivery:location', (value: unknown) =>
    customer.locations.push(locationMessageSchema.parse(value)),
  )
  socket.on('delivery:status', (value: unknown) => customer.statuses.push(statusMessageSchema.parse(value)))
  socket.on('delivery:closed', (value: unknown) => customer.closings.push(closedMessageSchema.parse(value)))
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
    customer.refusals.push(error.data?.code ?? error.message),
  )
  socket.on('disconnect', (reason) => customer.disconnects.push(reason))
  return customer
}
