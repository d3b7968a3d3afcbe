import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, it } from 'vitest'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { problemSchema } from '#contracts/problem.ts'
import { type Snapshot, snapshotSchema } from '#contracts/snapshot.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { readTopics } from '../support/topic-reader.ts'

const DISPATCH = 'the-word-of-dispatch'
const TRIES = 5

type Instance = { app: RunningApp; api: Api }
let here: Instance
let there: Instance
let log: { broker: string; inKafka: (name: string) => string }

beforeAll(async () => {
  const broker = process.env[APP_KAFKA] ?? (await startBundledBroker()).address
  const prefix = `pin-${randomUUID()}.`
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

type Created = CreateDeliveryAnswer & { pin: string; wrong: string }

/** An order of a shop in Berlin, picked up; with a number that is not its PIN. */
async function pickedUp({ asksPin = true } = {}): Promise<Created> {
  const order = {
    store: { name: 'Bäckerei Krume', lat: 52.4996, lng: 13.4183 },
    destination: { name: 'Oranienstraße 7', lat: 52.5023, lng: 13.4291 },
    ...(asksPin && { pin: true }),
  }
  const answer = await here.api.call('/api/deliveries', { method: 'POST', token: DISPATCH, body: order })
  expect(answer.status).toBe(201)
  const created = createDeliveryAnswerSchema.parse(await answer.json())
  expect((await here.api.postStatus(created, 'picked_up')).status).toBe(200)
  const pin = created.customer.pin ?? ''
  return { ...created, pin, wrong: pin === '0000' ? '1111' : '0000' }
}

const path = ({ delivery }: CreateDeliveryAnswer, rest = '') => `/api/deliveries/${delivery.id}${rest}`
const deliver = (created: Created, pin?: string, { api } = here) =>
  api.postStatus(created, 'delivered', pin === undefined ? {} : { pin })
const asDispatch = (created: CreateDeliveryAnswer, body: object, { api } = here) =>
  api.call(path(created, '/status'), { method: 'POST', token: DISPATCH, body })

async function snapshot(created: CreateDeliveryAnswer, token: string, { api } = here): Promise<Snapshot> {
  return snapshotSchema.parse(await (await api.call(path(created), { token })).json())
}

async function refusalOf(answer: Response) {
  const { triesLeft, detail, ...more } = problemSchema.parse(await answer.json())
  expect(more).toMatchObject({ status: 409, code: 'wrong_pin', field: 'pin' })
  const retryAfterS = answer.headers.get('retry-after')
  return { triesLeft, detail, retryAfterS: retryAfterS === null ? null : Number(retryAfterS) }
}

it('[PIN1] four digits: in the answer and in the customer’s snapshot until the end, and nowhere else', async () => {
  const created = await pickedUp()
  const { pin } = created
  expect(pin).toMatch(/^\d{4}$/)
  const customer = connectCustomer(there.app.url, { token: created.customer.token })
  expect((await customer.greeted()).pin).toBe(pin)
  for (const instance of [here, there]) {
    expect((await snapshot(created, created.customer.token, instance)).pin).toBe(pin)
    for (const token of [created.rider.token, DISPATCH])
      expect(await snapshot(created, token, instance)).not.toHaveProperty('pin')
    // The rider knows that there is one to ask for.
    expect((await snapshot(created, created.rider.token, instance)).asksPin).toBe(true)
    for (const token of [created.customer.token, DISPATCH])
      expect(await snapshot(created, token, instance)).not.toHaveProperty('asksPin')
  }
  expect((await here.api.postLocations(created, [fixAt(created, 1)])).status).toBe(202)
  await deliver(created, created.wrong)
  expect((await deliver(created, pin)).status).toBe(200)
  await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the end, there' })
  for (const instance of [here, there])
    expect(await snapshot(created, created.customer.token, instance)).not.toHaveProperty('pin')
  expect(await snapshot(created, created.rider.token)).not.toHaveProperty('asksPin')

  const { records } = await readTopics(
    log.broker,
    ['delivery-location-updated', 'delivery-status-changed'].map(log.inKafka),
  )
  const mine = () => records.filter(({ message }) => message.key?.toString() === created.delivery.id)
  await pollUntil(() => mine().some(({ message }) => `${message.value}`.includes('"delivered"')), {
    withinMs: 20_000,
    what: 'the end in the log',
  })
  // Four digits stand in many a time: what is looked for is a value of their own.
  const told = new RegExp(`["\\s:=]${pin}["\\s,}]`)
  for (const { message } of mine())
    expect(`${message.value} ${JSON.stringify(message.headers)}`).not.toMatch(told)
  for (const { app } of [here, there]) {
    const lines = app
      .logs()
      .split('\n')
      .filter((line) => line.includes(created.delivery.id))
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).not.toMatch(told)
    expect(app.logs()).not.toMatch(/"pin"/)
    expect(await (await fetch(`${app.url}/metrics`)).text()).not.toMatch(/\bpin\b/)
  }
})

it('[PIN1] an order that asks for none has none, and is handed over without', async () => {
  const created = await pickedUp({ asksPin: false })
  expect(created.customer).not.toHaveProperty('pin')
  expect(await snapshot(created, created.customer.token)).not.toHaveProperty('pin')
  expect(await snapshot(created, created.rider.token)).not.toHaveProperty('asksPin')
  expect((await deliver(created, '1234')).status).toBe(200)
})

it('[PIN2] missing or wrong is 409 with the tries that are left; then the right one hands over', async () => {
  const created = await pickedUp()
  for (const _ of [1, 2])
    expect(await refusalOf(await deliver(created))).toMatchObject({ triesLeft: TRIES, retryAfterS: null })
  expect(await refusalOf(await deliver(created, created.wrong))).toMatchObject({ triesLeft: 4 })
  for (const odd of ['', 'abcd', `${created.pin} `, '\u0000'])
    expect((await refusalOf(await deliver(created, odd, there))).triesLeft).toBeLessThan(4)
  await expectProblem(
    await here.api.postStatus(created, 'delivered', { pin: Number(created.pin) }),
    400,
    'invalid_body',
  )
  expect((await snapshot(created, created.rider.token)).delivery.status).toBe('picked_up')
})

it('[PIN2] the end is the end: the same again is 410, and no PIN is asked', async () => {
  const created = await pickedUp()
  expect((await deliver(created, created.pin)).status).toBe(200)
  await expectProblem(await deliver(created, created.pin), 410, 'delivery_ended')
  await expectProblem(await deliver(created, created.wrong), 410, 'delivery_ended')
})

it('[PIN2] the way before comes first: what cannot be delivered yet asks for no PIN', async () => {
  const order = {
    store: { name: 'A', lat: 52.5, lng: 13.4 },
    destination: { name: 'B', lat: 52.51, lng: 13.41 },
  }
  const answer = await here.api.call('/api/deliveries', {
    method: 'POST',
    token: DISPATCH,
    body: { ...order, pin: true },
  })
  const created = createDeliveryAnswerSchema.parse(await answer.json())
  await expectProblem(await here.api.postStatus(created, 'delivered'), 409, 'illegal_transition')
})

it('[PIN2] dispatch hands over without', async () => {
  const created = await pickedUp()
  expect((await asDispatch(created, { status: 'delivered' })).status).toBe(200)
})

it('[PIN3] fifty wrong ones at once on two instances: five tries, then a rest that holds for the right one, too', async () => {
  const created = await pickedUp()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => deliver(created, created.wrong, n % 2 === 0 ? here : there)),
  )
  // A database that is kept waiting by all else on this machine may answer too late: then it has counted all the same.
  const refusals = await Promise.all(answers.filter(({ status }) => status !== 503).map(refusalOf))
  const compared = refusals.flatMap(({ triesLeft = 0 }) => (triesLeft > 0 ? [triesLeft] : []))
  expect(compared.toSorted()).toEqual([...new Set(compared)].toSorted())
  for (const triesLeft of compared) expect([1, 2, 3, 4]).toContain(triesLeft)
  expect(refusals.length).toBeGreaterThan(compared.length)
  for (const { triesLeft, retryAfterS } of refusals)
    if (triesLeft === 0) {
      expect(retryAfterS).toBeGreaterThan(200)
      expect(retryAfterS).toBeLessThanOrEqual(300)
    } else expect(retryAfterS).toBeNull()
  for (const instance of [here, there])
    expect(await refusalOf(await deliver(created, created.pin, instance))).toMatchObject({ triesLeft: 0 })
  expect((await snapshot(created, created.rider.token)).delivery.status).toBe('picked_up')
})

it('[FAIL1] it fails after pick-up only, and says why in a bounded line', async () => {
  const order = {
    store: { name: 'A', lat: 52.5, lng: 13.4 },
    destination: { name: 'B', lat: 52.51, lng: 13.41 },
  }
  const answer = await here.api.call('/api/deliveries', { method: 'POST', token: DISPATCH, body: order })
  const created = createDeliveryAnswerSchema.parse(await answer.json())
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
    const created = await pickedUp({ asksPin: false })
    const customer = connectCustomer(there.app.url, { token: created.customer.token })
    await customer.greeted()
    expect((await here.api.postStatus(created, end, { reason })).status).toBe(200)
    await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the end, there' })
    expect(customer.statuses.map(({ status }) => status)).toEqual([end])
    expect(JSON.stringify([customer.snapshots, customer.statuses])).not.toContain(reason)
    for (const instance of [here, there]) {
      for (const token of [created.rider.token, DISPATCH])
        expect((await snapshot(created, token, instance)).delivery).toMatchObject({ status: end, reason })
      const listed = await instance.api.call('/api/deliveries?state=ended', { token: DISPATCH })
      expect(await listed.text()).toContain(reason)
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
