import { expect, test } from 'vitest'
import { pollUntil } from '../support/poll-until.ts'
import { newGroup, newTopic, openProducer, SOON } from './support/client.ts'
import { divided, Instance } from './support/consume.ts'

const PARTITIONS = 4
const values = Array.from({ length: 40 }, (_, i) => `message-${String(i).padStart(2, '0')}`)

async function sendToAllPartitions(topic: string): Promise<void> {
  const producer = await openProducer()
  await producer.send({ topic, messages: values.map((value, i) => ({ value, partition: i % PARTITIONS })) })
}

test('[SEM1] instances with the same group id share a topic: one of them gets each message', async () => {
  const topic = await newTopic({ partitions: PARTITIONS })
  const groupId = newGroup()
  const first = await Instance.start({ topic, groupId })
  const second = await Instance.start({ topic, groupId })
  await divided([first, second], 2, 2)

  await sendToAllPartitions(topic)
  const all = () => [...first.values, ...second.values]
  await pollUntil(() => all().length >= values.length, { ...SOON, what: 'every message to come' })
  expect(all().sort()).toEqual(values)
  expect([first.received.length, second.received.length]).toEqual([20, 20])
})

test('[SEM2] groups with different ids each get every message', async () => {
  const topic = await newTopic({ partitions: PARTITIONS })
  const push = await Instance.start({ topic, groupId: newGroup() })
  const history = await Instance.start({ topic, groupId: newGroup() })

  await sendToAllPartitions(topic)
  for (const group of [push, history]) {
    await group.has(values.length)
    expect([...group.values].sort()).toEqual(values)
  }
})

test('[SEM3] a group id names one function: two functions under one id each miss what the other got', async () => {
  const topic = await newTopic({ partitions: PARTITIONS })
  const groupId = newGroup()
  const stored: string[] = []
  const pushed: string[] = []
  const into = (list: string[]) => ({
    work: async ({ message }: { message: { value: Buffer | null } }) => {
      list.push(String(message.value))
    },
  })
  const history = await Instance.start({ topic, groupId, ...into(stored) })
  const push = await Instance.start({ topic, groupId, ...into(pushed) })
  await divided([history, push], 2, 2)

  await sendToAllPartitions(topic)
  await pollUntil(() => stored.length + pushed.length >= values.length, {
    ...SOON,
    what: 'every message to come',
  })
  // What was stored was never pushed, and the other way round.
  expect(values.filter((value) => !stored.includes(value))).toEqual([...pushed].sort())
  expect(values.filter((value) => !pushed.includes(value))).toEqual([...stored].sort())
})

test('[SEM4] with more instances than partitions one is idle, until another leaves', async () => {
  const topic = await newTopic({ partitions: 2 })
  const groupId = newGroup()
  const instances = [
    await Instance.start({ topic, groupId }),
    await Instance.start({ topic, groupId }),
    await Instance.start({ topic, groupId }),
  ]
  await divided(instances, 0, 1, 1)
  const idle = instances.find(({ partitions }) => partitions?.length === 0)
  const working = instances.filter((instance) => instance !== idle)

  const producer = await openProducer()
  const toBoth = (value: string) => [0, 1].map((partition) => ({ value, partition }))
  await producer.send({ topic, messages: toBoth('while three') })
  for (const instance of working) await instance.has(1)
  expect(idle?.received).toEqual([])

  await working[0]?.stop()
  await divided(
    instances.filter((instance) => instance !== working[0]),
    1,
    1,
  )
  await producer.send({ topic, messages: toBoth('while two') })
  await idle?.has(1)
  expect(idle?.values).toEqual(['while two'])
})

test('[SEM5] a group that grows from one instance to three and shrinks to two loses and repeats nothing', async () => {
  const topic = await newTopic({ partitions: 6 })
  const groupId = newGroup()
  const instances = [await Instance.start({ topic, groupId })]
  const producer = await openProducer()
  const sent: string[] = []
  const all = () => instances.flatMap((instance) => instance.values)
  const sendAndAwait = async (phase: string) => {
    const phaseValues = values.map((value) => `${phase} ${value}`)
    sent.push(...phaseValues)
    await producer.send({ topic, messages: phaseValues.map((value, i) => ({ value, partition: i % 6 })) })
    await pollUntil(() => all().length >= sent.length, { ...SOON, what: `${phase}: every message to come` })
  }

  await divided(instances, 6)
  await sendAndAwait('one')
  instances.push(await Instance.start({ topic, groupId }), await Instance.start({ topic, groupId }))
  await divided(instances, 2, 2, 2)
  await sendAndAwait('three')
  await instances[0]?.stop()
  await divided(instances.slice(1), 3, 3)
  await sendAndAwait('two')
  expect(all().sort()).toEqual([...sent].sort())
})
