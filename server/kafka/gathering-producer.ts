import type { Message, Producer, TopicMessages } from 'kafkajs'
import type { PublishPolicy } from './publish-policy.ts'

/** Long enough to gather a burst, too short to be noticed: one send of ten costs a fifth of ten sends. */
const GATHER_MS = 1
/** While a batch is on its way the next one may grow, until the answer comes. A slow answer is not waited for. */
const GATHER_MEANWHILE_MS = 5
/**
 * Whoever has just been answered may have the next points ready: what waited goes together with them. Fifty riders who post
 * all the time then send 41 posts in a batch instead of 22, and a post costs an eighth less.
 */
const GATHER_AFTER_MS = 2
const MOST_PER_BATCH = 1_000

type Waiting = {
  topic: string
  messages: readonly Message[]
  resolve: () => void
  reject: (error: unknown) => void
}

/** Gathers the messages of concurrent requests into one `sendBatch`, acknowledged by all in-sync replicas. */
export class GatheringProducer {
  readonly #producer: Pick<Producer, 'sendBatch'>
  readonly #policy: PublishPolicy
  #waiting: Waiting[] = []
  #messages = 0
  #underWay = 0
  #timer: NodeJS.Timeout | null = null

  constructor(producer: Pick<Producer, 'sendBatch'>, policy: PublishPolicy) {
    this.#producer = producer
    this.#policy = policy
  }

  /**
   * Resolves once Kafka has all of the messages; they are in one batch, and share its fate.
   * @throws ProblemError `log_unavailable`
   */
  send(topic: string, messages: readonly Message[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ topic, messages, resolve, reject })
      this.#messages += messages.length
      if (this.#messages >= MOST_PER_BATCH) this.#flush()
      else
        this.#timer ??= setTimeout(() => this.#flush(), this.#underWay > 0 ? GATHER_MEANWHILE_MS : GATHER_MS)
    })
  }

  #flushSoon(): void {
    if (this.#waiting.length === 0) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#flush(), GATHER_AFTER_MS)
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting
    if (batch.length === 0) return
    const messages = this.#messages
    this.#waiting = []
    this.#messages = 0
    this.#underWay += 1
    const topicMessages = byTopic(batch)
    const send = () => this.#producer.sendBatch({ acks: -1, topicMessages })
    this.#policy({ publishes: batch.length, messages, send })
      .then(
        () => {
          for (const { resolve } of batch) resolve()
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error)
        },
      )
      .finally(() => {
        this.#underWay -= 1
        if (this.#underWay === 0) this.#flushSoon()
      })
  }
}

function byTopic(batch: readonly Waiting[]): TopicMessages[] {
  const topics = new Map<string, Message[]>()
  for (const { topic, messages } of batch) {
    const all = topics.get(topic)
    if (all) all.push(...messages)
    else topics.set(topic, [...messages])
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }))
}
