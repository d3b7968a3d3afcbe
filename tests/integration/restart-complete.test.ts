import { expect, inject, it } from 'vitest'
import { createApi, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { blockWrites } from '../support/block-writes.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { readMetric } from '../support/read-metric.ts'

const PLENTY = { RATE_LIMIT_TOKEN: '1000/1000', RATE_LIMIT_ADDRESS: '5000/5000' }

it('[HIST2] V2 V3: what was acknowledged and not stored is there right after a kill -9, and the way to the store stays hidden', async () => {
  const { url, drop } = await freshDatabase(inject('postgresUrl'))
  atEnd(drop)
  const env = { ...PLENTY, DATABASE_URL: url }
  const first = await startApp({ env })
  const before = createApi(first.url)
  const [ride, waiting] = [await before.createPickedUp(), await before.createDelivery()]
  await before.postLocations(ride, [fixAt(ride, 1)])

  // The history cannot be written from here on.
  const letWrite = await blockWrites(url, 'locations')
  const seqs = Array.from({ length: 20 }, (_, i) => i + 1)
  for (const seq of seqs) {
    for (const each of [ride, waiting])
      expect((await before.postLocations(each, [fixAt(each, seq)])).status).toBe(202)
  }
  await first.kill9()

  const second = await startApp({ env, dataDir: first.dataDir })
  const api = createApi(second.url)
  const found = async (created: typeof ride, token: string) =>
    (await api.historyOf(created, token)).map(({ seq }) => seq)
  expect(await found(ride, ride.customer.token)).toEqual(seqs)
  expect((await api.snapshotOf(ride, ride.customer.token)).lastLocation?.seq).toBe(20)
  const back = connectCustomer(second.url, { token: ride.customer.token, afterSeq: 5 })
  await pollUntil(() => back.locations.length >= 15, { withinMs: 20_000, what: 'what was missed' })
  expect(back.locations.map(({ location }) => location.seq)).toEqual(seqs.slice(5))

  expect((await api.postStatus(waiting, 'picked_up')).status).toBe(200)
  await letWrite()
  // The statement that the first app was waiting for may still be carried out: then they are found stored.
  const readBySecond = async () =>
    (await readMetric(second.url, 'rider_live_locations_stored_total')) +
    (await readMetric(second.url, 'rider_live_locations_repeated_total', 'group="history"'))
  // The first one was stored before.
  await pollUntil(async () => (await readBySecond()) >= 39, { withinMs: 30_000, what: 'the history' })
  expect(await found(waiting, waiting.customer.token)).toEqual([20])
  expect(await found(waiting, waiting.rider.token)).toEqual(seqs)
  expect(await found(ride, ride.rider.token)).toEqual(seqs)
})

it('[HIST3] V3: complete, or 503 with Retry-After: what no memory holds is not left out', async () => {
  const { url, drop } = await freshDatabase(inject('postgresUrl'))
  atEnd(drop)
  const app = await startApp({ env: { ...PLENTY, DATABASE_URL: url } })
  const api = createApi(app.url)
  const created = await api.createPickedUp()
  const letWrite = await blockWrites(url, 'locations')
  for (let seq = 1; seq <= 300; seq += 100) {
    const fixes = Array.from({ length: 100 }, (_, i) => fixAt(created, seq + i))
    expect((await api.postLocations(created, fixes)).status).toBe(202)
  }
  const list = () =>
    api.call(`/api/deliveries/${created.delivery.id}/locations`, { token: created.rider.token })
  const refused = await list()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  // Whether an old number is taken cannot be told either; new ones are taken as ever.
  expect((await api.postLocations(created, [fixAt(created, 5)])).status).toBe(503)
  expect((await api.postLocations(created, [fixAt(created, 301)])).status).toBe(202)
  await letWrite()
  await pollUntil(async () => (await list()).status === 200, { withinMs: 30_000, what: 'the history' })
  expect(await api.historyOf(created, created.rider.token)).toHaveLength(301)
})
