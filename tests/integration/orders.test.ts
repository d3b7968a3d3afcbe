import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type CreateDeliveryAnswer,
  createDeliveryAnswerSchema,
  findPlacesAnswerSchema,
  type ListDeliveriesAnswer,
  listDeliveriesAnswerSchema,
  listLocationsAnswerSchema,
} from '#contracts/http.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { TOPIC } from '#contracts/topics.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { BERLIN, BERLIN_SECRETS } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { type RouterStub, saying, silent, startRouterStub } from '../support/router-stub.ts'
import { readTopics } from '../support/topic-reader.ts'

const DISPATCH = 'the-word-of-dispatch'

let app: RunningApp
let api: Api
let geocoder: RouterStub

beforeAll(async () => {
  geocoder = await startRouterStub(saying('[]'))
  app = await startApp({
    env: {
      ...{ DEMO: '0', DISPATCH_TOKEN: DISPATCH, TOKEN_SECRET: 'a secret of this test', LOG_LEVEL: 'debug' },
      GEOCODER_URL: geocoder.url,
    },
  })
  api = createApi(app.url)
})

const post = (body: unknown, token: string | undefined = DISPATCH) =>
  api.call('/api/deliveries', { method: 'POST', body, ...(token !== '' && { token }) })

async function order(body: object, status = 201): Promise<CreateDeliveryAnswer> {
  const answer = await post(body)
  expect(answer.status).toBe(status)
  return createDeliveryAnswerSchema.parse(await answer.json())
}

