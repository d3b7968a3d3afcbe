import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { pollUntil } from '../support/poll-until.ts'
import { newGroup, newTopic, openProducer, SOON } from './support/client.ts'
import { divided, Instance } from './support/consume.ts'

/** Work that ends when the test says so, and counts how much of it is going on at once. */
class HeldWork {
  most = 0
  finished = 0
  /** How often two messages of one partition were worked on at once, against their order. */
  overlaps = 0
  readonly #held: (() => void)[] = []
  readonly #busy = new Set<number>()
  #open = false

  readonly work = async ({ partition }: { partition: number }): Promise<void> => {
    if (this.#busy.has(partition)) this.overlaps++
    this.#busy.add(partition)
    this.most = Math.max(this.most, this.#busy.size)
    if (!this.#open) await new Promise<void>((resolve) => this.#held.push(resolve))
    this.#busy.delete(partition)
    this.finished++
  }

  get atOnce(): number {
    return this.#busy.size
  }

  /** Lets all work go on: an instance waits for it before it stops. */
  letGo(): void {
    this.#open = true
    for (const finish of this.#held.splice(0)) finish()
  }

  finishOne(): void {
    this.#held.shift()?.()
  }
}

const total = (works: readonly HeldWork[], what: 'atOnce' | 'finished') =>
  works.reduce((sum, work) => sum + work[what], 0)

/** Finishes the work piece by piece until `count` messages are done: any excess of concurrency would show meanwhile. */
async function finishAll(works: readonly HeldWork[], count: number): Promise<void> {
  const finishEach = () => {
    for (const work of works) work.finishOne()
    return total(works, 'finished') === count
  }
  await pollUntil(finishEach, { ...SOON, what: 'all work to be finished' })
}

/**
 * Sends while nobody reads, so that one fetch brings messages of all partitions: kafkajs works on what a fetch brought
 * before it fetches again.
 */
async function sendToEach(instances: readonly Instance[], topic: string, partitions: number, each: number) {
  for (const { consumer } of instances) consumer.pause([{ topic }])
  // The fetches that were under way have ended then.
  for (const instance of instances) await instance.isReading()
  const producer = await openProducer()
  const messages = Array.from({ length: partitions * each }, (_, i) => ({
    value: `message-${i}`,
    partition: i % partitions,
  }))
  await producer.send({ topic, messages })
  for (const { consumer } of instances) consumer.resume([{ topic }])
}

test('[SEM8] instances × concurrency messages are worked on at once: 2 × 2 of 6 partitions', async () => {
  const topic = await newTopic({ partitions: 6 })
  const groupId = newGroup()
  const works = [new HeldWork(), new HeldWork()]
  const run = { partitionsConsumedConcurrently: 2 }
  const instances = await Promise.all(works.map(({ work }) => Instance.start({ topic, groupId, run, work })))
  for (const work of works) atEnd(() => work.letGo())
  await divided(instances, 3, 3)

  await sendToEach(instances, topic, 6, 3)
  await pollUntil(() => total(works, 'atOnce') === 4, { ...SOON, what: 'four messages at once' })
  await finishAll(works, 18)
  expect(works.map(({ most, overlaps }) => ({ most, overlaps }))).toEqual([
    { most: 2, overlaps: 0 },
    { most: 2, overlaps: 0 },
  ])
})

test('[SEM9] concurrency beyond the partitions of an instance is of no use: 1 × 5 of 2 partitions', async () => {
  const topic = await newTopic({ partitions: 2 })
  const held = new HeldWork()
  const run = { partitionsConsumedConcurrently: 5 }
  const instance = await Instance.start({ topic, groupId: newGroup(), run, work: held.work })
  atEnd(() => held.letGo())
  await divided([instance], 2)

  await sendToEach([instance], topic, 2, 5)
  await pollUntil(() => held.atOnce === 2, { ...SOON, what: 'two messages at once' })
  await finishAll([held], 10)
  expect(held).toMatchObject({ most: 2, overlaps: 0 })
})
