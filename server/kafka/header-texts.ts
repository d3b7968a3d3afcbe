import type { IHeaders, KafkaMessage } from 'kafkajs'
import { HEADER } from '#contracts/topics.ts'

/** What the headers of an event tell of its way here. */
export type Journey = {
  requestId: string | undefined
  traceparent: string | undefined
  /** When the device sent the request, by its own word. */
  sentAtMs: number | undefined
  /** When the record was handed to the producer. */
  publishedAtMs: number | undefined
}

export function journeyOf({ headers = {} }: KafkaMessage): Journey {
  return {
    requestId: textOf(headers[HEADER.requestId]),
    traceparent: textOf(headers[HEADER.traceparent]),
    sentAtMs: Number(textOf(headers[HEADER.sentAtMs])) || undefined,
    publishedAtMs: Number(textOf(headers[HEADER.publishedAtMs])) || undefined,
  }
}

/** Undefined when it is missing, or there several times. */
function textOf(value: IHeaders[string]): string | undefined {
  return typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('utf8') : undefined
}

/** All headers as text; one that is there several times as its values in a row. */
export function headerTexts({ headers = {} }: KafkaMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().map(String).join(', ')]),
  )
}
