import { beforeAll, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { silent } from '../support/database.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase, startPostgres } from '../support/postgres.ts'

const BURST = 120

/** Its own, which is stopped in the end. */
const postgres = await startPostgres()

let databaseUrl: string
let instances: { app: RunningApp; api: Api }[]

beforeAll(async () => {
  atEnd(() => postgres.stop())
  databaseUrl = (await freshDatabase(postgres.url)).url
  const env = {
    DATABASE_URL: databaseUrl,
    TOKEN_SECRET: 'the same for both instances, so that links open on either',
    // A window of 20 s: a flood is over before its window is.
    RATE_LIMIT_TOKEN: `6/${BURST}`,
    RATE_LIMIT_ADDRESS: '100000',
  }
  const apps = [await startApp({ env }), await startApp({ env })]
  instances = apps.map((app) => ({ app, api: createApi(app.url) }))
})

/** Posts from one token, to the instances in turn, so many at a time; returns the statuses and the slowest, ms. */
async function flood(created: CreateDeliveryAnswer, posts: number, atOnce: number) {
  const statuses: number[] = []
  let slowestMs = 0
  let next = 1
  const rider = async () => {
    while (next <= posts) {
      const seq = next++
      const startedAt = performance.now()
      const { api } = instances[seq % 2] as (typeof instances)[number]
      statuses.push((await api.postLocations(created, [fixAt(created, seq)])).status)
      slowestMs = Math.max(slowestMs, performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, rider))
  const count = (status: number) => statuses.filter((each) => each === status).length
  return { accepted: count(202), refused: count(429), slowestMs }
}

const newDelivery = () => (instances[0] as (typeof instances)[number]).api.createDelivery()

it('[GW25] one token gets one burst of two instances, give or take a step; the database learns neither token nor address', async () => {
  const created = await newDelivery()
  const { accepted, refused, slowestMs } = await flood(created, 400, 4)
  console.log(
    `two instances: ${accepted} of a burst of ${BURST} accepted, slowest ${Math.round(slowestMs)} ms`,
  )
  expect(accepted + refused).toBe(400)
  // A step of 15 either way, and what is under way beyond it; on a busy machine more is under way. Apart it would be 240.
  expect(accepted).toBeGreaterThanOrEqual(BURST - 15)
  expect(accepted).toBeLessThanOrEqual(BURST * 1.5)

  const db = await openDatabase({ databaseUrl, dataDir: '/unused', logger: silent })
  atEnd(() => db.close())
  const rows = await db.prisma.rateCount.findMany()
  expect(rows.length).toBeGreaterThan(0)
  for (const { key } of rows) expect(key).toMatch(/^(token|address) [A-Za-z0-9_-]{43}$/)
})

it('[GW26] with the database away each instance counts for itself, and riders are served as fast as ever', async () => {
  const created = await newDelivery()
  // Each instance knows the delivery by now.
  expect((await flood(created, 4, 1)).accepted).toBe(4)
  await postgres.stop()
  // One at a time, as riders send: a post that a later one has overtaken on the other instance has to ask the database.
  const { accepted, refused, slowestMs } = await flood(created, 300, 1)
  console.log(`database away: ${accepted} accepted, ${refused} refused, slowest ${Math.round(slowestMs)} ms`)
  expect(accepted + refused).toBe(300)
  expect(accepted).toBeGreaterThan(BURST)
  expect(accepted).toBeLessThanOrEqual(2 * BURST)
  // The database is not on the way of a post; the rest is for a machine that is busy.
  expect(slowestMs).toBeLessThan(3_000)
  await pollUntil(() => instances.every(({ app }) => app.logs().includes('counted by this instance alone')), {
    withinMs: 30_000,
    what: 'a line in each log',
  })
})