describe('an order', () => {
  it('[ORD1] is answered with exactly its own places, and can be ridden', async () => {
    const promisedAtMs = Date.now() + 1_800_000
    const created = await order({ ...BERLIN, externalId: randomUUID(), promisedAtMs })
    const { phone: _phone, ...store } = BERLIN.store
    const { delivery } = created
    expect(delivery).toMatchObject({
      promisedAtMs,
      status: 'accepted',
      rider: { name: 'Ayşe' },
      routed: false,
    })
    expect(delivery.store).toEqual(store)
    expect(delivery.destination).toEqual(BERLIN.destination)
    expect(delivery.route).toEqual([
      [store.lat, store.lng],
      [BERLIN.destination.lat, BERLIN.destination.lng],
    ])
    expect((await api.postStatus(created, 'picked_up')).status).toBe(200)
    expect((await api.postLocations(created, [fixAt(created, 1)])).status).toBe(202)
    const snapshot = await api.snapshotOf(created, created.customer.token)
    expect(snapshot.lastLocation).toMatchObject({ seq: 1 })
    expect(snapshot.eta).not.toBeNull()
  })

  it('[ORD1] needs no more than two places; a place keeps seven decimals', async () => {
    const { delivery } = await order({
      store: { name: 'Küche', lat: 52.52000014, lng: 13.4 },
      destination: { name: '🏠 집', lat: 52.53, lng: 13.40999999 },
    })
    expect(delivery).toMatchObject({
      store: { name: 'Küche', lat: 52.5200001, lng: 13.4 },
      destination: { name: '🏠 집', lat: 52.53, lng: 13.41 },
      rider: { name: '' },
    })
    expect(delivery).not.toHaveProperty('externalId')
    expect(delivery).not.toHaveProperty('promisedAtMs')
  })

  it('[ORD1] is done where store and destination are one place, and over the date line', async () => {
    const { store } = BERLIN
    await order({ store, destination: { name: 'Upstairs', lat: store.lat, lng: store.lng } })
    await order({
      store: { name: 'Taveuni', lat: -16.8, lng: 179.9999 },
      destination: { name: 'Across the line', lat: -16.81, lng: -179.9999 },
    })
  })

  it('[ORD2] rides the route that it brings', async () => {
    const route = [
      [52.4933706, 13.3879212],
      [52.4911, 13.3901],
      [52.4890001, 13.3942],
    ]
    const { delivery } = await order({ ...BERLIN, route })
    expect(delivery).toMatchObject({ route, routed: true })
  })

  it.each<[string, object, string]>([
    ['an unknown member', { tip: 3 }, 'tip'],
    ['one of a place', { store: { ...BERLIN.store, floor: 2 } }, 'store.floor'],
    ['one of a person', { customer: { name: 'J', email: 'j@example.org' } }, 'customer.email'],
    ['no destination', { destination: undefined }, 'destination'],
    ['no store', { store: undefined }, 'store'],
    ['a prepared delivery as well', { scenario: 'bakery' }, 'scenario'],
    ['a latitude that is none', { store: { ...BERLIN.store, lat: 91 } }, 'store.lat'],
    ['a longitude in words', { destination: { ...BERLIN.destination, lng: '13.4' } }, 'destination.lng'],
    ['a place without a name', { store: { ...BERLIN.store, name: '' } }, 'store.name'],
    ['a name of spaces', { destination: { ...BERLIN.destination, name: '  ' } }, 'destination.name'],
    [
      'a name without end',
      { destination: { ...BERLIN.destination, name: 'x'.repeat(201) } },
      'destination.name',
    ],
    ['a name of two lines', { rider: { name: 'A\nB' } }, 'rider.name'],
    ['a name that turns the text around', { customer: { name: 'A\u202eB' } }, 'customer.name'],
    ['half a letter', { customer: { name: '\ud83c' } }, 'customer.name'],
    ['a note with U+0000', { note: 'a\u0000b' }, 'note'],
    ['a note without end', { note: 'x'.repeat(1_001) }, 'note'],
    ['a phone in words', { rider: { phone: 'call me' } }, 'rider.phone'],
    ['a phone of two digits', { store: { ...BERLIN.store, phone: '(1) 1' } }, 'store.phone'],
    ['an externalId of another kind', { externalId: 7 }, 'externalId'],
    ['a promise in seconds', { promisedAtMs: Math.round(Date.now() / 1_000) }, 'promisedAtMs'],
    ['a promise in microseconds', { promisedAtMs: Date.now() * 1_000 }, 'promisedAtMs'],
    ['a route of one point', { route: [[52.49, 13.39]] }, 'route'],
    ['a route of too many', { route: Array.from({ length: 2_001 }, () => [52.49, 13.39]) }, 'route'],
    [
      'a point off the earth',
      {
        route: [
          [52.49, 13.39],
          [95, 13.39],
        ],
      },
      'route.1.0',
    ],
    [
      'a route from elsewhere',
      {
        route: [
          [52.6, 13.39],
          [52.489, 13.3942],
        ],
      },
      'route.0',
    ],
    [
      'a route to elsewhere',
      {
        route: [
          [52.4933, 13.3879],
          [52.49, 13.39],
          [52.4, 13.39],
        ],
      },
      'route.2',
    ],
    [
      'a destination on another continent',
      { destination: { name: 'Home', lat: 37.5, lng: 127 } },
      'destination',
    ],
    ['a PIN of its own', { pin: '1234' }, 'pin'],
  ])('[ORD3] with %s is refused with its name', async (_what, change, field) => {
    const problem = await expectProblem(await post({ ...BERLIN, ...change }), 400, 'invalid_body')
    expect(problem.field).toBe(field)
  })

  it('[ORD4] again is the same delivery, with links that all work, however its members are ordered', async () => {
    const externalId = `№ ${randomUUID()}`
    const first = await order({ ...BERLIN, externalId, rider: {}, pin: false })
    const { lng, lat, name, phone } = BERLIN.store
    const again = { note: BERLIN.note, customer: BERLIN.customer, externalId }
    const second = await order(
      { ...again, destination: BERLIN.destination, store: { phone, lng, name, lat } },
      200,
    )
    expect(second.delivery).toEqual(first.delivery)
    for (const { rider, customer } of [first, second])
      for (const { token } of [rider, customer])
        expect((await api.call(`/api/deliveries/${first.delivery.id}`, { token })).status).toBe(200)
  })

  it('[ORD4] after a link was replaced the answer has the one that works', async () => {
    const body = { ...BERLIN, externalId: randomUUID() }
    const { delivery, customer } = await order(body)
    await api.replaceLink(delivery.id, 'customer', DISPATCH)
    const path = `/api/deliveries/${delivery.id}`
    const { token } = (await order(body, 200)).customer
    expect((await api.call(path, { token })).status).toBe(200)
    await expectProblem(await api.call(path, { token: customer.token }), 401, 'unauthenticated')
  })

  it('[ORD4] goes on when the delivery is over, and when its time has come', async () => {
    const body = { ...BERLIN, externalId: randomUUID() }
    const created = await order(body)
    expect((await api.postStatus(created, 'cancelled')).status).toBe(200)
    expect((await order(body, 200)).delivery).toMatchObject({ id: created.delivery.id, status: 'cancelled' })
  })

  it.each<[string, object]>([
    ['store.lat', { store: { ...BERLIN.store, lat: 52.4933707 } }],
    ['store.phone', { store: { ...BERLIN.store, phone: undefined } }],
    ['destination.name', { destination: { ...BERLIN.destination, name: 'Bergmannstraße 15' } }],
    ['rider.phone', { rider: { name: 'Ayşe', phone: '110' } }],
    ['customer.name', { customer: { ...BERLIN.customer, name: 'Jörg Mueller' } }],
    ['note', { note: 'Ring once.' }],
    ['promisedAtMs', { promisedAtMs: Date.now() + 60_000 }],
    [
      'route',
      {
        route: [
          [52.4933706, 13.3879212],
          [52.4890001, 13.3942],
        ],
      },
    ],
    ['pin', { pin: true }],
  ])('[ORD5] with another %s under its number is a conflict that names it', async (field, change) => {
    const externalId = randomUUID()
    const { delivery } = await order({ ...BERLIN, externalId })
    const problem = await expectProblem(await post({ ...BERLIN, externalId, ...change }), 409, 'conflict')
    expect(problem.field).toBe(field)
    expect((await order({ ...BERLIN, externalId }, 200)).delivery).toEqual(delivery)
  })

  it('[ORD6] with a PIN is answered with four digits, the same each time', async () => {
    const body = { ...BERLIN, externalId: randomUUID(), pin: true }
    const { customer, rider } = await order(body)
    expect(customer.pin).toMatch(/^\d{4}$/)
    expect(rider).not.toHaveProperty('pin')
    expect((await order(body, 200)).customer.pin).toBe(customer.pin)
    expect((await order(BERLIN)).customer).not.toHaveProperty('pin')
  })

  it('[ORD7] comes from dispatch alone', async () => {
    const { rider } = await order(BERLIN)
    for (const token of ['', rider.token, `${DISPATCH}x`])
      await expectProblem(await post(BERLIN, token), 401, 'unauthenticated')
  })
})

