import { describe, expect, it } from 'vitest'
import { createApi } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { childrenOf, isRunning } from '../support/child-processes.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readTopics } from '../support/topic-reader.ts'

/** The broker is our own child here: it can be frozen. */
describe.skipIf(process.env[APP_KAFKA])('[PATH6] a status answered with 200', () => {
  it('is told once Kafka is back, though Kafka was away when it was answered', async () => {
    const app = await startApp()
    const api = createApi(app.url)
    const created = await api.createDelivery()
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const [broker] = childrenOf(app.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    process.kill(broker, 'SIGSTOP')
    try {
      const started = performance.now()
      // Who waited for Kafka would wait for as long as it is away.
      expect((await api.postStatus(created, 'picked_up')).status).toBe(200)
      expect(performance.now() - started).toBeLessThan(10_000)
    } finally {
      process.kill(broker, 'SIGCONT')
    }
    await pollUntil(() => customer.statuses.length > 0, {
      withinMs: 30_000,
      what: 'the status at the customer',
    })
    expect(customer.statuses.map(({ status }) => status)).toEqual(['picked_up'])
  })

  it('is told by the next start, though the process was killed right after the answer', async () => {
    const first = await startApp()
    const created = await createApi(first.url).createDelivery()
    const [broker] = childrenOf(first.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    // Nothing reaches Kafka any more: what the answer promises is in the outbox alone.
    process.kill(broker, 'SIGSTOP')
    expect((await createApi(first.url).postStatus(created, 'picked_up')).status).toBe(200)
    await first.kill9()
    process.kill(broker, 'SIGKILL')
    await pollUntil(() => !isRunning(broker), { withinMs: 20_000, what: 'the end of the broker' })

    const second = await startApp({ dataDir: first.dataDir })
    // Whoever did not make the change hears of it from the log: it is there, by this delivery's key.
    const { records } = await readTopics(second.broker, [second.inKafka('delivery-status-changed')])
    const told = () => records.filter(({ message }) => message.key?.toString() === created.delivery.id)
    await pollUntil(() => told().length > 1, { withinMs: 30_000, what: 'the status in the topic' })
    expect(JSON.parse(told().at(-1)?.message.value?.toString() ?? '')).toMatchObject({ status: 'picked_up' })
    const customer = connectCustomer(second.url, { token: created.customer.token })
    expect(await customer.greeted()).toMatchObject({ delivery: { status: 'picked_up' } })
  })
})
