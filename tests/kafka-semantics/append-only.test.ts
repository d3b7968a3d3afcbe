import { expect, test } from 'vitest'
import { newGroup, newTopic, openProducer } from './support/client.ts'
import { Instance } from './support/consume.ts'
import { deleteBefore, logEnds } from './support/log-ends.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

async function readAll(topic: string, count: number) {
  const reader = await Instance.start({ topic, groupId: newGroup() })
  await reader.has(count)
  await reader.stop()
  return reader.received
}

test('[SEM17] offsets count 0, 1, 2… in each partition, in the order of appending, whoever appends', async () => {
  const topic = await newTopic({ partitions: 2 })
  const producers = [await openProducer(), await openProducer(), await openProducer()]
  await Promise.all(
    producers.map(async (producer, who) => {
      for (const seq of numbers(10)) {
        const value = `${who} ${String(seq).padStart(2, '0')}`
        await producer.send({ topic, messages: [0, 1].map((partition) => ({ value, partition })) })
      }
    }),
  )
  const received = await readAll(topic, 60)
  for (const partition of [0, 1]) {
    const inPartition = received.filter((each) => each.partition === partition)
    expect(inPartition.map(({ offset }) => offset)).toEqual(numbers(30))
    for (const who of numbers(3)) {
      const ofOne = inPartition.map(({ value }) => value).filter((value) => value.startsWith(`${who}`))
      expect(ofOne).toEqual([...ofOne].sort())
    }
  }
})

test('[SEM18] nothing is overwritten: the same key again, or an empty value, is one more message at the end', async () => {
  const topic = await newTopic()
  const producer = await openProducer()
  const key = 'delivery-1'
  await producer.send({ topic, messages: [{ key, value: 'here' }] })
  const before = await readAll(topic, 1)
  await producer.send({ topic, messages: [{ key, value: 'there' }] })
  await producer.send({ topic, messages: [{ key, value: null }] })

  const after = await readAll(topic, 3)
  expect(after.slice(0, 1)).toEqual(before)
  expect(after.map(({ offset, value }) => [offset, value])).toEqual([
    [0, 'here'],
    [1, 'there'],
    [2, ''],
  ])
  expect(await readAll(topic, 3)).toEqual(after)
})

test('[SEM19] deleting moves the low end only: no offset is used again, not even in an emptied partition', async () => {
  const topic = await newTopic()
  const producer = await openProducer()
  const send = (values: number[]) =>
    producer.send({ topic, messages: values.map((value) => ({ value: `${value}` })) })

  await send(numbers(10))
  await deleteBefore(topic, 4)
  expect(await logEnds(topic)).toEqual({ low: [4], high: [10] })
  const left = await readAll(topic, 6)
  expect(left.map(({ offset, value }) => [offset, value])).toEqual(
    [4, 5, 6, 7, 8, 9].map((offset) => [offset, `${offset}`]),
  )

  await deleteBefore(topic, 10)
  expect(await logEnds(topic)).toEqual({ low: [10], high: [10] })
  await send([10])
  expect(await logEnds(topic)).toEqual({ low: [10], high: [11] })
  expect((await readAll(topic, 1)).map(({ offset, value }) => [offset, value])).toEqual([[10, '10']])
})