describe('the list', () => {
  const ask = (query: string, token = DISPATCH) => api.call(`/api/deliveries${query}`, { token })
  async function list(query: string): Promise<ListDeliveriesAnswer> {
    const answer = await ask(query)
    expect(answer.status).toBe(200)
    return listDeliveriesAnswerSchema.parse(await answer.json())
  }
  /** One page after the other, as a program would. */
  async function idsOf(query: string): Promise<string[]> {
    const { deliveries, nextCursor } = await list(query)
    const ids = deliveries.map(({ id }) => id)
    if (nextCursor === null) return ids
    const [path] = query.split('&cursor')
    return [...ids, ...(await idsOf(`${path}&cursor=${nextCursor}`))]
  }

  it('[LIST1] has a delivery without its route, with where its rider is and when it arrives', async () => {
    const externalId = randomUUID()
    const created = await order({ ...BERLIN, externalId })
    const { route, ...waiting } = created.delivery
    const before = await list(`?externalId=${externalId}`)
    expect(before).toEqual({ deliveries: [{ ...waiting, lastLocation: null, eta: null }], nextCursor: null })
    await api.postStatus(created, 'picked_up')
    await api.postLocations(created, [fixAt(created, 1)])
    const [summary] = (await list(`?state=live&externalId=${externalId}`)).deliveries
    expect(summary).toMatchObject({ id: waiting.id, status: 'picked_up', lastLocation: { seq: 1 } })
    expect(summary?.eta).not.toBeNull()
    expect(route).toHaveLength(2)
  })

  it('[LIST2] is sorted, the newest first, and has each delivery once, whatever is made meanwhile', async () => {
    const made: string[] = []
    for (let n = 0; n < 7; n += 1) made.push((await order(BERLIN)).delivery.id)
    const first = await list('?limit=3')
    expect(first.deliveries.map(({ id }) => id)).toEqual(made.slice(4).reverse())
    const another = (await order(BERLIN)).delivery.id
    const rest = await idsOf(`?limit=3&cursor=${first.nextCursor}`)
    expect(rest.slice(0, 4)).toEqual(made.slice(0, 4).reverse())
    expect(rest).not.toContain(another)
    expect(new Set(rest).size).toBe(rest.length)
  })

  it('[LIST3] is of those that run, of those that have ended, or of all', async () => {
    const [running, ended] = [await order(BERLIN), await order(BERLIN)]
    await api.postStatus(ended, 'picked_up')
    await api.postLocations(ended, [fixAt(ended, 1)])
    await api.postStatus(ended, 'cancelled')
    const holds = async (query: string) => {
      const ids = await idsOf(query)
      return [running, ended].map(({ delivery }) => ids.includes(delivery.id))
    }
    expect(await holds('?limit=200')).toEqual([true, true])
    expect(await holds('?state=live&limit=200')).toEqual([true, false])
    expect(await holds('?state=ended&limit=200')).toEqual([false, true])
    const stored = async () =>
      (await list('?state=ended&limit=1')).deliveries.find(({ id }) => id === ended.delivery.id)
    // As the database has it: the history may be a moment behind.
    await pollUntil(async () => (await stored())?.lastLocation?.seq === 1, {
      withinMs: 20_000,
      what: 'the last place',
    })
  })

  it.each([
    ['?state=running', 'state'],
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=ten', 'limit'],
    ['?cursor=', 'cursor'],
    ['?cursor=bm9uZQ', 'cursor'],
    ['?cursor=OTk5OTk5OTk5OTk5OTk5IGE', 'cursor'],
    ['?externalId=', 'externalId'],
    ['?externalId=%00', 'externalId'],
    ['?page=2', 'page'],
  ])('[LIST4] with %s it is 400 with the name', async (query, field) => {
    expect((await expectProblem(await ask(query), 400, 'invalid_body')).field).toBe(field)
  })

  it('[LIST5] is for dispatch alone', async () => {
    const { rider } = await order(BERLIN)
    for (const token of [rider.token, 'x']) await expectProblem(await ask('', token), 401, 'unauthenticated')
    await expectProblem(await api.call('/api/deliveries'), 401, 'unauthenticated')
  })
})

