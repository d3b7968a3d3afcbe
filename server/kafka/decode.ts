import type { KafkaMessage } from 'kafkajs'
import type { ZodType } from 'zod'
import type { Location } from '#contracts/location.ts'
import {
  type DeviceChangedEvent,
  deviceChangedEventSchema,
  type ErasedEvent,
  erasedEventSchema,
  type LinkReplacedEvent,
  linkReplacedEventSchema,
  locationEventSchema,
  type RouteChangedEvent,
  routeChangedEventSchema,
  type StatusEvent,
  statusEventSchema,
  TOPIC,
} from '#contracts/topics.ts'
import { readPlainLocation } from './plain-location.ts'

/** A record of one of our topics, read and checked. */
export type DecodedEvent =
  | { kind: 'location'; event: Location }
  | { kind: 'status'; event: StatusEvent }
  | { kind: 'link'; event: LinkReplacedEvent }
  | { kind: 'device'; event: DeviceChangedEvent }
  | { kind: 'route'; event: RouteChangedEvent }
  | { kind: 'erased'; event: ErasedEvent }

/** Why a record cannot be used; never thrown, since one bad record must not stop a partition. */
export type Undecodable = { kind: 'undecodable'; reason: string }

export function decode(topic: string, message: KafkaMessage): DecodedEvent | Undecodable {
  const value = toJson(message.value)
  if (value === undefined) return { kind: 'undecodable', reason: 'not JSON' }
  switch (topic) {
    case TOPIC.locationUpdated: {
      const plain = readPlainLocation(value)
      if (plain) return { kind: 'location', event: plain }
      const parsed = locationEventSchema.safeParse(value)
      if (!parsed.success) return undecodable(parsed.error.issues[0])
      const { v: _v, riderId: _riderId, ...event } = parsed.data
      return { kind: 'location', event }
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
    return parsed.success ? { kind, event: parsed.data } : undecodable(parsed.error.issues[0])
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
