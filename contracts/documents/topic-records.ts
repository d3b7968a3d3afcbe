import { z } from 'zod'
import {
  deadLetterTopic,
  deviceChangedEventSchema,
  erasedEventSchema,
  HEADER,
  linkReplacedEventSchema,
  locationEventSchema,
  routeChangedEventSchema,
  statusEventSchema,
  TOPIC,
  type Topic,
} from '../topics.ts'
import type { Text } from './http-call.ts'

type HeaderKey = keyof typeof HEADER

/** What the records of a topic are. */
export type TopicRecord = {
  says: Text
  /** null: whatever bytes could not be read. */
  value: z.ZodType | null
  key: Text
  /** Those that each record has, and those that some have. */
  headers: { always: readonly HeaderKey[]; sometimes: readonly HeaderKey[] }
}

const byDelivery: Text = { en: 'The delivery id', ko: '배달 id' }
const CHANGE = { always: ['publishedAtMs'], sometimes: ['requestId'] } as const

const events: Record<Topic, TopicRecord> = {
  [TOPIC.locationUpdated]: {
    says: { en: 'A position that was accepted', ko: '받아들인 위치 하나' },
    value: locationEventSchema,
    key: byDelivery,
    headers: {
      always: ['requestId', 'receivedAtMs', 'publishedAtMs'],
      sometimes: ['traceparent', 'sentAtMs'],
    },
  },
  [TOPIC.statusChanged]: {
    says: { en: 'A delivery has entered a status', ko: '배달 상태가 바뀜' },
    value: statusEventSchema,
    key: byDelivery,
    headers: CHANGE,
  },
  [TOPIC.linksReplaced]: {
    says: {
      en: 'A link was replaced: older ones of that role stop',
      ko: '링크가 바뀜: 그 역할의 이전 링크는 무효가 됨',
    },
    value: linkReplacedEventSchema,
    key: byDelivery,
    headers: CHANGE,
  },
  [TOPIC.deviceChanged]: {
    says: { en: 'Another device rides from now on', ko: '다른 기기가 배달을 이어받음' },
    value: deviceChangedEventSchema,
    key: byDelivery,
    headers: CHANGE,
  },
  [TOPIC.routeChanged]: {
    says: {
      en: 'The rider has left the way, and it was planned anew',
      ko: '라이더가 경로를 벗어나 다시 계산된 경로',
    },
    value: routeChangedEventSchema,
    key: byDelivery,
    headers: CHANGE,
  },
  [TOPIC.erased]: {
    says: { en: 'Nothing of the delivery is kept any more', ko: '배달에 관한 정보를 더 이상 보관하지 않음' },
    value: erasedEventSchema,
    key: byDelivery,
    headers: CHANGE,
  },
}

const buried = (topic: string): TopicRecord => ({
  says: {
    en: `What could not be used of \`${topic}\`, for an operator to look at`,
    ko: `\`${topic}\`에서 쓸 수 없었던 것. 운영자가 살펴봄`,
  },
  value: null,
  key: { en: 'The key it had', ko: '원본 키' },
  headers: { always: ['reason'], sometimes: ['origin', 'requestId'] },
})

/** Every topic that the product has, as it is called without `KAFKA_PREFIX`. */
export const TOPIC_RECORDS: Readonly<Record<string, TopicRecord>> = {
  ...events,
  ...Object.fromEntries(
    Object.values(TOPIC).map((topic) => [deadLetterTopic(topic), buried(topic)] as const),
  ),
}

/** Header values are text. */
export const headersSchema = ({ headers }: TopicRecord): z.ZodType =>
  z.object({
    ...Object.fromEntries(headers.always.map((key) => [HEADER[key], z.string()])),
    ...Object.fromEntries(headers.sometimes.map((key) => [HEADER[key], z.string().optional()])),
  })
