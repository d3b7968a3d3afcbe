import type { Message } from 'kafkajs'
import type { Location } from '#contracts/location.ts'
import {
  type DeviceChangedEvent,
  deadLetterTopic,
  type ErasedEvent,
  HEADER,
  type LinkReplacedEvent,
  type RouteChangedEvent,
  type StatusEvent,
  TOPIC,
  type Topic,
} from '#contracts/topics.ts'
import type { Metrics } from '../metrics.ts'
import type { GatheringProducer } from './gathering-producer.ts'
import type { Names } from './names.ts'

/** A record that could not be used, with the reason and the place it was found. */
export type PoisonRecord = {
  topic: Topic
  key: Buffer | null
  value: Buffer | null
  reason: string
  /** `topic/partition/offset` */
  origin: string
}

/** The post that points came with. */
export type PostContext = {
  requestId: string
  /** Of the caller's trace, if it has one. */
  traceparent?: string | undefined
  /** By the device's clock, if the device sent it. */
  sentAtMs?: number | undefined
  receivedAtMs: number
}

export type Publish = {
  locations(locations: Location[], riderId: string, context: PostContext): Promise<void>
  status(event: StatusEvent, requestId: string | undefined): Promise<void>
  linkReplaced(event: LinkReplacedEvent, requestId: string | undefined): Promise<void>
  deviceChanged(event: DeviceChangedEvent, requestId: string | undefined): Promise<void>
  routeChanged(event: RouteChangedEvent, requestId: string | undefined): Promise<void>
  erased(event: ErasedEvent, requestId: string | undefined): Promise<void>
  /** Points that cannot be accepted under their seq, kept for an operator to look at. */
  deadLetters(refused: { event: Location; reason: string; requestId: string }[]): Promise<void>
  poison(record: PoisonRecord): Promise<void>
}

/**
 * A record may be as large as a message can be, and with the headers of a dead letter it would be larger: never taken,
 * and tried without end. No more than this of its key and of its value is repeated; the origin tells where all of it lies.
 */
const MOST_BYTES_REPEATED = 16 * 1_024

type Dependencies = { producer: GatheringProducer; names: Names; metrics: Metrics }

/**
 * Every event of the product goes to Kafka here. The key is the delivery id, so all of one delivery lies in one
 * partition, in order. Each call resolves once Kafka has everything of it (acks=all).
 * @throws ProblemError `log_unavailable`
 */
export function createPublish({ producer, names, metrics }: Dependencies): Publish {
  const send = (topic: string, messages: Message[]) => producer.send(names.inKafka(topic), messages)

  return {
    async locations(locations, riderId, { requestId, traceparent, sentAtMs, receivedAtMs }) {
      if (locations.length === 0) return
      const publishedAtMs = Date.now()
      const headers: Record<string, string> = { [HEADER.requestId]: requestId }
      if (traceparent !== undefined) headers[HEADER.traceparent] = traceparent
      if (sentAtMs !== undefined) headers[HEADER.sentAtMs] = String(sentAtMs)
      headers[HEADER.receivedAtMs] = String(receivedAtMs)
      headers[HEADER.publishedAtMs] = String(publishedAtMs)
      const rider = JSON.stringify(riderId)
      const messages = locations.map((location) => ({
        key: location.deliveryId,
        value: eventText(rider, location),
        headers,
      }))
      await send(TOPIC.locationUpdated, messages)
      metrics.hop('publish', Date.now() - publishedAtMs)
    },

    status: (event, requestId) => send(TOPIC.statusChanged, [toMessage(event, requestId)]),
    linkReplaced: (event, requestId) => send(TOPIC.linksReplaced, [toMessage(event, requestId)]),
    deviceChanged: (event, requestId) => send(TOPIC.deviceChanged, [toMessage(event, requestId)]),
    routeChanged: (event, requestId) => send(TOPIC.routeChanged, [toMessage(event, requestId)]),
    erased: (event, requestId) => send(TOPIC.erased, [toMessage(event, requestId)]),

    async deadLetters(refused) {
      const messages = refused.map(({ event, reason, requestId }) => ({
        key: event.deliveryId,
        value: JSON.stringify(event),
        headers: { [HEADER.reason]: reason, [HEADER.requestId]: requestId },
      }))
      if (messages.length > 0) await send(deadLetterTopic(TOPIC.locationUpdated), messages)
      for (const { reason } of refused) metrics.deadLetters.inc({ topic: TOPIC.locationUpdated, reason })
    },

    async poison({ topic, key, value, reason, origin }) {
      const headers = { [HEADER.reason]: reason, [HEADER.origin]: origin }
      await send(deadLetterTopic(topic), [{ key: beginningOf(key), value: beginningOf(value), headers }])
      metrics.deadLetters.inc({ topic, reason: 'unreadable' })
    },
  }
}

/** A `LocationEvent` as JSON. The location's own text is continued: a copy of it, to write that, costs twice as much. */
function eventText(rider: string, location: Location): string {
  return `{"v":1,"riderId":${rider},${JSON.stringify(location).slice(1)}`
}

function toMessage(
  event: StatusEvent | LinkReplacedEvent | DeviceChangedEvent | RouteChangedEvent | ErasedEvent,
  requestId: string | undefined,
): Message {
  const headers = {
    ...(requestId ? { [HEADER.requestId]: requestId } : {}),
    [HEADER.publishedAtMs]: String(Date.now()),
  }
  return { key: event.deliveryId, value: JSON.stringify(event), headers }
}

function beginningOf(bytes: Buffer | null): Buffer | null {
  return bytes === null ? null : bytes.subarray(0, MOST_BYTES_REPEATED)
}
