import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import type { LatLng } from '#contracts/place.ts'
import { type RouteMessage, routeMessageSchema } from '#contracts/socket.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { connectCustomer } from '../support/customer.ts'
import { BERLIN } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import {
  cut,
  type RouterStub,
  silent,
  startRouterStub,
  wayAround,
  wayLasting,
} from '../support/router-stub.ts'
import { tempDir } from '../support/temp-dir.ts'

const CLOCK = pathToFileURL(join(import.meta.dirname, '../support/shiftable-clock.mjs'))

type Instance = { app: RunningApp; api: Api }
let here: Instance
let there: Instance
let stub: RouterStub
let clockFile: string
let aheadMs = 0

/** One log, one database and one router; and a clock that the tests set, so that 20 s off the way pass at once. */
beforeAll(async () => {
  stub = await startRouterStub(wayAround)
  clockFile = join(tempDir(), 'clock')
  const env = {
    ROUTE_URL: `${stub.url}/a/path?key=k`,
    ...{ NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile },
    KAFKA_BROKERS: process.env[APP_KAFKA] ?? (await startBundledBroker()).address,
    KAFKA_PREFIX: `way-${randomUUID()}.`,
    DATABASE_URL: (await freshDatabase(inject('postgresUrl'))).url,
    TOKEN_SECRET: 'the same for both instances, so that links open on either',
  }
  const [first, second] = await Promise.all([startApp({ env }), startApp({ env })])
  here = { app: first, api: createApi(first.url) }
  there = { app: second, api: createApi(second.url) }
})

function pass(seconds: number): void {
  aheadMs += seconds * 1_000
  writeFileSync(clockFile, String(aheadMs))
}

async function order(body: object = BERLIN): Promise<CreateDeliveryAnswer & { tookMs: number }> {
  const startedMs = performance.now()
  const answer = await here.api.call('/api/deliveries', { method: 'POST', body })
  const tookMs = performance.now() - startedMs
  expect(answer.status).toBe(201)
  return { ...createDeliveryAnswerSchema.parse(await answer.json()), tookMs }
}

/** South of the way, which leads east from the store and north to the door. */
const southBy = (metres: number): LatLng => [BERLIN.store.lat - metres / 111_195, BERLIN.store.lng]
const wayFrom = ([lat, lng]: LatLng) => rounded([[lat, lng], [lat, BERLIN.destination.lng], doorOf(BERLIN)])
const doorOf = ({ destination: { lat, lng } }: typeof BERLIN): LatLng => [lat, lng]
const rounded = (route: LatLng[]) =>
  route.map((point) => point.map((degrees) => Math.round(degrees * 1e6) / 1e6))

/** A rider on the way to the customer, and what customers on either instance are told of the way. */
async function ride() {
  const created = await order()
  expect((await here.api.postStatus(created, 'picked_up')).status).toBe(200)
  let seq = 0
  const customers = [here, there].map(({ app }) => {
    const told: RouteMessage[] = []
    const customer = connectCustomer(app.url, { token: created.customer.token })
    customer.socket.on('delivery:route', (message: unknown) => told.push(routeMessageSchema.parse(message)))
    return { ...customer, told }
  })
  for (const customer of customers) {
    await customer.greeted()
    await pollUntil(
      () => customer.snapshots[0]?.delivery.status === 'picked_up' || customer.statuses.length > 0,
      {
        withinMs: 20_000,
        what: 'the pick-up, on either instance',
      },
    )
  }
  const post = async ({ api }: Instance, [lat, lng]: LatLng) => {
    seq += 1
    const fix = fixAt(created, seq, { lat, lng, recordedAtMs: Date.now() + aheadMs })
    expect((await api.postLocations(created, [fix])).status).toBe(202)
  }
  return {
    created,
    told: customers.map(({ told }) => told),
    post,
    /** Posts it here, and waits until either instance knows. */
    async rideTo(place: LatLng) {
      await post(here, place)
      await pollUntil(() => customers.every(({ locations }) => locations.at(-1)?.location.seq === seq), {
        withinMs: 20_000,
        what: 'the point, on either instance',
      })
    },
    async newWay(count: number) {
      await pollUntil(() => customers.every(({ told }) => told.length >= count), {
        withinMs: 20_000,
        what: `way ${count}, on either instance`,
      })
    },
    snapshots: () =>
      Promise.all([here, there].map(({ api }) => api.snapshotOf(created, created.customer.token))),
  }
}

