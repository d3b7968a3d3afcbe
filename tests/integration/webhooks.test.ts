import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Webhook as Verifier } from 'standardwebhooks'
import { beforeAll, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { listWebhooksAnswerSchema } from '#contracts/webhook.ts'
import { noteEndpoints, noteTaken, noteWebhooks, takeDueWebhooks } from '#server/db/webhook-messages.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { newDelivery, openTestDatabase, storeDelivery } from '../support/database.ts'
import { BERLIN, BERLIN_SECRETS } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'
import { tempDir } from '../support/temp-dir.ts'
import { aWayOff, MINUTE_MS, movedBy, north } from '../support/watched-ride.ts'
import { startWebhookReceiver, WEBHOOK_SECRET, type WebhookReceiver } from '../support/webhook-receiver.ts'

const NEXT_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
const WHOLE_RIDE = ['delivery.created', 'delivery.picked_up', 'delivery.arriving', 'delivery.delivered']
const SOON = { withinMs: 60_000 }

const CLOCK_FILE = join(tempDir(), 'clock')

let receiver: WebhookReceiver
let other: WebhookReceiver
let app: RunningApp
let api: Api

beforeAll(async () => {
  receiver = await startWebhookReceiver()
  other = await startWebhookReceiver()
  app = await startApp({
    env: {
      WEBHOOK_URL: `${receiver.url},${other.url}`,
      WEBHOOK_SECRET: `${NEXT_SECRET},${WEBHOOK_SECRET}`,
      ...movedBy(CLOCK_FILE),
    },
  })
  api = createApi(app.url)
})

const toldOf = async (deliveryId: string) => {
  const answer = await api.call(`/api/deliveries/${deliveryId}/webhooks`)
  return listWebhooksAnswerSchema.parse(await answer.json()).webhooks
}
const takenAll = (by: WebhookReceiver, deliveryId: string, types: string[]) =>
  pollUntil(() => by.taken(deliveryId).length >= types.length, {
    ...SOON,
    what: `${types} at the receiver, which has ${by.taken(deliveryId)}`,
  }).then(() => expect(by.taken(deliveryId)).toEqual(types))

async function ride(order: object = {}) {
  const created = await api.createDelivery({
    store: BERLIN.store,
    destination: BERLIN.destination,
    ...order,
  })
  await api.postStatus(created, 'picked_up')
  const { lat, lng } = created.delivery.destination
  await api.postLocations(created, [fixAt(created, 1, { lat, lng })])
  await pollUntil(
    async () => (await api.snapshotOf(created, created.rider.token)).delivery.status === 'arriving',
    { ...SOON, what: 'arriving' },
  )
  const { pin } = created.customer
  expect((await api.postStatus(created, 'delivered', pin ? { pin } : {})).status).toBe(200)
  return created
}

it('[HOOK1] [HOOK2] each status is told in order, signed with both secrets; [HOOK3] no phone, note, PIN or token in it', async () => {
  const created = await ride({ ...BERLIN, externalId: 'hook-1', pin: true })
  const { id } = created.delivery
  await takenAll(receiver, id, WHOLE_RIDE)
  await takenAll(other, id, WHOLE_RIDE)
  const ofStatus = ({ webhook }: WebhookReceiver['received'][number]) =>
    webhook.data.delivery.id === id && WHOLE_RIDE.includes(webhook.type)
  const mine = receiver.received.filter(ofStatus)
  expect(mine.map(({ webhook }) => webhook.data.delivery)).toMatchObject(
    ['accepted', 'picked_up', 'arriving', 'delivered'].map((status) => ({ status, externalId: 'hook-1' })),
  )
  // The same event has the same id at each receiver.
  expect(mine.map((one) => one.id)).toEqual(other.received.filter(ofStatus).map((one) => one.id))
  const [first] = mine
  if (!first) throw new Error('nothing was received')
  for (const { body, headers, webhook } of mine) {
    for (const secret of [WEBHOOK_SECRET, NEXT_SECRET]) new Verifier(secret).verify(body, headers)
    const { statusAtMs } = webhook.data.delivery
    expect(Date.parse(webhook.timestamp)).toBe(statusAtMs)
    const digits = JSON.stringify([body, headers]).replaceAll(/[^\da-zA-Z]/g, '')
    for (const secret of BERLIN_SECRETS) expect(digits).not.toContain(secret)
    for (const secret of [created.rider.token, created.customer.token, BERLIN.note])
      expect(body).not.toContain(secret)
    expect(body).not.toContain('"pin"')
  }
  const { body, headers } = first
  const verifier = new Verifier(WEBHOOK_SECRET)
  expect(() => verifier.verify(body.replace('accepted', 'delivered'), headers)).toThrow('No matching')
  expect(() => verifier.verify(body, { ...headers, 'webhook-id': 'msg_other' })).toThrow('No matching')
  const old = String(Number(headers['webhook-timestamp']) - 600)
  expect(() => verifier.verify(body, { ...headers, 'webhook-timestamp': old })).toThrow('too old')
  const stranger = new Verifier(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
  expect(() => stranger.verify(body, headers)).toThrow('No matching')

  // [HOOK8] Dispatch reads what was sent, and sends it again, under the same id.
  const told = await pollUntil(
    async () => {
      const list = await toldOf(id)
      return list.every(({ state }) => state === 'sent') ? list : null
    },
    { ...SOON, what: 'all noted as sent' },
  )
  expect(told.filter(({ type }) => WHOLE_RIDE.includes(type))).toHaveLength(8)
  expect(told[0]).toMatchObject({ attempts: 1, lastAnswer: '204', nextAttemptAtMs: null })
  expect(JSON.stringify(told)).not.toContain('hush-hush')
  const path = `/api/deliveries/${id}/webhooks`
  const again = await api.call(path, { method: 'POST', body: { id: first.id } })
  expect(again.status).toBe(202)
  await pollUntil(() => receiver.received.filter((one) => one.id === first.id).length === 2, {
    ...SOON,
    what: 'it once more',
  })
  await expectProblem(await api.call(path, { method: 'POST', body: { id: 'msg_none' } }), 404, 'not_found')
  await expectProblem(await api.call(path, { method: 'POST', body: {} }), 400, 'invalid_body')
  await expectProblem(await api.call('/api/deliveries/none/webhooks'), 404, 'not_found')

  // [HOOK9] With the delivery goes what was told of it.
  expect((await api.call(`/api/deliveries/${id}`, { method: 'DELETE' })).status).toBe(204)
  await expectProblem(await api.call(path), 404, 'not_found')
  expect([...receiver.faults, ...other.faults]).toEqual([])
})

it('[HOOK4] a receiver that was down gets each event once it is back, in order, with its id; [HOOK5] the other is not held up', async () => {
  await receiver.close()
  const rides = await Promise.all(Array.from({ length: 8 }, (_, n) => ride({ externalId: `down-${n}` })))
  for (const { delivery } of rides) await takenAll(other, delivery.id, WHOLE_RIDE)
  const waiting = async () => (await readMetric(app.url, 'rider_live_webhooks_waiting', '')) ?? 0
  await pollUntil(async () => (await waiting()) >= 8 * 4, {
    ...SOON,
    what: 'all waiting',
  })
  // Slow to recover, as servers are: the first answer asks for more time.
  const back = await startWebhookReceiver(receiver.port)
  back.answer = () =>
    back.received.length < 3 ? { status: 503, headers: { 'retry-after': '1' } } : { status: 200 }
  for (const { delivery } of rides) await takenAll(back, delivery.id, WHOLE_RIDE)
  const ids = (by: WebhookReceiver) =>
    new Set(
      by.received.flatMap(({ id, webhook: { type, data } }) =>
        WHOLE_RIDE.includes(type) && rides.some(({ delivery }) => delivery.id === data.delivery.id)
          ? [id]
          : [],
      ),
    )
  expect(ids(back)).toEqual(ids(other))
  expect(back.faults).toEqual([])
  // Each was taken once.
  const taken = back.received.filter(
    ({ answered, webhook }) => answered === 200 && WHOLE_RIDE.includes(webhook.type),
  )
  expect(taken).toHaveLength(8 * 4)

  // [HOOK6] 410: it is switched off, as is said; what is sent again and taken switches it on.
  back.answer = () => ({ status: 410 })
  const { delivery } = await ride()
  await takenAll(other, delivery.id, WHOLE_RIDE)
  const state = async () => (await toldOf(delivery.id)).filter(({ host }) => host.endsWith(`:${back.port}`))
  await pollUntil(async () => (await state()).every((each) => each.state === 'off'), { ...SOON, what: 'off' })
  expect(await (await api.call('/readyz')).json()).toMatchObject({ ready: true, webhooks: 'unavailable' })
  expect(await readMetric(app.url, 'rider_live_webhook_receivers_off', '')).toBe(1)
  expect(app.logs()).toContain('answered 410')
  expect(app.logs()).not.toContain('hush-hush')
  back.answer = () => ({ status: 200 })
  const [first] = await state()
  const path = `/api/deliveries/${delivery.id}/webhooks`
  await api.call(path, { method: 'POST', body: { id: first?.id } })
  await takenAll(back, delivery.id, WHOLE_RIDE)
  expect(await (await api.call('/readyz')).json()).toMatchObject({ webhooks: 'ok' })
})

it('[HOOK13] [HOOK14] [HOOK15] late, near, silent and back are told once each, silent and back as often as it happens', async () => {
  writeFileSync(CLOCK_FILE, '0')
  const created = await api.createDelivery(aWayOff())
  const { id } = created.delivery
  const noticed = (...types: string[]) =>
    pollUntil(() => other.noticed(id).length >= types.length, {
      ...SOON,
      what: `${types} at the receiver, which has ${other.noticed(id)}`,
    }).then(() => expect(other.noticed(id)).toEqual(types))
  await noticed('delivery.late')
  await api.postStatus(created, 'picked_up')
  const answer = await api.postLocations(created, [
    north(created, 1, 0.0144, { recordedAtMs: Date.now() - 2_000 }),
    // Nobody rides a kilometre in a second; and a reading that may be 1.5 km off is not known to be near.
    north(created, 2, 0.005, { recordedAtMs: Date.now() - 1_000 }),
    north(created, 3, 0.0081, { accuracyM: 1_500 }),
  ])
  expect(answer.status).toBe(202)

  writeFileSync(CLOCK_FILE, String(MINUTE_MS))
  await noticed('delivery.late', 'delivery.silent')
  await api.postLocations(created, [
    north(created, 4, 0.0081, { recordedAtMs: Date.now() + MINUTE_MS - 1_000 }),
  ])
  await noticed('delivery.late', 'delivery.silent', 'delivery.near', 'delivery.back')
  writeFileSync(CLOCK_FILE, String(2 * MINUTE_MS))
  const once = ['delivery.late', 'delivery.silent', 'delivery.near', 'delivery.back']
  await noticed(...once, 'delivery.silent')
  await api.postStatus(created, 'delivered')
  await takenAll(other, id, ['delivery.created', 'delivery.picked_up', 'delivery.delivered'])
  const all = ['delivery.created', 'delivery.late', 'delivery.picked_up', 'delivery.silent', 'delivery.near']
  expect(other.takenAll(id)).toEqual([...all, 'delivery.back', 'delivery.silent', 'delivery.delivered'])
  const near = other.received.find(
    ({ webhook }) => webhook.type === 'delivery.near' && webhook.data.delivery.id === id,
  )
  expect(near?.webhook.data.delivery).toMatchObject({ status: 'picked_up', lastLocation: { seq: 4 } })
  expect(other.faults).toEqual([])
})

it('[HOOK1] a cancelled and a failed delivery are told as such, with the reason', async () => {
  const cancelled = await api.createDelivery(aWayOff())
  await api.postStatus(cancelled, 'cancelled', { reason: 'Sold out' })
  await takenAll(other, cancelled.delivery.id, ['delivery.created', 'delivery.cancelled'])
  const failed = await api.createDelivery(aWayOff())
  await api.postStatus(failed, 'picked_up')
  await api.postStatus(failed, 'failed', { reason: 'Nobody opens the door' })
  await takenAll(other, failed.delivery.id, ['delivery.created', 'delivery.picked_up', 'delivery.failed'])
  const last = (created: CreateDeliveryAnswer) =>
    other.received.findLast(({ webhook }) => webhook.data.delivery.id === created.delivery.id)?.webhook.data
      .delivery
  expect(last(cancelled)).toMatchObject({ status: 'cancelled', reason: 'Sold out' })
  expect(last(failed)).toMatchObject({ status: 'failed', reason: 'Nobody opens the door' })
})

it('[HOOK11] several instances share what is to be sent: each is handed out once, and of a delivery only the first that waits', async () => {
  const { db } = await openTestDatabase()
  await noteEndpoints(db, ['a'], 0)
  const types = ['delivery.created', 'delivery.picked_up', 'delivery.delivered'] as const
  for (let n = 0; n < 20; n += 1) {
    const { id: deliveryId } = (await storeDelivery(db, newDelivery())).delivery
    const events = types.map((type) => ({
      ...{ eventId: `msg_${n}_${type}`, deliveryId, type, body: '{}', atMs: 1 },
    }))
    // As the log brings it again.
    for (let times = 0; times < 2; times += 1) await noteWebhooks(db, events, ['a'])
  }
  for (const type of types) {
    const taken = await Promise.all(
      Array.from({ length: 6 }, () => takeDueWebhooks(db, { endpoint: 'a', limit: 7, leaseMs: 60_000 })),
    )
    taken.push(await takeDueWebhooks(db, { endpoint: 'a', limit: 99, leaseMs: 60_000 }))
    const all = taken.flat()
    expect(new Set(all.map(({ id }) => id)).size).toBe(20)
    expect(all.map((each) => each.type)).toEqual(Array.from({ length: 20 }, () => type))
    await Promise.all(all.map((due) => noteTaken(db, due, '200')))
  }
  expect(await takeDueWebhooks(db, { endpoint: 'a', limit: 99, leaseMs: 60_000 })).toEqual([])
})
