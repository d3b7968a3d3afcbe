import { randomInt, randomUUID } from 'node:crypto'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { gpx } from '@tmcw/togeojson'
import { DOMParser } from '@xmldom/xmldom'
import kafkajs from 'kafkajs'
import { beforeAll, expect, inject, it } from 'vitest'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { eraseDelivery } from '#server/db/erase-delivery.ts'
import { insertLocations } from '#server/db/locations.ts'
import { type Database, openDatabase } from '#server/db/open-database.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { atEnd } from '../support/at-end.ts'
import { openBoard } from '../support/board.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { MADE_BY_TEST } from '../support/contracts/check-record.ts'
import { connectCustomer } from '../support/customer.ts'
import { newDelivery, newLocation, SUBSCRIPTION, silent, storeDelivery } from '../support/database.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { readTopics } from '../support/topic-reader.ts'
import { visitInside } from '../support/visitor.ts'

const DISPATCH = 'the-word-of-dispatch'
const LOCATIONS = 'delivery-location-updated'
const DEAD_LETTERS = `${LOCATIONS}.dead-letter`
const WEEK_MS = 7 * 86_400_000

type Instance = { app: RunningApp; api: Api }
let here: Instance
let there: Instance
let db: Database
/** Where it is our own it can be frozen. */
let ownBroker: number | undefined
let log: { broker: string; inKafka: (name: string) => string }

/** One log and one database: what is erased through one instance has to be gone from the other. */
beforeAll(async () => {
  const own = process.env[APP_KAFKA] === undefined ? await startBundledBroker() : undefined
  const broker = own?.address ?? (process.env[APP_KAFKA] as string)
  ownBroker = own?.pid
  const prefix = `over-${randomUUID()}.`
  const { url } = await freshDatabase(inject('postgresUrl'))
  const env = {
    KAFKA_BROKERS: broker,
    KAFKA_PREFIX: prefix,
    DATABASE_URL: url,
    DEMO: '0',
    DISPATCH_TOKEN: DISPATCH,
    TOKEN_SECRET: 'the same for both instances, so that links open on either',
  }
  log = { broker, inKafka: (name) => prefix + name }
  const [first, second] = await Promise.all([startApp({ env }), startApp({ env })])
  here = { app: first, api: createApi(first.url) }
  there = { app: second, api: createApi(second.url) }
  db = await openDatabase({ databaseUrl: url, dataDir: '/unused', logger: silent })
  atEnd(() => db.close())
})

const path = ({ delivery }: CreateDeliveryAnswer, rest = '') => `/api/deliveries/${delivery.id}${rest}`
const asDispatch = (what: string, { method = 'GET', api = here.api } = {}) =>
  api.call(what, { method, token: DISPATCH })
const erase = (created: CreateDeliveryAnswer) => asDispatch(path(created), { method: 'DELETE' })

async function create(order?: object): Promise<CreateDeliveryAnswer> {
  const answer = await here.api.call('/api/deliveries', {
    method: 'POST',
    token: DISPATCH,
    body: order ?? {},
  })
  expect(answer.status).toBe(201)
  return createDeliveryAnswerSchema.parse(await answer.json())
}

/** An order that has all an order can have, in words that no other one has; and these words. */
function wordyOrder() {
  const word = (what: string) => `${what} ${randomUUID()}`
  const phone = () => `+49 30 ${randomInt(10_000_000, 99_999_999)}`
  const order = {
    externalId: word('order'),
    store: { name: word('Bäckerei'), lat: 52.4996, lng: 13.4183, phone: phone() },
    destination: { name: word('Oranienstraße'), lat: 52.5023, lng: 13.4291 },
    rider: { name: word('Ayşe'), phone: phone() },
    customer: { name: word('Jörg'), phone: phone() },
    note: word('Ring twice'),
  }
  const { externalId, store, destination, rider, customer, note } = order
  const words = [externalId, store.name, store.phone, destination.name, note]
  return { order, words: [...words, ...Object.values(rider), ...Object.values(customer)] }
}