describe('the way of an order', () => {
  it('[WAY1] is the line that the router has found', async () => {
    const { delivery } = await order()
    expect(delivery.routed).toBe(true)
    expect(delivery.route).toEqual(wayFrom(southBy(0)))
    expect(stub.asked.at(-1)).toMatch(
      /^\/a\/path\/route\/v1\/driving\/13\.\d+,52\.\d+;13\.\d+,52\.\d+\?key=k&/,
    )
  })

  it('[ETA13] a way that its router takes to last longer is told to last longer, on either instance', async () => {
    const toGoMs: number[] = []
    for (const seconds of [120, 600]) {
      stub.answer = wayLasting(seconds)
      const { rideTo, snapshots } = await ride()
      await rideTo(southBy(0))
      for (const { eta, lastLocation } of await snapshots())
        toGoMs.push(((eta?.fromMs ?? 0) + (eta?.toMs ?? 0)) / 2 - (lastLocation?.recordedAtMs ?? 0))
    }
    stub.answer = wayAround
    const [quick = 0, quickThere = 0, slow = 0, slowThere = 0] = toGoMs
    expect(slow).toBeGreaterThan(quick + 30_000)
    expect(Math.abs(quickThere - quick)).toBeLessThan(15_000)
    expect(Math.abs(slowThere - slow)).toBeLessThan(15_000)
  })

  it('[WAY5] is planned anew by one instance once the rider has left it, told by both, and not again within 30 s', async () => {
    const { rideTo, post, told, newWay, snapshots } = await ride()
    await rideTo(southBy(1_000))
    const asked = stub.asked.length
    pass(19)
    await rideTo(southBy(1_010))
    expect(stub.asked).toHaveLength(asked)
    pass(2)
    // Either instance sees it.
    await Promise.all([post(here, southBy(1_020)), post(there, southBy(1_020))])
    await newWay(1)
    const first = { route: wayFrom(southBy(1_020)), routed: true }
    expect(told).toEqual([[first], [first]])
    expect(stub.asked).toHaveLength(asked + 1)
    for (const { delivery, eta } of await snapshots()) {
      expect(delivery).toMatchObject(first)
      expect(eta).not.toBeNull()
    }

    await rideTo(southBy(1_500))
    pass(25)
    await rideTo(southBy(1_510))
    pass(6)
    await rideTo(southBy(1_520))
    await newWay(2)
    // Of what was 25 s after the first plan nothing was planned.
    const second = { route: wayFrom(southBy(1_520)), routed: true }
    expect(told).toEqual([
      [first, second],
      [first, second],
    ])
    expect(stub.asked).toHaveLength(asked + 2)
  })

  it('[WAY5] stays while the router is dead or slow; the ride goes on, and later it is planned anew', async () => {
    const { created, rideTo, told, newWay, snapshots } = await ride()
    await rideTo(southBy(1_000))
    let south = 1_000
    const failures = () => here.app.logs().split('The router gave no answer').length
    for (const answer of [cut, silent]) {
      stub.answer = answer
      const failed = failures()
      pass(31)
      south += 10
      await rideTo(southBy(south))
      await pollUntil(() => failures() > failed, { withinMs: 20_000, what: 'the end of the question' })
      south += 10
      await rideTo(southBy(south))
      for (const { delivery, eta } of await snapshots()) {
        expect(delivery.route).toEqual(created.delivery.route)
        expect(eta).not.toBeNull()
      }
    }
    stub.answer = wayAround
    pass(31)
    await rideTo(southBy(1_100))
    await newWay(1)
    const way = { route: wayFrom(southBy(1_100)), routed: true }
    expect(told).toEqual([[way], [way]])
  })

  it('[WAY2] is the straight line, and the order is answered in time, while the router is slow or dead', async () => {
    for (const answer of [silent, cut, silent, cut]) {
      stub.answer = answer
      const { delivery, tookMs } = await order()
      expect(delivery).toMatchObject({ routed: false })
      expect(delivery.route).toHaveLength(2)
      expect(tookMs).toBeLessThan(1_500)
    }
  })

  it('[WAY4] is planned on the drawn streets inside the demo’s city, while the router is away', async () => {
    stub.answer = cut
    const { delivery } = await order({
      store: { name: 'A', lat: 37.4979, lng: 127.0276 },
      destination: { name: 'B', lat: 37.51172, lng: 127.04812 },
    })
    expect(delivery.routed).toBe(true)
    expect(delivery.route.length).toBeGreaterThan(10)
  })
})