describe('to whom what is told', () => {
  const read = async ({ delivery }: CreateDeliveryAnswer, token: string) =>
    snapshotSchema.parse(await (await api.call(`/api/deliveries/${delivery.id}`, { token })).json())
  const { phone: shop } = BERLIN.store

  it('[WHO1] note and phones go to whom they serve: the customer is shown the shop’s alone', async () => {
    const created = await order({ ...BERLIN, pin: true })
    const { rider, customer } = created
    const forRider = await read(created, rider.token)
    expect(forRider).toMatchObject({
      note: BERLIN.note,
      customer: { name: BERLIN.customer.name },
      phones: { store: shop, customer: BERLIN.customer.phone },
    })
    expect(forRider.phones).not.toHaveProperty('rider')
    expect(forRider).not.toHaveProperty('pin')
    const forCustomer = await read(created, customer.token)
    expect(forCustomer).toMatchObject({ phones: { store: shop }, pin: customer.pin })
    expect(Object.keys(forCustomer.phones ?? {})).toEqual(['store'])
    for (const member of ['note', 'customer']) expect(forCustomer).not.toHaveProperty(member)
    const socket = connectCustomer(app.url, { token: customer.token })
    expect(await socket.greeted()).toEqual(forCustomer)
    const forDispatch = await read(created, DISPATCH)
    expect(forDispatch).toMatchObject({
      note: BERLIN.note,
      phones: { store: shop, customer: BERLIN.customer.phone, rider: BERLIN.rider.phone },
    })
    expect(forDispatch).not.toHaveProperty('pin')
  })

  it('[WHO2] after the end dispatch alone reads on: the delivery, its positions, its words', async () => {
    const created = await order(BERLIN)
    const { delivery, rider, customer } = created
    await api.postStatus(created, 'picked_up')
    await api.postLocations(created, [fixAt(created, 1)])
    await api.postStatus(created, 'cancelled')
    for (const { token } of [rider, customer]) {
      const told = await read(created, token)
      for (const member of ['note', 'customer', 'phones', 'pin']) expect(told).not.toHaveProperty(member)
      expect(told.lastLocation).toBeNull()
    }
    expect(await read(created, DISPATCH)).toMatchObject({ note: BERLIN.note, lastLocation: { seq: 1 } })
    const history = await api.call(`/api/deliveries/${delivery.id}/locations`, { token: DISPATCH })
    expect(listLocationsAnswerSchema.parse(await history.json()).locations.map(({ seq }) => seq)).toEqual([1])
    const unknown = await api.call(`/api/deliveries/${randomUUID()}`, { token: DISPATCH })
    await expectProblem(unknown, 404, 'not_found')
  })

  it('[WHO3] neither Kafka nor the log nor the metrics have a phone, a note or a name', async () => {
    const created = await order({ ...BERLIN, externalId: randomUUID() })
    const { delivery } = created
    await expectProblem(await post({ ...BERLIN, rider: { phone: 'x 7744-1002' } }), 400, 'invalid_body')
    await api.postStatus(created, 'picked_up')
    await api.postLocations(created, [fixAt(created, 1)])
    await api.replaceLink(delivery.id, 'customer', DISPATCH)
    await api.postStatus(created, 'delivered')
    const { records } = await readTopics(app.broker, Object.values(TOPIC).map(app.inKafka))
    const mine = () => records.filter(({ message }) => message.key?.toString() === delivery.id)
    await pollUntil(() => mine().length >= 5, { withinMs: 30_000, what: 'all that Kafka is told' })
    const told = JSON.stringify(
      records.map(({ message: { value, headers } }) => [
        value?.toString(),
        Object.values(headers ?? {}).map(String),
      ]),
    )
    const metrics = await (await api.call('/metrics')).text()
    for (const text of [told, app.logs(), metrics]) {
      const digits = text.replaceAll(/[ ()-]/g, '')
      for (const secret of BERLIN_SECRETS) expect(digits).not.toContain(secret)
      expect(text).not.toContain('Müller')
      expect(text).not.toContain('Ayşe')
    }
    expect(app.logs()).toContain(delivery.id)
  })
})

