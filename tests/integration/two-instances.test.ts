import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, it } from 'vitest'
import { openReplySchema } from '#contracts/dispatch.ts'
import {
  createDeliveryAnswerSchema,
  listLocationsAnswerSchema,
  replaceLinkAnswerSchema,
} from '#contracts/http.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { openBoard } from '../support/board.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { connectCustomer } from '../support/customer.ts'
import { BERLIN } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { startPushService } from '../support/push-service.ts'

const POINTS = 30

type Instance = { app: RunningApp; api: Api }
let here: Instance
let there: Instance
let service: Awaited<ReturnType<typeof startPushService>>

/** One log and one database; whoever rides and whoever watches may be on different instances. */
beforeAll(async () => {
  const env = {
    KAFKA_BROKERS: process.env[APP_KAFKA] ?? (await startBundledBroker()).address,
    KAFKA_PREFIX: `two-${randomUUID()}.`,
    DATABASE_URL: (await freshDatabase(inject('postgresUrl'))).url,
    PUSH_HOSTS: 'localhost',
    PUSH_ALLOW_PRIVATE: '1',
    TOKEN_SECRET: 'the same for both instances, so that links open on either',
  }
  service = await startPushService()
  const [first, second] = await Promise.all([startApp({ env }), startApp({ env })])
  here = { app: first, api: createApi(first.url) }
  there = { app: second, api: createApi(second.url) }
})

it('[NOTE1] [NOTE9] both sign with one key, and of both one tells: each status once', async () => {
  const created = await here.api.createDelivery()
  const path = `/api/deliveries/${created.delivery.id}/push-subscription`
  const { token } = created.customer
  const keys = await Promise.all(
    [here, there].map(async ({ api }) => (await (await api.call(path, { token })).json()).publicKey),
  )
  expect(keys[0]).toBe(keys[1])
  const browsers = Array.from({ length: 4 }, service.openBrowser)
  for (const [index, { subscription }] of browsers.entries())
    expect(
      (await (index % 2 ? here : there).api.call(path, { method: 'PUT', token, body: subscription })).status,
    ).toBe(204)
  const told = (statuses: string[]) =>
    pollUntil(() => browsers.every((each) => each.received.length >= statuses.length), {
      withinMs: 20_000,
      what: `${statuses} told`,
    })
  await here.api.postStatus(created, 'picked_up')
  await told(['picked_up'])
  await there.api.postStatus(created, 'delivered')
  await told(['picked_up', 'delivered'])
  for (const browser of browsers) expect(browser.statuses()).toEqual(['picked_up', 'delivered'])
})

it('[PATH7] [API10] the rider on one instance, the customer on another: every point, every status, the end', async () => {
  const created = await here.api.createDelivery()
  const customer = connectCustomer(there.app.url, { token: created.customer.token })
  await customer.greeted()
  await here.api.postStatus(created, 'picked_up')
  await pollUntil(() => customer.statuses.length > 0, { withinMs: 20_000, what: 'picked up, there' })
  for (let seq = 1; seq <= POINTS; seq += 1) {
    const answer = await here.api.postLocations(created, [fixAt(created, seq)])
    expect(answer.status).toBe(202)
    // An instance does not know of the other one's customers, and asks for no rate of its own.
    if (seq === 1) expect(await answer.json()).toEqual({ accepted: 1, duplicates: 0, lastSeq: 1 })
  }
  const everything = Array.from({ length: POINTS }, (_, i) => i + 1)
  await pollUntil(() => customer.locations.length >= POINTS, { withinMs: 20_000, what: 'every point, there' })
  expect(customer.locations.map(({ location }) => location.seq)).toEqual(everything)

  // The rider changes instance: the other one knows what was sent through the first.
  const again = await there.api.postLocations(created, [fixAt(created, POINTS + 1)])
  expect(await again.json()).toMatchObject({ accepted: 1, lastSeq: POINTS + 1, nextReportMs: 3_000 })
  const path = `/api/deliveries/${created.delivery.id}/locations`
  for (const { api } of [here, there]) {
    await pollUntil(
      async () => {
        const list = await api.call(path, { token: created.customer.token })
        return listLocationsAnswerSchema.parse(await list.json()).locations.length === POINTS + 1
      },
      { withinMs: 20_000, what: 'the whole history on either instance' },
    )
  }

  await here.api.postStatus(created, 'delivered')
  await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the end, there' })
  // The points went along the whole route: the instance that took them saw it arrive.
  expect(customer.statuses.map(({ status }) => status)).toEqual(['picked_up', 'arriving', 'delivered'])
  expect((await there.api.postLocations(created, [fixAt(created, POINTS + 2)])).status).toBe(410)
})

