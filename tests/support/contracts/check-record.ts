import type { KafkaMessage } from 'kafkajs'
import { messageKey } from '#contracts/documents/asyncapi.ts'
import { TOPIC_RECORDS } from '#contracts/documents/topic-records.ts'
import { faultOf } from './schemas.ts'

/** Header of a record that a test has put there itself, so that it need not be what the product writes. */
export const MADE_BY_TEST = 'made-by-test'

type RecordRead = Pick<KafkaMessage, 'key' | 'value' | 'headers'>

/** What the document does not know of this record; null when it knows all of it. */
export function checkRecord(topic: string, { key, value, headers = {} }: RecordRead): string | null {
  // On a cluster shared with others a prefix stands before it.
  const name = Object.keys(TOPIC_RECORDS).find((known) => topic.endsWith(known)) ?? ''
  const record = TOPIC_RECORDS[name]
  if (!record) return `There is no topic ${topic}`
  const message = ['channels', messageKey(name), 'messages', 'record']
  const texts = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]))
  const ofHeaders = faultOf('asyncapi', [...message, 'headers'], texts)
  if (ofHeaders !== null || record.value === null) return ofHeaders
  const ofKey = faultOf('asyncapi', [...message, 'bindings', 'kafka', 'key'], String(key))
  return ofKey ?? faultOf('asyncapi', [...message, 'payload'], JSON.parse(String(value)))
}
