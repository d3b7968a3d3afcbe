import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, inject, it } from 'vitest'
import { listWebhooksAnswerSchema } from '#contracts/webhook.ts'
import { createApi } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { startBroker } from '../support/broker.ts'
import { BERLIN } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { readMetric } from '../support/read-metric.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startWebhookReceiver, WEBHOOK_SECRET } from '../support/webhook-receiver.ts'

const ROUNDS = Number(process.env.WEBHOOK_KILL_ROUNDS ?? 20)
const TYPES = ['delivery.created', 'delivery.picked_up', 'delivery.delivered']

it(`[HOOK10] [HOOK14] ${ROUNDS} times kill -9 between a status and its webhook: each event arrives, in order, and is marked once`, async () => {
  const receiver = await startWebhookReceiver()
  const options = {
    dataDir: tempDir(),
    env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET },
  }
  const ids: string[] = []
  let app = await startApp(options)
  // Its promise passes while nothing runs.
  const { store, destination } = BERLIN
  const late = await createApi(app.url).createDelivery({
    store,
    destination,
    promisedAtMs: Date.now() + 1_000,
  })
  for (let round = 0; round < ROUNDS; round += 1) {
    const api = createApi(app.url)
    const created = await api.createDelivery()
    ids.push(created.delivery.id)
    for (const status of ['picked_up', 'delivered'])
      expect((await api.postStatus(created, status)).status).toBe(200)
    // Not a wait for something: the moment of the kill is what is varied, from before the record is read to after the answer.
    await delay(round * 15)
    await app.kill9()
    app = await startApp(options)
  }
  await pollUntil(() => ids.every((id) => receiver.taken(id).length >= TYPES.length), {
    withinMs: 120_000,
    what: 'each event at the receiver',
  })
  await pollUntil(async () => (await readMetric(app.url, 'rider_live_webhooks_waiting')) === 0, {
    withinMs: 120_000,
    what: 'nothing waiting',
  })
  for (const id of ids) {
    expect(receiver.taken(id)).toEqual(TYPES)
    const answer = await createApi(app.url).call(`/api/deliveries/${id}/webhooks`)
    const { webhooks } = listWebhooksAnswerSchema.parse(await answer.json())
    expect(webhooks.map(({ type, state }) => `${type} ${state}`)).toEqual(TYPES.map((type) => `${type} sent`))
  }
  await pollUntil(() => receiver.noticed(late.delivery.id).length > 0, { withinMs: 60_000, what: 'late' })
  expect(receiver.noticed(late.delivery.id)).toEqual(['delivery.late'])
  expect(receiver.faults).toEqual([])
  console.log({ events: ids.length * TYPES.length, requests: receiver.received.length })
})

it('[HOOK10] a process that is killed after a receiver has had an event and before it was noted sends it once more, with the same id', async () => {
  const receiver = await startWebhookReceiver()
  const options = { dataDir: tempDir(), env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET } }
  const first = await startApp(options)
  let release = () => {}
  // It has taken the event, and its answer stays away.
  receiver.hold = new Promise((resolve) => {
    release = resolve
  })
  const { delivery } = await createApi(first.url).createDelivery()
  await pollUntil(() => receiver.received.length === 1, { withinMs: 30_000, what: 'the event' })
  await first.kill9()
  receiver.hold = null
  release()
  const second = await startApp(options)
  // Its lease has to be over: another instance might be at it.
  await pollUntil(() => receiver.received.length === 2, { withinMs: 90_000, what: 'the event once more' })
  const [once, again] = receiver.received
  expect(again).toMatchObject({ id: once?.id, body: once?.body })
  await pollUntil(async () => (await readMetric(second.url, 'rider_live_webhooks_waiting')) === 0, {
    withinMs: 30_000,
    what: 'it marked as sent',
  })
  const answer = await createApi(second.url).call(`/api/deliveries/${delivery.id}/webhooks`)
  const { webhooks } = listWebhooksAnswerSchema.parse(await answer.json())
  expect(webhooks).toMatchObject([{ state: 'sent', attempts: 2 }])
})

const DOWN_SECONDS = Number(process.env.WEBHOOK_DOWN_SECONDS ?? 300)

it(`[HOOK4] [HOOK11] a receiver that is down for ${DOWN_SECONDS} s under 50 deliveries, while one instance becomes three and one again, gets each event, in order`, {
  timeout: (DOWN_SECONDS + 300) * 1_000,
}, async () => {
  const shop = await startWebhookReceiver()
  const env = {
    KAFKA_BROKERS: (await startBroker()).address,
    KAFKA_PREFIX: `down-${randomUUID()}.`,
    DATABASE_URL: (await freshDatabase(inject('postgresUrl'))).url,
    TOKEN_SECRET: 'the same for all instances, so that links open on each',
    WEBHOOK_URL: shop.url,
    WEBHOOK_SECRET,
  }
  const app = await startApp({ env })
  const api = createApi(app.url)
  await shop.close()
  const startedAtMs = Date.now()
  const secondsLeft = () => DOWN_SECONDS - (Date.now() - startedAtMs) / 1_000
  const more = delay(DOWN_SECONDS * 70).then(() => Promise.all([startApp({ env }), startApp({ env })]))
  const ids: string[] = []
  for (let left = 50; left > 0; left -= 1) {
    const created = await api.createDelivery()
    ids.push(created.delivery.id)
    for (const status of ['picked_up', 'delivered'])
      expect((await api.postStatus(created, status)).status).toBe(200)
    await delay(Math.max(0, (secondsLeft() * 800) / left))
  }
  await Promise.all((await more).map((each) => each.stop()))
  await delay(Math.max(0, secondsLeft() * 1_000))
  const back = await startWebhookReceiver(shop.port)
  const backAtMs = Date.now()
  // The longest wait of so long an outage is five minutes; whichever is tried first shows that it is back.
  await pollUntil(() => ids.every((id) => back.taken(id).length >= TYPES.length), {
    withinMs: 200_000,
    what: 'each event',
  })
  console.log({ afterBackMs: Date.now() - backAtMs, requests: back.received.length })
  for (const id of ids) expect(back.taken(id)).toEqual(TYPES)
  expect(back.faults).toEqual([])
})