async function rideOf(count: number, order?: object): Promise<CreateDeliveryAnswer> {
  const created = await create(order)
  await here.api.postStatus(created, 'picked_up')
  const locations = Array.from({ length: count }, (_, index) => fixAt(created, index + 1))
  expect((await here.api.postLocations(created, locations)).status).toBe(202)
  await pollUntil(async () => (await storedOf(created)) === count, {
    withinMs: 20_000,
    what: 'all points in the database',
  })
  return created
}

const storedOf = ({ delivery }: CreateDeliveryAnswer) =>
  db.prisma.location.count({ where: { deliveryId: delivery.id } })

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const tables = await db.rows<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    [],
  )
  const rows = await Promise.all(
    tables.map(({ name }) => db.rows<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`, [])),
  )
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
}

/** `fetch` would resolve the dots itself. */
function fetchAsSpelt(spelt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = here.app
    get(
      { host: '127.0.0.1', port, path: spelt, headers: { authorization: `Bearer ${DISPATCH}` } },
      (answer) => text(answer).then(resolve, reject),
    ).on('error', reject)
  })
}

it('[ERASE1] dispatch alone erases, once: 204, and then there is no such delivery', async () => {
  const created = await create()
  for (const token of [undefined, created.rider.token, created.customer.token, `${DISPATCH}x`])
    await expectProblem(
      await here.api.call(path(created), { method: 'DELETE', ...(token === undefined ? {} : { token }) }),
      401,
      'unauthenticated',
    )
  const deliveryId = created.delivery.id
  await db.prisma.pushSubscription.create({ data: { ...SUBSCRIPTION, deliveryId } })
  const answer = await erase(created)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  expect(await db.prisma.pushSubscription.count({ where: { deliveryId } }), '[NOTE3]').toBe(0)
  expect(answer.headers.get('x-request-id')).toBeTruthy()
  await expectProblem(await erase(created), 404, 'not_found')
  await expectProblem(await asDispatch('/api/deliveries/nobody', { method: 'DELETE' }), 404, 'not_found')
})

/** Every page, and every call that reads, with every token that there is. */
async function everythingTold({ delivery, rider, customer }: CreateDeliveryAnswer): Promise<string> {
  const pages = [
    '/',
    '/inside',
    ...['rider', 'track', 'side-by-side'].map((page) => `/${page}/${delivery.id}`),
  ]
  const calls = ['', '/locations', '/location', '/track.gpx', '/track.geojson'].map(
    (rest) => `/api/deliveries/${delivery.id}${rest}`,
  )
  const lists = ['/api/deliveries', '/api/deliveries?state=all', '/metrics']
  // A page is asked for without a token: it stands in the fragment.
  const told = await Promise.all(
    [here, there].flatMap(({ api }) => [
      ...pages.map(async (path) => (await api.call(path)).text()),
      ...[rider.token, customer.token, DISPATCH].flatMap((token) =>
        [...calls, ...lists].map(async (path) => (await api.call(path, { token })).text()),
      ),
    ]),
  )
  return told.join('\n')
}

it('[ERASE2] nothing of it is in the database, in any answer or on any page, and what others share with it stays', async () => {
  const { order, words } = wordyOrder()
  const created = await rideOf(3, order)
  const { externalId: _externalId, note: _note, ...shared } = order
  const other = await rideOf(2, { ...shared, destination: { name: 'Next door', lat: 52.5, lng: 13.4 } })
  const { id } = created.delivery
  const before = `${await everythingStored()} ${await everythingTold(created)}`
  for (const word of [id, ...words]) expect(before).toContain(word)

  expect((await erase(created)).status).toBe(204)
  await pollUntil(async () => !(await everythingStored()).includes(id), {
    withinMs: 20_000,
    what: 'the erasure told to the others',
  })
  // Of what both have, the other one's remains.
  const stays = [
    order.store.name,
    order.store.phone,
    ...Object.values(order.rider),
    ...Object.values(order.customer),
  ]
  const stored = await everythingStored()
  for (const word of [id, ...words.filter((each) => !stays.includes(each))])
    expect(stored).not.toContain(word)
  for (const word of stays) expect(stored).toContain(word)
  expect(await storedOf(other)).toBe(2)
  expect((await asDispatch(path(other, '/track.gpx'))).status).toBe(200)

  expect((await erase(other)).status).toBe(204)
  await pollUntil(
    async () => (await there.api.call(path(other), { token: other.rider.token })).status === 404,
    { withinMs: 20_000, what: 'the other erasure, there' },
  )
  const after = `${await everythingStored()} ${await everythingTold(created)} ${await everythingTold(other)}`
  for (const word of words) expect(after).not.toContain(word)
  for (const { app } of [here, there]) for (const word of words) expect(app.logs()).not.toContain(word)
})

it('[ERASE3] its links stop on every instance, and who has it open is told', async () => {
  const created = await rideOf(2)
  const customer = connectCustomer(there.app.url, { token: created.customer.token })
  await customer.greeted()
  expect((await there.api.call(path(created), { token: created.rider.token })).status).toBe(200)
  expect((await erase(created)).status).toBe(204)
  await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect, there' })
  expect(customer.closings).toEqual([{ code: 'not_found' }])
  for (const { app, api } of [here, there]) {
    for (const { token } of [created.rider, created.customer]) {
      await expectProblem(await api.call(path(created), { token }), 404, 'not_found')
      await expectProblem(await api.call(path(created, '/locations'), { token }), 404, 'not_found')
    }
    await expectProblem(await api.postLocations(created, [fixAt(created, 3)]), 404, 'not_found')
    await expectProblem(await api.postStatus(created, 'delivered'), 404, 'not_found')
    for (const rest of ['/track.gpx', '/track.geojson'])
      await expectProblem(await asDispatch(path(created, rest), { api }), 404, 'not_found')
    await expectProblem(await api.replaceLink(created.delivery.id, 'rider', DISPATCH), 404, 'not_found')
    const late = connectCustomer(app.url, { token: created.customer.token })
    await pollUntil(() => late.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
    expect(late.refusals).toEqual(['not_found'])
  }
})

it('[ERASE8] it leaves the boards of every instance', async () => {
  const [created, other] = [await rideOf(1), await rideOf(1)]
  const boards = [here, there].map(({ app }) => openBoard(app.url, { token: DISPATCH }))
  for (const board of boards) {
    const ids = (await board.greeted()).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([created.delivery.id, other.delivery.id]))
  }
  expect((await erase(created)).status).toBe(204)
  for (const board of boards) {
    await pollUntil(() => board.gone.length > 0, { withinMs: 20_000, what: 'the board told' })
    expect(board.gone).toEqual([created.delivery.id])
  }
})

it('[ERASE4] in Kafka its positions remain, without a name, until retention takes them after a week', async () => {
  const { order, words } = wordyOrder()
  const created = await rideOf(2, { ...order, pin: true })
  const { id } = created.delivery
  expect((await erase(created)).status).toBe(204)
  const topics = [LOCATIONS, 'delivery-status-changed', 'delivery-erased'].map(log.inKafka)
  const { records, kafka } = await readTopics(log.broker, [...topics, log.inKafka(DEAD_LETTERS)])
  const mine = () => records.filter(({ message }) => message.key?.toString() === id)
  const count = (of: string | undefined) => mine().filter(({ topic }) => topic === of).length
  await pollUntil(() => count(topics[0]) === 2 && count(topics[2]) > 0, {
    withinMs: 20_000,
    what: 'its positions and the erasure in the log',
  })
  const values = mine().map(({ message }) => message.value?.toString() ?? '')
  for (const word of words) for (const value of values) expect(value).not.toContain(word)

  const admin = kafka.admin()
  await admin.connect()
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: ['retention.ms'],
    })),
  })
  await admin.disconnect()
  expect(resources.map(({ configEntries }) => Number(configEntries[0]?.configValue))).toEqual(
    topics.map(() => WEEK_MS),
  )
})

it('[ERASE5] what the log still brings of it is neither stored again nor buried', async () => {
  const [created, other] = [await rideOf(1), await rideOf(1)]
  expect((await erase(created)).status).toBe(204)
  const { records, kafka } = await readTopics(log.broker, [LOCATIONS, DEAD_LETTERS].map(log.inKafka))
  await pollUntil(
    () => there.api.call(path(created), { token: created.rider.token }).then((r) => r.status === 404),
    {
      withinMs: 20_000,
      what: 'the erasure, there',
    },
  )
  // As when a group is set back: an instance that has not heard of the erasure has published it.
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  atEnd(() => producer.disconnect())
  const event = (deliveryId: string) => ({
    key: deliveryId,
    value: JSON.stringify({
      v: 1,
      riderId: 'r',
      ...newLocation(deliveryId, 7, { recordedAtMs: Date.now() }),
    }),
    headers: { [MADE_BY_TEST]: '1' },
  })
  const lost = randomUUID()
  await producer.send({
    topic: log.inKafka(LOCATIONS),
    messages: [created.delivery.id, other.delivery.id, lost].map(event),
  })
  await pollUntil(
    () =>
      records.some(({ topic, message }) => topic === log.inKafka(DEAD_LETTERS) && `${message.key}` === lost),
    { withinMs: 20_000, what: 'the dead letter of the delivery that never was' },
  )
  await pollUntil(async () => (await storedOf(other)) === 2, { withinMs: 20_000, what: 'the other point' })
  expect(await storedOf(created)).toBe(0)
  expect(
    records.filter(
      ({ topic, message }) =>
        topic === log.inKafka(DEAD_LETTERS) && message.key?.toString() === created.delivery.id,
    ),
  ).toEqual([])
})

it('[ERASE6] the page that shows the log shows no record of it', async () => {
  const created = await rideOf(2)
  const { id } = created.delivery
  const { records } = await readTopics(log.broker, [log.inKafka(LOCATIONS)])
  const record = await pollUntil(() => records.find(({ message }) => message.key?.toString() === id), {
    withinMs: 20_000,
    what: 'its record',
  })
  const visitor = visitInside(there.app.url, { token: DISPATCH })
  const place = { partition: record.partition, offset: Number(record.message.offset) }
  const points = () => visitor.call('time:points', { deliveryId: id, fromOffset: 0 })
  expect(await visitor.call('journey:record', place)).toMatchObject({ key: id })
  expect((await points()).points).toHaveLength(2)
  expect((await erase(created)).status).toBe(204)
  await pollUntil(async () => (await visitor.call('journey:record', place)) === null, {
    withinMs: 20_000,
    what: 'no record any more',
  })
  await expect(points()).rejects.toThrow(/no such delivery/)
})

it('[ERASE7] a delivery can be made while the last one with the same names is erased', async () => {
  const fresh = () =>
    newDelivery({
      id: randomUUID(),
      store: { name: 'The same kitchen', lat: 37.5, lng: 127 },
      riderName: 'The same rider',
      customerName: 'The same customer',
    })
  let { id } = (await storeDelivery(db, fresh())).delivery
  for (let n = 0; n < 40; n += 1) {
    const [made, erased] = await Promise.all([
      storeDelivery(db, fresh()),
      eraseDelivery(db, { deliveryId: id, atMs: Date.now() }),
    ])
    expect(erased).toBe(true)
    id = made.delivery.id
  }
  expect(await db.prisma.rider.count({ where: { name: 'The same rider' } })).toBe(1)
})

it('[TRACK3] a ride is saved as GPX and GeoJSON, also after its end, by dispatch alone', async () => {
  const created = await rideOf(3)
  expect((await here.api.postStatus(created, 'delivered')).status).toBe(200)
  for (const [rest, type] of [
    ['/track.gpx', 'application/gpx+xml'],
    ['/track.geojson', 'application/geo+json'],
  ] as const) {
    for (const token of [created.rider.token, created.customer.token])
      await expectProblem(await here.api.call(path(created, rest), { token }), 401, 'unauthenticated')
    const answer = await asDispatch(path(created, rest), { api: there.api })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="ride-${created.delivery.id}${rest.slice(6)}"`,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const text = await answer.text()
    const { features } =
      rest === '/track.gpx'
        ? gpx(new DOMParser().parseFromString(text, 'text/xml') as unknown as Document)
        : JSON.parse(text)
    const line = features.find(
      ({ geometry }: { geometry: { type: string } }) => geometry.type === 'LineString',
    )
    expect(line.geometry.coordinates).toHaveLength(3)
    expect(line.properties.coordinateProperties.times).toHaveLength(3)
    const head = await asDispatch(path(created, rest)).then(() =>
      here.api.call(path(created, rest), { method: 'HEAD', token: DISPATCH }),
    )
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, type, ''])
    await expectProblem(
      await here.api.call(path(created, rest), { method: 'POST', token: DISPATCH }),
      405,
      'method_not_allowed',
    )
  }
})

