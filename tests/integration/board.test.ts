import { beforeAll, expect, it } from 'vitest'
import { openReplySchema } from '#contracts/dispatch.ts'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { type Board, openBoard } from '../support/board.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'

const DISPATCH = 'the-word-of-dispatch'
const auth = { token: DISPATCH }
const SOON = { withinMs: 20_000 }

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp({
    env: { DEMO: '0', DISPATCH_TOKEN: DISPATCH, TOKEN_SECRET: 'a secret of the board alone' },
  })
  api = createApi(app.url)
})

async function create(): Promise<CreateDeliveryAnswer> {
  const answer = await api.call('/api/deliveries', { method: 'POST', token: DISPATCH, body: {} })
  return createDeliveryAnswerSchema.parse(await answer.json())
}

it('[BOARD1] outside the demo the dispatch token opens the board, and nothing else does', async () => {
  const { customer, rider } = await create()
  for (const token of [undefined, '', 'guessed', 7, customer.token, rider.token]) {
    const board = openBoard(app.url, { token })
    await pollUntil(() => board.refusals.length > 0, { ...SOON, what: `a refusal of ${token}` })
    expect(board.refusals).toEqual(['unauthenticated'])
    expect(board.events).toEqual([])
  }
  expect(Array.isArray(await openBoard(app.url, auth).greeted())).toBe(true)
})

it('[BOARD2] a snapshot of what is running, then each change, then that it is gone', async () => {
  const [before, ended] = [await create(), await create()]
  await api.postStatus(ended, 'cancelled')
  const board = openBoard(app.url, auth)
  const snapshot = await board.greeted()
  const { route: _, ...withoutRoute } = before.delivery
  expect(snapshot.find(({ id }) => id === before.delivery.id)).toEqual({
    ...withoutRoute,
    lastLocation: null,
    eta: null,
  })
  expect(snapshot.map(({ id }) => id)).not.toContain(ended.delivery.id)

  await api.postStatus(before, 'picked_up')
  await pollUntil(() => board.shows(before.delivery.id)?.status === 'picked_up', {
    ...SOON,
    what: 'the pick-up',
  })
  await api.postLocations(before, [fixAt(before, 1)])
  await pollUntil(() => board.shows(before.delivery.id)?.lastLocation?.seq === 1, {
    ...SOON,
    what: 'the place',
  })
  expect(board.shows(before.delivery.id)?.eta).toMatchObject({ fromMs: expect.any(Number) })
  await api.postStatus(before, 'delivered')
  await pollUntil(() => board.gone.includes(before.delivery.id), { ...SOON, what: 'the end' })
  expect(board.events[0]).toBe('dispatch:snapshot')
  expect(board.snapshots).toHaveLength(1)
})

it('[BOARD3] dispatch sees the rider before the pick-up, the customer still does not', async () => {
  const created = await create()
  const [board, customer] = [
    openBoard(app.url, auth),
    connectCustomer(app.url, { token: created.customer.token }),
  ]
  await Promise.all([board.greeted(), customer.greeted()])
  await api.postLocations(created, [fixAt(created, 1)])
  await pollUntil(() => board.shows(created.delivery.id)?.lastLocation?.seq === 1, {
    ...SOON,
    what: 'the place',
  })
  expect(board.shows(created.delivery.id)).toMatchObject({ status: 'accepted', eta: null })
  await api.postStatus(created, 'cancelled')
  await pollUntil(() => customer.disconnects.length > 0, { ...SOON, what: 'the customer’s end' })
  expect(customer.locations).toEqual([])
  expect(customer.snapshots.map(({ lastLocation }) => lastLocation)).toEqual([null])
})

it('[BOARD4] of one delivery at most one message a second, and the last one says how it is', async () => {
  const created = await create()
  await api.postStatus(created, 'picked_up')
  const board = openBoard(app.url, auth)
  await board.greeted()
  for (let seq = 1; seq <= 25; seq += 1) await api.postLocations(created, [fixAt(created, seq)])
  await pollUntil(() => board.shows(created.delivery.id)?.lastLocation?.seq === 25, {
    ...SOON,
    what: 'the last',
  })
  const times = board.updates
    .filter(({ delivery }) => delivery.id === created.delivery.id)
    .map(({ atMs }) => atMs)
  expect(times.length).toBeLessThan(25)
  // The server counts a second; what it writes may reach us a little closer together.
  for (const [i, atMs] of times.slice(1).entries()) expect(atMs - (times[i] ?? 0)).toBeGreaterThan(700)
})

