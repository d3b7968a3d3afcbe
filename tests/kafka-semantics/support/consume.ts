import type { Consumer, ConsumerRunConfig, EachMessagePayload } from 'kafkajs'
import { pollUntil } from '../../support/poll-until.ts'
import { connected, SOON, stockClient } from './client.ts'

export type Received = { partition: number; offset: number; key: string | undefined; value: string }

export type ConsumeOptions = {
  topic: string
  groupId: string
  fromBeginning?: boolean
  run?: Omit<ConsumerRunConfig, 'eachMessage' | 'eachBatch'>
  /** The work on a message; it counts as received before. */
  work?: (payload: EachMessagePayload) => Promise<void>
}

/** One instance: a member of its group that keeps what it receives. */
export class Instance {
  readonly received: Received[] = []
  readonly consumer: Consumer
  readonly #topic: string
  #partitions: readonly number[] | undefined
  #fetches = 0

  private constructor(consumer: Consumer, topic: string) {
    this.consumer = consumer
    this.#topic = topic
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#partitions = payload.memberAssignment[topic] ?? []
    })
    // Whoever is in a rebalance works on nothing.
    consumer.on(consumer.events.REBALANCING, () => {
      this.#partitions = undefined
    })
    consumer.on(consumer.events.FETCH, () => {
      this.#fetches++
    })
  }

  static async start({ topic, groupId, fromBeginning = true, run = {}, work }: ConsumeOptions) {
    // kafkajs sends heartbeats on the connection that its long poll waits on: short polls make rebalances quick.
    const timing = { heartbeatInterval: 300, maxWaitTimeInMs: 200 }
    const consumer = await connected(stockClient().consumer({ groupId, ...timing }))
    const instance = new Instance(consumer, topic)
    await consumer.subscribe({ topic, fromBeginning })
    await consumer.run({
      ...run,
      eachMessage: async (payload) => {
        instance.received.push(receivedFrom(payload))
        await work?.(payload)
      },
    })
    // kafkajs resolves, too, when it could not join and tries again later: the coordinator of a broker just started takes a moment.
    await pollUntil(() => instance.partitions !== undefined, { ...SOON, what: 'the consumer to join' })
    return instance
  }

  /** The partitions it has now; undefined while its group is dividing them. */
  get partitions(): readonly number[] | undefined {
    return this.#partitions
  }

  get values(): string[] {
    return this.received.map(({ value }) => value)
  }

  get offsets(): number[] {
    return this.received.map(({ offset }) => offset)
  }

  async has(count: number): Promise<void> {
    await pollUntil(() => this.received.length >= count, { ...SOON, what: `${count} messages to come` })
  }

  /** Until a fetch that began after this call has been answered: where it reads from is settled then. */
  async isReading(): Promise<void> {
    const enough = this.#fetches + 2
    await pollUntil(() => this.#fetches >= enough, { ...SOON, what: 'the consumer to read' })
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect()
  }

  toString(): string {
    return `${this.#topic}: ${this.#partitions ?? 'rebalancing'}`
  }
}

/** Until the instances, all of one group, have divided `count` partitions so that each has as many as in `shares`. */
export async function divided(instances: readonly Instance[], ...shares: number[]): Promise<void> {
  const wanted = shares.sort().join()
  const now = () => instances.map(({ partitions }) => partitions?.length ?? -1)
  await pollUntil(() => now().sort().join() === wanted, { ...SOON, what: `partitions divided as ${wanted}` })
}

function receivedFrom({ partition, message }: EachMessagePayload): Received {
  return {
    partition,
    offset: Number(message.offset),
    key: message.key?.toString(),
    value: message.value?.toString() ?? '',
  }
}
