import type { KafkaMessage } from 'kafkajs'

/** A header as text; undefined when it is missing, or there several times. */
export function headerText(message: KafkaMessage, name: string): string | undefined {
  const value = message.headers?.[name]
  return typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('utf8') : undefined
}

/** All headers as text; one that is there several times as its values in a row. */
export function headerTexts({ headers = {} }: KafkaMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().map(String).join(', ')]),
  )
}
