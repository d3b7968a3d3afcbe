import type { Session, Step } from '../support/session.ts'

type Where = {
  topic?: string
  partition?: number
  offset: string
  maxBytes?: number
  isolationLevel?: number
}

const fetch = (
  { broker, named }: Session,
  { topic = 'main', partition = 0, offset, maxBytes = 1_000_000, isolationLevel }: Where,
) =>
  broker.fetch({
    maxWaitTime: 100,
    minBytes: 1,
    maxBytes: 1_000_000,
    ...(isolationLevel === undefined ? {} : { isolationLevel }),
    topics: [{ topic: named(topic), partitions: [{ partition, fetchOffset: offset, maxBytes }] }],
  })

export const fetchSteps: Step[] = [
  ['fetch all of a partition: keys, values, headers, offsets', (s) => fetch(s, { offset: '0' })],
  ['fetch from the middle of a batch', (s) => fetch(s, { offset: '7' })],
  ['fetch what is committed only', (s) => fetch(s, { offset: '0', isolationLevel: 1 })],
  [
    'fetch with a limit of one byte: the first batch still comes',
    (s) => fetch(s, { offset: '0', maxBytes: 1 }),
  ],
  ['fetch at the end: nothing, after waiting', (s) => fetch(s, { partition: 1, offset: '3' })],
  ['fetch beyond the end', (s) => fetch(s, { offset: '1000' })],
  ['fetch at offset -1', (s) => fetch(s, { offset: '-1' })],
  ['fetch an unknown partition', (s) => fetch(s, { partition: 99, offset: '0' })],
  ['fetch an unknown topic', (s) => fetch(s, { topic: 'unknown', offset: '0' })],
  [
    'fetch several partitions, one of them out of range',
    ({ broker, named }) =>
      broker.fetch({
        maxWaitTime: 100,
        topics: [
          {
            topic: named('main'),
            partitions: [
              { partition: 0, fetchOffset: '0', maxBytes: 1_000_000 },
              { partition: 1, fetchOffset: '500', maxBytes: 1_000_000 },
            ],
          },
        ],
      }),
  ],
]