it('[TRACK4] a ride of several pages comes whole, by either door', async () => {
  const created = await create()
  const count = 2_345
  await insertLocations(
    db,
    Array.from({ length: count }, (_, index) => newLocation(created.delivery.id, index + 1)),
  )
  // Only Next resolves the dot, and dispatches to its route file.
  for (const door of ['/api', '/api/.']) {
    const text = await fetchAsSpelt(path(created, '/track.geojson').replace('/api', door))
    const { features } = JSON.parse(text) as { features: { geometry: { coordinates: unknown[] } }[] }
    expect(features[2]?.geometry.coordinates).toHaveLength(count)
  }
})

it('[ERASE9] [LINK13] while Kafka is away, an erasure and a replaced link are known on every instance; Kafka hears of both later', async ({
  skip,
}) => {
  const broker = ownBroker
  if (broker === undefined) return skip('the broker is another')
  const [created, replaced] = [await rideOf(2), await rideOf(1)]
  const follow = ({ customer }: CreateDeliveryAnswer) =>
    connectCustomer(there.app.url, { token: customer.token })
  const [customer, former] = [follow(created), follow(replaced)]
  const board = openBoard(there.app.url, { token: DISPATCH })
  await Promise.all([customer.greeted(), former.greeted(), board.greeted()])
  const { records } = await readTopics(
    log.broker,
    ['delivery-erased', 'delivery-links-replaced'].map(log.inKafka),
  )
  const told = () => new Set(records.map(({ message }) => message.key?.toString()))
  process.kill(broker, 'SIGSTOP')
  try {
    expect((await erase(created)).status).toBe(204)
    const link = await here.api.replaceLink(replaced.delivery.id, 'customer', replaced.rider.token)
    expect(link.status).toBe(201)
    const gone = () => customer.disconnects.length + former.disconnects.length === 2
    await pollUntil(gone, { withinMs: 20_000, what: 'both disconnects, there' })
    expect([...customer.closings, ...former.closings]).toEqual([
      { code: 'not_found' },
      { code: 'unauthenticated' },
    ])
    await pollUntil(() => board.gone.includes(created.delivery.id), {
      withinMs: 20_000,
      what: 'gone from the board',
    })
    for (const { api } of [here, there]) {
      await expectProblem(await api.call(path(created), { token: created.rider.token }), 404, 'not_found')
      await expectProblem(await api.postLocations(created, [fixAt(created, 3)]), 404, 'not_found')
      await expectProblem(
        await api.call(path(replaced), { token: replaced.customer.token }),
        401,
        'unauthenticated',
      )
    }
    await expectProblem(await erase(created), 404, 'not_found')
    expect(told().has(created.delivery.id)).toBe(false)
  } finally {
    process.kill(broker, 'SIGCONT')
  }
  for (const { delivery } of [created, replaced])
    await pollUntil(() => told().has(delivery.id), { withinMs: 60_000, what: 'it in the log' })
})
