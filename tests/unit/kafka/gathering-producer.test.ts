import type { ProducerBatch, RecordMetadata } from 'kafkajs'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { GatheringProducer } from '#server/kafka/gathering-producer.ts'
import { createPublishPolicy } from '#server/kafka/publish-policy.ts'
import { createMetrics } from '#server/metrics.ts'

/** The broker is a function here: it takes a batch, fails, or never answers. Everything else is the real part. */
function producerOn(
  sendBatch: (batch: ProducerBatch) => Promise<RecordMetadata[]>,
  askLeaders: () => Promise<unknown> = () => Promise.reject(new Error('no leader')),
) {
  const metrics = createMetrics('test')
  const { policy } = createPublishPolicy(pino({ level: 'silent' }), metrics, askLeaders)
  const producer = new GatheringProducer({ sendBatch }, policy)
  const count = async (name: string) =>
    (await metrics.registry.getMetricsAsJSON())
      .find((metric) => metric.name === name)
      ?.values.reduce((sum, { value }) => sum + value, 0)
  return { producer, count }
}

const message = (value: string) => ({ key: 'a delivery', value })
const valuesOf = ({ topicMessages = [] }: ProducerBatch) =>
  topicMessages.map(({ topic, messages }) => [topic, ...messages.map(({ value }) => String(value))])

it('[PATH9] what comes together goes together, by topic and in order, and each is told', async () => {
  const batches: ProducerBatch[] = []
  const { producer, count } = producerOn(async (batch) => {
    batches.push(batch)
    return []
  })
  await Promise.all([
    producer.send('points', [message('1'), message('2')]),
    producer.send('statuses', [message('3')]),
    producer.send('points', [message('4')]),
  ])
  expect(batches.map(valuesOf)).toEqual([
    [
      ['points', '1', '2', '4'],
      ['statuses', '3'],
    ],
  ])
  expect(batches[0]?.acks).toBe(-1)
  expect(await count('rider_live_publishes_total')).toBe(3)
})

it('[PATH9] while a batch is on its way the next one grows, and takes along what those send who are answered', async () => {
  const batches: ProducerBatch[] = []
  let answer = () => {}
  const { producer } = producerOn((batch) => {
    batches.push(batch)
    if (batches.length > 1) return Promise.resolve([])
    return new Promise((resolve) => {
      answer = () => resolve([])
    })
  })
  const first = producer.send('points', [message('1')])
  await new Promise<void>((resolve) => {
    const look = () => (batches.length === 1 ? resolve() : setImmediate(look))
    look()
  })
  const later = Promise.all(['2', '3', '4'].map((value) => producer.send('points', [message(value)])))
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const next = first.then(turn).then(() => producer.send('points', [message('5')]))
  answer()
  await Promise.all([next, later])
  expect(batches.map(valuesOf)).toEqual([[['points', '1']], [['points', '2', '3', '4', '5']]])
})

it('[PATH9] a batch that fails is tried once more; then each of its posts is refused, and three in a row open the breaker', async () => {
  let tries = 0
  const { producer, count } = producerOn(async () => {
    tries += 1
    throw new Error('no leader')
  })
  const refusal = { code: 'log_unavailable', status: 503 }
  for (let batch = 1; batch <= 3; batch += 1) {
    const sent = [producer.send('points', [message('1')]), producer.send('points', [message('2')])]
    for (const each of await Promise.allSettled(sent))
      expect(each).toMatchObject({ status: 'rejected', reason: { ...refusal, retryAfterMs: 1_800 } })
    expect(tries).toBe(2 * batch)
  }
  await expect(producer.send('points', [message('3')])).rejects.toMatchObject({
    ...{ ...refusal, retryAfterMs: 1_000 },
  })
  expect(tries).toBe(6)
  expect(await count('rider_live_publish_failures_total')).toBe(7)
  expect(await count('rider_live_log_breaker_failures_in_row')).toBeGreaterThanOrEqual(3)
})

it('[PATH9] a retry that Kafka takes is an acknowledgement', async () => {
  let tries = 0
  const { producer, count } = producerOn(async () => {
    tries += 1
    if (tries === 1) throw new Error('the leader has moved')
    return []
  })
  await producer.send('points', [message('1')])
  expect(tries).toBe(2)
  expect(await count('rider_live_publish_failures_total')).toBe(0)
})

