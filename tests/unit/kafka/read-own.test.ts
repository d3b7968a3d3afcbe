import type { KafkaMessage } from 'kafkajs'
import { expect, it } from 'vitest'
import type { Fetched } from '#server/kafka/fetched.ts'
import { createReadOwn } from '#server/kafka/read-own.ts'

const fetched = (partition: number, records: number, more = false): Fetched => ({
  batch: { topic: 'places', partition, messages: Array<KafkaMessage>(records) },
  member: { heartbeat: async () => {}, stopping: () => false },
  at: { topic: 'p.places', partition, next: String(records) },
  more,
})

function reader() {
  const done: string[] = []
  const read = createReadOwn({
    handle: async ({ partition }) => void done.push(`handle ${partition}`),
    onDone: ({ partition, next }) => done.push(`done ${partition}:${next}`),
    rest: async (ms) => void done.push(`rest ${ms}`),
  })
  return { read, done }
}

it('[PATH14] a fetch is handled, all of it, before one rest, which grows with its records from 3.6 to 10 ms', async () => {
  const { read, done } = reader()
  await Promise.all([read(fetched(0, 2)), read(fetched(3, 3))])
  expect(done).toEqual(['handle 0', 'handle 3', 'done 0:2', 'done 3:3', 'rest 6'])
  await read(fetched(1, 200))
  await read(fetched(2, 1))
  expect(done.slice(5)).toEqual(['handle 1', 'done 1:200', 'rest 10', 'handle 2', 'done 2:1', 'rest 3.6'])
})

it('[PATH14] a fetch that did not bring all there is is followed by no rest', async () => {
  const { read, done } = reader()
  await Promise.all([read(fetched(0, 50)), read(fetched(1, 50, true))])
  expect(done.filter((each) => each.startsWith('rest'))).toEqual([])
})

it('[PATH14] a record that could not be handled fails its partition alone', async () => {
  const done: string[] = []
  const read = createReadOwn({
    handle: async ({ partition }) => {
      if (partition === 0) throw new Error('not this one')
    },
    onDone: ({ partition }) => done.push(`done ${partition}`),
    rest: async () => {},
  })
  const [broken, whole] = await Promise.allSettled([read(fetched(0, 5)), read(fetched(3, 5))])
  expect([broken?.status, whole?.status, done]).toEqual(['rejected', 'fulfilled', ['done 3']])
})
