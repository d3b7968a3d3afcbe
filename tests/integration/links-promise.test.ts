import { describe, expect, it } from 'vitest'
import { type CreateDeliveryAnswer, replaceLinkAnswerSchema } from '#contracts/http.ts'
import { linkReplacedEventSchema } from '#contracts/topics.ts'
import { createApi, expectProblem } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { childrenOf, isRunning } from '../support/child-processes.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readTopics } from '../support/topic-reader.ts'

const TOPIC = 'delivery-links-replaced'

async function replaceCustomersLink(app: RunningApp, { delivery, rider }: CreateDeliveryAnswer) {
  const answer = await createApi(app.url).replaceLink(delivery.id, 'customer', rider.token)
  expect(answer.status).toBe(201)
  return replaceLinkAnswerSchema.parse(await answer.json())
}

async function expectOnlyTheNewOne(app: RunningApp, created: CreateDeliveryAnswer, newToken: string) {
  const { call } = createApi(app.url)
  const path = `/api/deliveries/${created.delivery.id}`
  await expectProblem(await call(path, { token: created.customer.token }), 401, 'unauthenticated')
  const old = connectCustomer(app.url, { token: created.customer.token })
  await pollUntil(() => old.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
  expect(old.refusals).toEqual(['unauthenticated'])
  await connectCustomer(app.url, { token: newToken }).greeted()
}

it('[LINK11] a restart keeps it', async () => {
  const first = await startApp()
  const created = await createApi(first.url).createDelivery()
  const { token } = await replaceCustomersLink(first, created)
  await first.stop()
  await expectOnlyTheNewOne(await startApp({ dataDir: first.dataDir }), created, token)
})

/** The broker is our own child here: it can be frozen. */
describe.skipIf(process.env[APP_KAFKA])('[LINK12] a link whose replacement was answered with 201', () => {
  it('has stopped at once, though Kafka is away', async () => {
    const app = await startApp()
    const created = await createApi(app.url).createDelivery()
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const [broker] = childrenOf(app.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    process.kill(broker, 'SIGSTOP')
    try {
      const started = performance.now()
      // Who waited for Kafka would wait for as long as it is away.
      const { token } = await replaceCustomersLink(app, created)
      expect(performance.now() - started).toBeLessThan(10_000)
      await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
      expect(customer.closings).toEqual([{ code: 'unauthenticated' }])
      await expectOnlyTheNewOne(app, created, token)
    } finally {
      process.kill(broker, 'SIGCONT')
    }
  })

  it('is told to the others by the next start, though the process was killed right after the answer', async () => {
    const first = await startApp()
    const created = await createApi(first.url).createDelivery()
    const [broker] = childrenOf(first.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    // Nothing reaches Kafka any more: what the answer promises is in the outbox alone.
    process.kill(broker, 'SIGSTOP')
    const { token } = await replaceCustomersLink(first, created)
    await first.kill9()
    process.kill(broker, 'SIGKILL')
    await pollUntil(() => !isRunning(broker), { withinMs: 20_000, what: 'the end of the broker' })

    const second = await startApp({ dataDir: first.dataDir })
    const { records } = await readTopics(second.broker, [second.inKafka(TOPIC)])
    const told = () => records.filter(({ message }) => message.key?.toString() === created.delivery.id)
    await pollUntil(() => told().length > 0, { withinMs: 30_000, what: 'the replacement in the topic' })
    const event = linkReplacedEventSchema.parse(JSON.parse(told()[0]?.message.value?.toString() ?? ''))
    expect(event).toMatchObject({ deliveryId: created.delivery.id, role: 'customer', version: 2 })
    await expectOnlyTheNewOne(second, created, token)
  })
})
