import type { Message, Producer, TopicMessages } from 'kafkajs'

/** Long enough to gather a burst, too short to be noticed: one send of ten costs a fifth of ten sends. */
const GATHER_MS = 1
const MOST_PER_SEND = 1_000

type Waiting = { topic: string; message: Message; resolve: () => void; reject: (error: unknown) => void }

/** Gathers the messages of concurrent requests into one `sendBatch`, acknowledged by all in-sync replicas. */
export class GatheringProducer {
  readonly #producer: Producer
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(producer: Producer) {
    this.#producer = producer
  }

  /** Resolves once Kafka has the message; rejects with whatever the send of its batch failed with. */
  send(topic: string, message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ topic, message, resolve, reject })
      if (this.#waiting.length >= MOST_PER_SEND) this.#flush()
      else this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS)
    })
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length === 0) return
    this.#producer.sendBatch({ acks: -1, topicMessages: byTopic(batch) }).then(
      () =>
        batch.forEach(({ resolve }) => {
          resolve()
        }),
      (error: unknown) =>
        batch.forEach(({ reject }) => {
          reject(error)
        }),
    )
  }
}

function byTopic(batch: Waiting[]): TopicMessages[] {
  const topics = new Map<string, Message[]>()
  for (const { topic, message } of batch) {
    const messages = topics.get(topic)
    if (messages) messages.push(message)
    else topics.set(topic, [message])
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }))
}
