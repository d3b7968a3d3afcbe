import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { startBroker } from '../support/broker.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { tempDir } from '../support/temp-dir.ts'
import { aWayOff, MINUTE_MS, movedBy, north } from '../support/watched-ride.ts'
import { startWebhookReceiver, WEBHOOK_SECRET } from '../support/webhook-receiver.ts'

const CLOCK_FILE = join(tempDir(), 'clock')

it('[HOOK16] of instances that go from one to three and back to one each delivery is watched by one: nothing is told twice, nothing left out', async () => {
  writeFileSync(CLOCK_FILE, '0')
  const shop = await startWebhookReceiver()
  const env = {
    KAFKA_BROKERS: (await startBroker()).address,
    KAFKA_PREFIX: `watch-${randomUUID()}.`,
    DATABASE_URL: (await freshDatabase(inject('postgresUrl'))).url,
    TOKEN_SECRET: 'the same for all instances, so that links open on each',
    WEBHOOK_URL: shop.url,
    WEBHOOK_SECRET,
    ...movedBy(CLOCK_FILE),
  }
  const first = await startApp({ env, readyWithinMs: 200_000 })
  const rides: CreateDeliveryAnswer[] = []
  /** Its promise passes and it comes near while instances come or go. */
  async function rideOn(through: RunningApp, count: number): Promise<void> {
    const by = createApi(through.url)
    for (let n = 0; n < count; n += 1) {
      const created = await by.createDelivery({ ...aWayOff(), promisedAtMs: Date.now() + n * 500 })
      await by.postStatus(created, 'picked_up')
      await by.postLocations(created, [north(created, 1, 0.007)])
      rides.push(created)
    }
  }
  const toldAll = (type: string) =>
    pollUntil(() => rides.every(({ delivery }) => shop.noticed(delivery.id).includes(type)), {
      withinMs: 120_000,
      what: `${type} of each`,
    })
  const [[second, third]] = await Promise.all([
    Promise.all([startApp({ env, readyWithinMs: 200_000 }), startApp({ env, readyWithinMs: 200_000 })]),
    rideOn(first, 6),
  ])
  await Promise.all([first.kill9(), rideOn(second, 6)])
  await Promise.all([third.stop(), rideOn(second, 6)])
  await toldAll('delivery.near')
  await toldAll('delivery.late')
  writeFileSync(CLOCK_FILE, String(MINUTE_MS))
  await toldAll('delivery.silent')
  const by = createApi(second.url)
  for (const created of rides)
    expect((await by.postLocations(created, [north(created, 2, 0.0069)])).status).toBe(202)
  await toldAll('delivery.back')
  const once = ['delivery.back', 'delivery.late', 'delivery.near', 'delivery.silent']
  for (const { delivery } of rides) expect(shop.noticed(delivery.id).sort()).toEqual(once)
  expect(shop.faults).toEqual([])
})
