import type { ProducerBatch, RecordMetadata } from 'kafkajs'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { GatheringProducer } from '#server/kafka/gathering-producer.ts'
import { createPublishPolicy } from '#server/kafka/publish-policy.ts'
import { createMetrics } from '#server/metrics.ts'

/** The broker is a function here: it takes a batch, fails, or never answers. Everything else is the real part. */
function producerOn(sendBatch: (batch: ProducerBatch) => Promise<RecordMetadata[]>) {
  const metrics = createMetrics('test')
  const { policy } = createPublishPolicy(pino({ level: 'silent' }), metrics)
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

it('[PATH9] while a batch is on its way the next one grows until the answer comes', async () => {
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
  answer()
  await Promise.all([first, later])
  expect(batches.map(valuesOf)).toEqual([[['points', '1']], [['points', '2', '3', '4']]])
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