it('[PATH10] beyond what may wait, posts are refused at once, and taken again when there is room', async () => {
  const waiting: (() => void)[] = []
  let holds = true
  const { producer, count } = producerOn(() =>
    holds ? new Promise((resolve) => waiting.push(() => resolve([]))) : Promise.resolve([]),
  )
  const thousand = Array.from({ length: 1_000 }, (_, i) => message(String(i)))
  const taken = Array.from({ length: 50 }, () => producer.send('points', thousand))
  await expect(producer.send('points', thousand)).rejects.toMatchObject({ code: 'log_unavailable' })
  expect(await count('rider_live_publish_failures_total')).toBe(1)
  holds = false
  for (const answer of waiting) answer()
  await Promise.all(taken)
  await producer.send('points', thousand)
})

describe('while the breaker is open', () => {
  afterEach(() => vi.useRealTimers())

  /** Kafka as a whole: what it takes, and what its leaders answer. */
  async function opened() {
    vi.useFakeTimers()
    const kafka = { takes: false, answers: false, sends: 0, questions: 0, questionsAtOnce: 0 }
    let asking = 0
    const { producer } = producerOn(
      async () => {
        kafka.sends += 1
        if (!kafka.takes) throw new Error('no leader')
        return []
      },
      async () => {
        kafka.questions += 1
        asking += 1
        kafka.questionsAtOnce = Math.max(kafka.questionsAtOnce, asking)
        await new Promise((resolve) => setTimeout(resolve, 50))
        asking -= 1
        if (!kafka.answers) throw new Error('no leader')
      },
    )
    /** Answers what became of a post, and after how long. */
    const post = async () => {
      const startedMs = Date.now()
      const outcome = producer.send('points', [message('1')]).then(
        () => 'taken',
        (error) => `refused, again after ${error.retryAfterMs} ms`,
      )
      let answered: string | null = null
      outcome.then((what) => {
        answered = what
      })
      while (answered === null) await vi.advanceTimersByTimeAsync(1)
      return { answered: answered as string, tookMs: Date.now() - startedMs }
    }
    for (let i = 0; i < 3; i += 1) await post()
    return { kafka, post }
  }

  it('[CB2] the leaders are asked in the background, one question at a time; once they answer, the next post goes through', async () => {
    const { kafka, post } = await opened()
    const sendsBefore = kafka.sends
    for (let i = 0; i < 30; i += 1) {
      const { answered, tookMs } = await post()
      expect(answered).toBe('refused, again after 1000 ms')
      expect(tookMs).toBeLessThan(10)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(kafka.sends).toBe(sendsBefore)
    expect(kafka.questions).toBeGreaterThan(8)
    expect(kafka.questions).toBeLessThan(13)
    expect(kafka.questionsAtOnce).toBe(1)
    Object.assign(kafka, { takes: true, answers: true })
    // A question may have been under way; the next one comes 250 ms after its answer.
    await vi.advanceTimersByTimeAsync(50 + 250 + 50)
    expect((await post()).answered).toBe('taken')
    const { questions } = kafka
    await vi.advanceTimersByTimeAsync(10_000)
    expect(kafka.questions).toBe(questions)
  })

  it('[CB2] leaders that answer and yet take nothing are tried less and less often', async () => {
    const { kafka, post } = await opened()
    kafka.answers = true
    const sendsBefore = kafka.sends
    const untilMs = Date.now() + 60_000
    while (Date.now() < untilMs) {
      await post()
      await vi.advanceTimersByTimeAsync(100)
    }
    // Each trial is two sends.
    expect(kafka.sends - sendsBefore).toBeLessThan(2 * 25)
  })

  it('[CB2] where a leader never answers one post in five seconds is let through all the same', async () => {
    const { kafka, post } = await opened()
    kafka.takes = true
    await vi.advanceTimersByTimeAsync(4_000)
    expect((await post()).answered).toMatch('refused')
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await post()).answered).toBe('taken')
  })
})
