import { io, type Socket } from 'socket.io-client'
import {
  type CallAnswer,
  type CallInput,
  type CallName,
  INSIDE_NAMESPACE,
  type InsideAuth,
  type InsideEvents,
  type InsideReply,
  type InsideRequests,
  insideCalls,
  insideReplySchema,
  insideStreams,
  type StreamEvent,
  type StreamInput,
  type StreamName,
} from '#contracts/inside/protocol.ts'
import type { ProblemCode } from '#contracts/problem.ts'

/** `full`: there is no place for this visitor now; the page keeps trying. */
export type InsideConnection = 'connecting' | 'connected' | 'refused' | 'full'
export type CallResult<T> = { ok: true; value: T } | { ok: false; code: ProblemCode | null; detail: string }

export type InsideSocket = {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallResult<CallAnswer<Name>>>
  /** Survives reconnects. Returns a function that stops it. */
  watch<Name extends StreamName>(
    name: Name,
    input: StreamInput<Name>,
    onEvent: (event: StreamEvent<Name>) => void,
    onRefused?: (detail: string) => void,
  ): () => void
  close(): void
}

const ANSWER_WITHIN_MS = 15_000
const PLACE_AGAIN_AFTER_MS = 5_000

type Watch = { begin(): void; onEvent(event: unknown): void }

/** The page's side of the namespace /inside: calls with answers, and events to watch. */
export function openInsideSocket(
  token: string | null,
  onConnection: (connection: InsideConnection) => void,
): InsideSocket {
  const socket: Socket<InsideEvents, InsideRequests> = io(INSIDE_NAMESPACE, {
    transports: ['websocket', 'polling'],
    forceNew: true,
    auth: (token === null ? {} : { token }) satisfies InsideAuth,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  })
  const watches = new Map<string, Watch>()
  let lastWatch = 0
  let again: ReturnType<typeof setTimeout> | undefined

  socket.on('connect', () => {
    onConnection('connected')
    for (const { begin } of watches.values()) begin()
  })
  socket.on('disconnect', () => onConnection('connecting'))
  socket.on('connect_error', (error) => {
    const { code } = ((error as { data?: unknown }).data ?? {}) as { code?: ProblemCode }
    if (code !== 'rate_limited') return onConnection(code === 'unauthenticated' ? 'refused' : 'connecting')
    onConnection('full')
    // After a refusal socket.io-client does not retry.
    again = setTimeout(() => socket.connect(), PLACE_AGAIN_AFTER_MS)
  })
  socket.on('event', (watchId, event) => watches.get(watchId)?.onEvent(event))

  return {
    async call(name, input) {
      try {
        const reply = insideReplySchema.parse(
          await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('call', name, input),
        )
        return reply.ok
          ? { ok: true, value: insideCalls[name].answer.parse(reply.value) as CallAnswer<typeof name> }
          : reply
      } catch (cause) {
        return { ok: false, code: null, detail: cause instanceof Error ? cause.message : String(cause) }
      }
    },
    watch(name, input, onEvent, onRefused) {
      const watchId = String(++lastWatch)
      const begin = () =>
        socket.emit('watch', watchId, name, input, (reply: InsideReply) => {
          if (!reply.ok) onRefused?.(reply.detail)
        })
      watches.set(watchId, {
        begin,
        onEvent(event) {
          const parsed = insideStreams[name].event.safeParse(event)
          if (parsed.success) onEvent(parsed.data as StreamEvent<typeof name>)
          else console.warn(`Left out an event of ${name} without the agreed shape`, parsed.error)
        },
      })
      if (socket.connected) begin()
      return () => {
        watches.delete(watchId)
        if (socket.connected) socket.emit('unwatch', watchId)
      }
    },
    close() {
      clearTimeout(again)
      socket.disconnect()
    },
  }
}
