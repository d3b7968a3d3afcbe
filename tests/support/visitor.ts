import { io, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import {
  type CallAnswer,
  type CallInput,
  type CallName,
  INSIDE_NAMESPACE,
  insideCalls,
  insideReplySchema,
  insideStreams,
  type StreamEvent,
  type StreamInput,
  type StreamName,
} from '#contracts/inside/protocol.ts'
import { pollUntil } from './poll-until.ts'

/** Someone who looks inside, as a stock Socket.IO client. */
export type Visitor = {
  socket: Socket
  refusals: (string | undefined)[]
  connected(): Promise<void>
  /** The answer as it came, for whatever is asked. */
  ask(...words: ['call' | 'watch', ...unknown[]]): Promise<unknown>
  /** @throws when it is refused */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallAnswer<Name>>
  /** Everything that came, and how to stop. */
  watch<Name extends StreamName>(
    name: Name,
    input: StreamInput<Name>,
  ): Promise<{ events: StreamEvent<Name>[]; stop(): void }>
}

let watches = 0

export function visitInside(
  url: string,
  auth: Record<string, unknown> = {},
  extraHeaders: Record<string, string> = {},
): Visitor {
  const socket = io(`${url}${INSIDE_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders,
  })
  onTestFinished(() => {
    socket.disconnect()
  })
  const refusals: (string | undefined)[] = []
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
    refusals.push(error.data?.code ?? error.message),
  )
  const ask: Visitor['ask'] = (...words) => socket.timeout(30_000).emitWithAck(...words)
  const answered = async (...words: Parameters<Visitor['ask']>) => {
    const reply = insideReplySchema.parse(await ask(...words))
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`)
    return reply.value
  }
  return {
    socket,
    refusals,
    ask,
    connected: () =>
      pollUntil(() => socket.connected, { withinMs: 30_000, what: 'the visitor’s socket' }).then(() => {}),
    async call(name, input) {
      return insideCalls[name].answer.parse(await answered('call', name, input)) as CallAnswer<typeof name>
    },
    async watch(name, input) {
      const watchId = `w${++watches}`
      const events: StreamEvent<typeof name>[] = []
      const schema = insideStreams[name].event
      const note = (id: string, event: unknown) => {
        if (id === watchId) events.push(schema.parse(event) as StreamEvent<typeof name>)
      }
      socket.on('event', note)
      await answered('watch', watchId, name, input)
      return {
        events,
        stop() {
          socket.emit('unwatch', watchId)
        },
      }
    },
  }
}