it('[LINK13] replaced on one instance, a link is closed on the other, and the new one opens there at once', async () => {
  const created = await here.api.createDelivery()
  const { delivery, rider, customer } = created
  const path = `/api/deliveries/${delivery.id}`
  // The other instance knows this delivery, so what it answers later it has heard and not just looked up.
  expect((await there.api.call(path, { token: customer.token })).status).toBe(200)
  const [old, other] = [
    connectCustomer(there.app.url, { token: customer.token }),
    connectCustomer(there.app.url, { token: (await here.api.createDelivery()).customer.token }),
  ]
  await Promise.all([old.greeted(), other.greeted()])

  const answer = await here.api.replaceLink(delivery.id, 'customer', rider.token)
  const { token } = replaceLinkAnswerSchema.parse(await answer.json())
  expect((await there.api.call(path, { token })).status).toBe(200)
  const welcome = connectCustomer(there.app.url, { token })
  await welcome.greeted()
  await pollUntil(() => old.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect, there' })
  expect(old.events).toEqual(['delivery:snapshot', 'delivery:closed'])
  expect(old.closings).toEqual([{ code: 'unauthenticated' }])
  for (const { api } of [here, there])
    await expectProblem(await api.call(path, { token: customer.token }), 401, 'unauthenticated')
  expect((await there.api.call(path, { token: rider.token })).status).toBe(200)
  expect([...welcome.closings, ...other.closings]).toEqual([])
  expect([...welcome.disconnects, ...other.disconnects]).toEqual([])
})

it('[ORD8] 40 orders at once from two instances with 20 numbers are 20 deliveries', async () => {
  const body = (n: number) => ({ ...BERLIN, externalId: `order ${n}`, note: `Number ${n}` })
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      const { api } = i % 2 ? here : there
      // Of a busy machine an order may be answered 503, and is sent again: that is what its number is for.
      const answer = await pollUntil(
        async () => {
          const order = await api.call('/api/deliveries', { method: 'POST', body: body(Math.floor(i / 2)) })
          return order.status === 503 ? undefined : order
        },
        { withinMs: 60_000, what: 'an answer' },
      )
      const { delivery } = createDeliveryAnswerSchema.parse(await answer.json())
      return { status: answer.status, number: delivery.externalId, id: delivery.id }
    }),
  )
  expect(answers.every(({ status }) => status === 201 || status === 200)).toBe(true)
  // Not more: the first answer of one may have been lost on the way.
  expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(20)
  expect(new Set(answers.map(({ number, id }) => `${number} ${id}`)).size).toBe(20)
  const other = { ...body(0), note: 'Another one' }
  for (const { api } of [here, there])
    await expectProblem(await api.call('/api/deliveries', { method: 'POST', body: other }), 409, 'conflict')
})

it('[BOARD8] [BOARD10] each instance shows the deliveries of all: made, ridden and ended elsewhere', async () => {
  const before = await here.api.createDelivery()
  const board = openBoard(there.app.url)
  const snapshot = await board.greeted()
  expect(snapshot.map(({ id }) => id)).toContain(before.delivery.id)
  const created = await here.api.createDelivery()
  await here.api.postStatus(created, 'picked_up')
  await here.api.postLocations(created, [fixAt(created, 1)])
  const shown = () => board.shows(created.delivery.id)
  await pollUntil(() => shown()?.lastLocation?.seq === 1, { withinMs: 20_000, what: 'the place, there' })
  expect(shown()).toMatchObject({ status: 'picked_up', rider: created.delivery.rider })
  // In the demo the sheet acts with the links that every visitor has.
  const opened = openReplySchema.parse(await board.socket.emitWithAck('dispatch:open', created.delivery.id))
  const links = opened.ok ? opened.value.links : undefined
  for (const token of [links?.rider.token ?? '', links?.customer.token ?? ''])
    expect((await here.api.call(`/api/deliveries/${created.delivery.id}`, { token })).status).toBe(200)
  await here.api.postStatus(created, 'cancelled')
  await pollUntil(() => board.gone.length > 0, { withinMs: 20_000, what: 'the end, there' })
  expect(board.gone).toEqual([created.delivery.id])
})

it('[PATH8] killed with -9, an instance leaves its customers and its share of the history to the other', async () => {
  const created = await here.api.createDelivery()
  await here.api.postStatus(created, 'picked_up')
  const before = connectCustomer(there.app.url, { token: created.customer.token })
  await before.greeted()
  await here.api.postLocations(
    created,
    [1, 2, 3].map((seq) => fixAt(created, seq)),
  )
  await pollUntil(() => before.locations.length === 3, { withinMs: 20_000, what: 'the first three' })
  await there.app.kill9()

  await here.api.postLocations(
    created,
    [4, 5, 6].map((seq) => fixAt(created, seq)),
  )
  const after = connectCustomer(here.app.url, { token: created.customer.token, afterSeq: 3 })
  await pollUntil(() => after.locations.length >= 3, { withinMs: 20_000, what: 'what was missed' })
  expect(after.locations.map(({ location }) => location.seq)).toEqual([4, 5, 6])
  // The dead member's partitions are given to the one that lives once its session has run out.
  const stored = async () => {
    const metrics = await (await here.api.call('/metrics')).text()
    return Number(/^rider_live_locations_stored_total\{[^}]*\} (\d+)$/m.exec(metrics)?.[1])
  }
  const already = await stored()
  const deliveries = await Promise.all(Array.from({ length: 12 }, () => here.api.createDelivery()))
  for (const delivery of deliveries) await here.api.postLocations(delivery, [fixAt(delivery, 1)])
  await pollUntil(async () => (await stored()) >= already + deliveries.length, {
    withinMs: 60_000,
    what: 'points of every partition, stored by the one that lives',
  })
})
