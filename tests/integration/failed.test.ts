import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, it } from 'vitest'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { type Snapshot, snapshotSchema } from '#contracts/snapshot.ts'
import { type Api, createApi, expectProblem } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { startBroker } from '../support/broker.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { readTopics } from '../support/topic-reader.ts'

const DISPATCH = 'the-word-of-dispatch'

type Instance = { app: RunningApp; api: Api }
let here: Instance
let there: Instance
let log: { broker: string; inKafka: (name: string) => string }

beforeAll(async () => {
  const broker = process.env[APP_KAFKA] ?? (await startBroker()).address
  const prefix = `failed-${randomUUID()}.`
  const env = {
    KAFKA_BROKERS: broker,
    KAFKA_PREFIX: prefix,
    DATABASE_URL: (await freshDatabase(inject('postgresUrl'))).url,
    DEMO: '0',
    DISPATCH_TOKEN: DISPATCH,
    TOKEN_SECRET: 'the same for both instances, so that links open on either',
    LOG_LEVEL: 'trace',
  }
  log = { broker, inKafka: (name) => prefix + name }
  const [first, second] = await Promise.all([startApp({ env }), startApp({ env })])
  here = { app: first, api: createApi(first.url) }
  there = { app: second, api: createApi(second.url) }
})

async function create(): Promise<CreateDeliveryAnswer> {
  const answer = await here.api.call('/api/deliveries', { method: 'POST', token: DISPATCH })
  expect(answer.status).toBe(201)
  return createDeliveryAnswerSchema.parse(await answer.json())
}

async function pickedUp(): Promise<CreateDeliveryAnswer> {
  const created = await create()
  expect((await here.api.postStatus(created, 'picked_up')).status).toBe(200)
  return created
}

const path = ({ delivery }: CreateDeliveryAnswer, rest = '') => `/api/deliveries/${delivery.id}${rest}`
const asDispatch = (created: CreateDeliveryAnswer, body: object, { api } = here) =>
  api.call(path(created, '/status'), { method: 'POST', token: DISPATCH, body })

async function snapshot(created: CreateDeliveryAnswer, token: string, { api } = here): Promise<Snapshot> {
  return snapshotSchema.parse(await (await api.call(path(created), { token })).json())
}

it('[FAIL1] it fails after pick-up only, and says why in a bounded line', async () => {
  const created = await create()
  const failed = (more: object = {}) => here.api.postStatus(created, 'failed', more)
  await expectProblem(await failed({ reason: 'too early' }), 409, 'illegal_transition')
  expect((await here.api.postStatus(created, 'picked_up')).status).toBe(200)
  for (const reason of ['', '   ', 'x'.repeat(301), 'two\nlines', 'a\u0000b', 7, null])
    expect(await expectProblem(await failed({ reason }), 400, 'invalid_body')).toMatchObject({
      field: 'reason',
    })
  expect(
    await expectProblem(
      await here.api.postStatus(created, 'delivered', { reason: 'why' }),
      400,
      'invalid_body',
    ),
  ).toMatchObject({ field: 'reason' })
  const done = await failed({ reason: 'x'.repeat(300) })
  expect([done.status, await done.json()]).toEqual([200, { status: 'failed' }])
  await expectProblem(await failed(), 410, 'delivery_ended')
})

it.each(['failed', 'cancelled'])(
  '[FAIL2] why it %s: for the rider and dispatch, on every instance, and for no one else',
  async (end) => {
    const reason = `Nobody opens: ${randomUUID()}`
    const created = await pickedUp()
    const customer = connectCustomer(there.app.url, { token: created.customer.token })
    await customer.greeted()
    expect((await here.api.postStatus(created, end, { reason })).status).toBe(200)
    await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the end, there' })
    expect(customer.statuses.map(({ status }) => status)).toEqual([end])
    expect(JSON.stringify([customer.snapshots, customer.statuses])).not.toContain(reason)
    for (const instance of [here, there]) {
      expect((await snapshot(created, created.rider.token, instance)).delivery).toMatchObject({
        status: end,
        reason,
      })
      const seen = await snapshot(created, created.customer.token, instance)
      expect(seen.delivery.status).toBe(end)
      expect(seen.delivery).not.toHaveProperty('reason')
    }
    const { records } = await readTopics(log.broker, [log.inKafka('delivery-status-changed')])
    const mine = () => records.filter(({ message }) => message.key?.toString() === created.delivery.id)
    await pollUntil(() => mine().some(({ message }) => `${message.value}`.includes(`"${end}"`)), {
      withinMs: 20_000,
      what: 'the end in the log',
    })
    for (const { message } of mine()) expect(`${message.value}`).not.toContain(reason)
    for (const { app } of [here, there]) expect(app.logs()).not.toContain(reason)
  },
)

it('[FAIL3] dispatch changes the status of any delivery; a customer of none', async () => {
  const created = await pickedUp()
  await expectProblem(
    await here.api.call(path(created, '/status'), {
      method: 'POST',
      token: created.customer.token,
      body: { status: 'cancelled' },
    }),
    403,
    'forbidden',
  )
  await expectProblem(await asDispatch(created, { status: 'arriving' }), 409, 'illegal_transition')
  const done = await asDispatch(created, { status: 'cancelled', reason: 'The shop is closed' }, there)
  expect([done.status, await done.json()]).toEqual([200, { status: 'cancelled' }])
  await expectProblem(await asDispatch(created, { status: 'cancelled' }), 410, 'delivery_ended')
})