it('[BOARD5] no update is lost between snapshot and stream, however boards come and riders report', async () => {
  const riders = await Promise.all(Array.from({ length: 6 }, create))
  for (const rider of riders) await api.postStatus(rider, 'picked_up')
  const boards = []
  for (let seq = 1; seq <= 12; seq += 1) {
    const posts = riders.map((rider) => api.postLocations(rider, [fixAt(rider, seq)]))
    boards.push(openBoard(app.url, auth))
    await Promise.all(posts)
  }
  const created = await create()
  await api.postStatus(created, 'picked_up')
  for (const board of boards) {
    await board.greeted()
    for (const { delivery } of riders)
      await pollUntil(() => board.shows(delivery.id)?.lastLocation?.seq === 12, {
        ...SOON,
        what: 'the newest',
      })
    await pollUntil(() => board.shows(created.delivery.id), { ...SOON, what: 'the one that came after' })
    board.socket.disconnect()
  }
})

it('[BOARD6] a rider far from the way is told as off it, by how far; one on it is not', async () => {
  const created = await create()
  await api.postStatus(created, 'picked_up')
  const board = openBoard(app.url, auth)
  await board.greeted()
  await api.postLocations(created, [fixAt(created, 1)])
  await pollUntil(() => board.shows(created.delivery.id)?.lastLocation?.seq === 1, {
    ...SOON,
    what: 'the first',
  })
  expect(board.shows(created.delivery.id)).not.toHaveProperty('offRouteM')
  const { lat } = fixAt(created, 1)
  // About 0.4 km; a scooter may have come that far by its sixtieth number.
  await api.postLocations(created, [fixAt(created, 60, { ...fixAt(created, 1), seq: 60, lat: lat - 0.004 })])
  await pollUntil(() => board.shows(created.delivery.id)?.lastLocation?.seq === 60, {
    ...SOON,
    what: 'the detour',
  })
  const { offRouteM = 0 } = board.shows(created.delivery.id) ?? {}
  expect(offRouteM).toBeGreaterThan(100)
  expect(offRouteM).toBeLessThan(500)
})

it('[BOARD7] an address has a share of the boards, and its place is free again at once', async () => {
  const boards = Array.from({ length: 20 }, () => openBoard(app.url, auth))
  await Promise.all(boards.map((board) => board.greeted()))
  const metric = () => readMetric(app.url, 'rider_live_boards_connected')
  expect(await metric()).toBe(20)
  const over = openBoard(app.url, auth)
  await pollUntil(() => over.refusals.length > 0, { ...SOON, what: 'the refusal' })
  expect(over.refusals).toEqual(['rate_limited'])
  for (const { socket } of boards) socket.disconnect()
  await pollUntil(async () => (await metric()) === 0, { ...SOON, what: 'free places' })
  await openBoard(app.url, auth).greeted()
})

const open = async ({ socket }: Board, id: unknown) =>
  openReplySchema.parse(await socket.timeout(20_000).emitWithAck('dispatch:open', id))

it('[BOARD10] an opened delivery tells its way and its pick-up; its links are told in the demo alone', async () => {
  const order = {
    store: { name: 'Zur Post', lat: 52.52, lng: 13.4, phone: '+49 30 1234' },
    destination: { name: 'Torstr. 1', lat: 52.53, lng: 13.41 },
    rider: { name: 'Ada', phone: '030 5678' },
    customer: { name: 'Grace' },
    note: 'Second yard',
    promisedAtMs: Date.now() + 3_600_000,
  }
  const answer = await api.call('/api/deliveries', { method: 'POST', token: DISPATCH, body: order })
  const created = createDeliveryAnswerSchema.parse(await answer.json())
  await api.postStatus(created, 'picked_up')
  const board = openBoard(app.url, auth)
  await board.greeted()
  expect(await open(board, created.delivery.id)).toEqual({
    ok: true,
    value: {
      route: created.delivery.route,
      pickedUpAtMs: expect.any(Number),
      phones: { store: '+49 30 1234', rider: '030 5678' },
      note: 'Second yard',
      customer: { name: 'Grace' },
    },
  })
  // On the board itself there is neither a number nor a note.
  const shown = JSON.stringify(board.shows(created.delivery.id))
  expect(shown).toContain(String(order.promisedAtMs))
  for (const word of ['1234', '5678', 'yard']) expect(shown).not.toContain(word)
})

it('[BOARD11] a question of any kind is answered in words, and harms nothing', async () => {
  const board = openBoard(app.url, auth)
  await board.greeted()
  for (const id of ['nowhere', '', 7, null, {}, ['a'], 'x'.repeat(5_000)])
    expect(await open(board, id)).toMatchObject({ ok: false, code: 'not_found' })
  board.socket.emit('dispatch:open')
  board.socket.emit('dispatch:open', 'a', 'no function')
  board.socket.emit('dispatch:snapshot', [])
  const created = await create()
  await api.postStatus(created, 'picked_up')
  await pollUntil(() => board.shows(created.delivery.id), { ...SOON, what: 'the next delivery' })
})

it('[BOARD19] outside the demo no riders are simulated', async () => {
  const board = openBoard(app.url, auth)
  await board.greeted()
  const answer = await board.socket.timeout(20_000).emitWithAck('dispatch:evening', {})
  expect(answer).toMatchObject({ ok: false, code: 'forbidden' })
})
