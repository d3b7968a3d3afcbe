import { z } from 'zod'
import { problemCodeSchema } from '../problem.ts'
import { deliveryCalls } from './deliveries.ts'
import { faultCalls, faultStreams } from './faults.ts'
import { groupsCalls, groupsStreams } from './groups.ts'
import { instanceStreams } from './instance.ts'
import { journeyCalls, journeyStreams } from './journey.ts'
import { logCalls, logStreams } from './log.ts'
import { queueCalls, queueStreams } from './queue.ts'
import { readerCalls, readerStreams } from './reader.ts'
import { timeCalls, timeStreams } from './time.ts'

/** Socket.IO namespace of the page that shows what goes on inside. */
export const INSIDE_NAMESPACE = '/inside'

/** The handshake's `auth`. In the demo nothing is asked for; elsewhere the dispatch token. */
export const insideAuthSchema = z.object({ token: z.string().optional() })
export type InsideAuth = z.infer<typeof insideAuthSchema>

/** Each chapter of the page adds its own. */
export const insideCalls = {
  ...deliveryCalls,
  ...journeyCalls,
  ...logCalls,
  ...groupsCalls,
  ...faultCalls,
  ...queueCalls,
  ...timeCalls,
  ...readerCalls,
} as const
export const insideStreams = {
  ...instanceStreams,
  ...journeyStreams,
  ...logStreams,
  ...groupsStreams,
  ...faultStreams,
  ...queueStreams,
  ...timeStreams,
  ...readerStreams,
} as const

export type CallName = keyof typeof insideCalls
export type CallInput<Name extends CallName> = z.infer<(typeof insideCalls)[Name]['input']>
export type CallAnswer<Name extends CallName> = z.infer<(typeof insideCalls)[Name]['answer']>
export type StreamName = keyof typeof insideStreams
export type StreamInput<Name extends StreamName> = z.infer<(typeof insideStreams)[Name]['input']>
export type StreamEvent<Name extends StreamName> = z.infer<(typeof insideStreams)[Name]['event']>

/** Of a call or a stream. */
export const insideNameSchema = z.string().min(1).max(64)

/** What a visitor chooses to name one of its watches by. */
export const watchIdSchema = z.string().min(1).max(64)

export const insideReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: problemCodeSchema, detail: z.string() }),
])
/** The acknowledgement of whatever a visitor asks. */
export type InsideReply = z.infer<typeof insideReplySchema>
type Reply = (reply: InsideReply) => void

/** Visitor → server. The input is parsed with the schema of the name. */
export type InsideRequests = {
  call: (name: string, input: unknown, reply: Reply) => void
  /** Events follow as `event` with the same watch id, until `unwatch` or the end of the socket. */
  watch: (watchId: string, name: string, input: unknown, reply: Reply) => void
  unwatch: (watchId: string) => void
}
/** Server → visitor. */
export type InsideEvents = { event: (watchId: string, event: unknown) => void }
