import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { type Api, createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { readMetric } from '../support/read-metric.ts'

const PLACED_EACH = 3
const OF_AN_ADDRESS = 80
const OF_A_TOKEN = 40
/** More than any limit here, and than two of them. */
const CALLS = 200

let here: RunningApp
let api: Api

const sentOn = () => readMetric(here.url, 'rider_live_calls_sent_on_total')
/** A client behind the gateway: this machine is trusted to say who asks. */
const from = (client: string) => ({ 'x-forwarded-for': client })

/** Two instances; the deliveries are asked for at the one that does not have them. */
beforeAll(async () => {
  const env = {
    KAFKA_BROKERS: process.env[APP_KAFKA] ?? (await startBundledBroker()).address,
    KAFKA_PREFIX: `affine-${randomUUID()}.`,
    DATABASE_URL: (await freshDatabase(inject('postgresUrl'))).url,
    TOKEN_SECRET: 'the same for both instances, so that links open on either',
    ...{ PUSH: 'affine', INSTANCE_HOST: '127.0.0.1', TRUSTED_PROXIES: '127.0.0.1' },
    // Windows of minutes: none ends within a test.
    ...{ RATE_LIMIT_ADDRESS: `1/${OF_AN_ADDRESS}`, RATE_LIMIT_TOKEN: `1/${OF_A_TOKEN}` },
  }
  const apps = await Promise.all([startApp({ env }), startApp({ env })])
  here = apps[0]
  api = createApi(here.url)
  await pollUntil(
    async () => {
      const placed = apps.map(({ url }) => readMetric(url, 'rider_live_partitions', 'state="placed"'))
      return (await Promise.all(placed)).every((partitions) => partitions === PLACED_EACH)
    },
    { withinMs: 60_000, what: 'each instance has its share' },
  )
})

async function deliveryOfTheOther(): Promise<CreateDeliveryAnswer> {
  return await pollUntil(
    async () => {
      const created = await api.createDelivery()
      const before = await sentOn()
      await api.call(`/api/deliveries/${created.delivery.id}`)
      return (await sentOn()) > before ? created : null
    },
    { withinMs: 60_000, what: 'a delivery that the other instance has' },
  )
}

/** How often each status was answered. */
async function ask(count: number, call: (index: number) => Promise<Response>) {
  const statuses: Record<number, number> = {}
  for (let index = 0; index < count; index += 1) {
    const { status } = await call(index)
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  return statuses
}

it.each([
  ['as its client sent it', {}],
  ['with the mark that instances once gave', { 'x-sent-on': '1' }],
  ['with a mark that somebody made up', { 'x-sent-on': 'A'.repeat(43) }],
])('[AFF7] a call that is passed on counts once for its address: %s', async (what, headers) => {
  const path = `/api/deliveries/${(await deliveryOfTheOther()).delivery.id}`
  const client = from(`203.0.113.${what.length}`)
  const before = await sentOn()
  const statuses = await ask(CALLS, () => api.call(path, { headers: { ...client, ...headers } }))
  // Without a token: no other limit is reached.
  expect(statuses).toEqual({ 401: OF_AN_ADDRESS, 429: CALLS - OF_AN_ADDRESS })
  expect((await sentOn()) - before).toBe(OF_AN_ADDRESS)
})

it('[AFF7] a call that is passed on counts once for its token', async () => {
  const { delivery, customer } = await deliveryOfTheOther()
  const statuses = await ask(CALLS, (index) =>
    api.call(`/api/deliveries/${delivery.id}`, {
      token: customer.token,
      headers: from(`198.51.100.${index}`),
    }),
  )
  expect(statuses).toEqual({ 200: OF_A_TOKEN, 429: CALLS - OF_A_TOKEN })
})
