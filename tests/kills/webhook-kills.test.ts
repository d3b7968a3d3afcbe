import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listWebhooksAnswerSchema } from '#contracts/webhook.ts'
import { createApi } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startWebhookReceiver, WEBHOOK_SECRET } from '../support/webhook-receiver.ts'

const ROUNDS = Number(process.env.WEBHOOK_KILL_ROUNDS ?? 20)
const TYPES = ['delivery.created', 'delivery.picked_up', 'delivery.delivered']

it(`[HOOK10] ${ROUNDS} times kill -9 between a status and its webhook: each event arrives, in order, and is marked once`, async () => {
  const receiver = await startWebhookReceiver()
  const options = {
    dataDir: tempDir(),
    env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRET },
  }
  const ids: string[] = []
  let app = await startApp(options)
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
  expect(receiver.faults).toEqual([])
  console.log({ events: ids.length * TYPES.length, requests: receiver.received.length })
})