describe('an address', () => {
  const find = (body: unknown, token = DISPATCH) => api.call('/api/places', { method: 'POST', body, token })

  it('[BOARD23] is looked up for dispatch alone, and stands in no log', async () => {
    const place = { lat: '52.5286', lon: '13.41', display_name: 'Torstraße 7744, Berlin' }
    geocoder.answer = saying(JSON.stringify([place]))
    const answer = await find({ query: 'Torstr. 7744-2005', language: 'de' })
    expect(answer.status).toBe(200)
    expect(findPlacesAnswerSchema.parse(await answer.json()).places).toEqual([
      { lat: 52.5286, lng: 13.41, name: place.display_name },
    ])
    expect(new URL(geocoder.asked.at(-1) ?? '', geocoder.url).searchParams.get('q')).toBe('Torstr. 7744-2005')

    const asked = geocoder.asked.length
    await expectProblem(await find({ query: 'x' }, 'guessed'), 401, 'unauthenticated')
    for (const [body, field] of [
      [{}, 'query'],
      [{ query: '  ' }, 'query'],
      [{ query: 'x'.repeat(301) }, 'query'],
      [{ query: 'x', language: 'a b' }, 'language'],
      [{ query: 'x', tip: 1 }, 'tip'],
    ] as const)
      expect(await expectProblem(await find(body), 400, 'invalid_body')).toMatchObject({ field })
    expect(geocoder.asked).toHaveLength(asked)
    expect(app.logs()).not.toMatch(/Torstr/)
  })

  it('[BOARD23] a geocoder that is silent costs a second, and is told; more than its limit is refused', async () => {
    geocoder.answer = silent
    const away = await find({ query: 'Torstr. 7744-2006' })
    await expectProblem(away, 503, 'geocoder_unavailable')
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0)
    geocoder.answer = saying('[]')
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => (await find({ query: 'Torstr. 1' })).status),
    )
    expect(statuses).toContain(429)
    expect(statuses.filter((status) => ![200, 429, 503].includes(status))).toEqual([])
    expect(app.logs()).not.toMatch(/Torstr/)
  })
})
