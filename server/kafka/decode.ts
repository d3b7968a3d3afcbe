import type { KafkaMessage } from 'kafkajs'
import type { ZodType } from 'zod'
import {
  type DeviceChangedEvent,
  deviceChangedEventSchema,
  type ErasedEvent,
  erasedEventSchema,
  HEADER,
  type LinkReplacedEvent,
  type LocationEvent,
  linkReplacedEventSchema,
  locationEventSchema,
  type RouteChangedEvent,
  routeChangedEventSchema,
  type StatusEvent,
  statusEventSchema,
  TOPIC,
} from '#contracts/topics.ts'
import { headerText } from './header-texts.ts'

/** A record of one of our topics, read and checked. */
export type DecodedEvent =
  | {
      kind: 'location'
      event: LocationEvent
      requestId: string | undefined
      traceparent: string | undefined
      /** When the device sent the request, by its own word. */
      sentAtMs: number | undefined
      /** When the record was handed to the producer. */
      publishedAtMs: number | undefined
    }
  | { kind: 'status'; event: StatusEvent; requestId: string | undefined }
  | { kind: 'link'; event: LinkReplacedEvent; requestId: string | undefined }
  | { kind: 'device'; event: DeviceChangedEvent; requestId: string | undefined }
  | { kind: 'route'; event: RouteChangedEvent; requestId: string | undefined }
  | { kind: 'erased'; event: ErasedEvent; requestId: string | undefined }

/** Why a record cannot be used; never thrown, since one bad record must not stop a partition. */
export type Undecodable = { kind: 'undecodable'; reason: string }

export function decode(topic: string, message: KafkaMessage): DecodedEvent | Undecodable {
  const value = toJson(message.value)
  if (value === undefined) return { kind: 'undecodable', reason: 'not JSON' }
  const requestId = headerText(message, HEADER.requestId)
  switch (topic) {
    case TOPIC.locationUpdated: {
      const parsed = locationEventSchema.safeParse(value)
      if (!parsed.success) return undecodable(parsed.error.issues[0])
      return {
        kind: 'location',
        event: parsed.data,
        requestId,
        traceparent: headerText(message, HEADER.traceparent),
        sentAtMs: Number(headerText(message, HEADER.sentAtMs)) || undefined,
        publishedAtMs: Number(headerText(message, HEADER.publishedAtMs)) || undefined,
      }
    }
    case TOPIC.statusChanged:
      return read('status', statusEventSchema)
    case TOPIC.linksReplaced:
      return read('link', linkReplacedEventSchema)
    case TOPIC.deviceChanged:
      return read('device', deviceChangedEventSchema)
    case TOPIC.routeChanged:
      return read('route', routeChangedEventSchema)
    case TOPIC.erased:
      return read('erased', erasedEventSchema)
    default:
      return { kind: 'undecodable', reason: `unknown topic ${topic}` }
  }

  function read<Kind extends string, Event>(kind: Kind, schema: ZodType<Event>) {
    const parsed = schema.safeParse(value)
    return parsed.success ? { kind, event: parsed.data, requestId } : undecodable(parsed.error.issues[0])
  }
}

function undecodable(issue: { path: PropertyKey[]; message: string } | undefined): Undecodable {
  return { kind: 'undecodable', reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}` }
}

function toJson(value: Buffer | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value.toString('utf8'))
  } catch {
    return undefined
  }
}
