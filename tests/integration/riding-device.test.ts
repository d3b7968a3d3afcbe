import { beforeAll, expect, it } from 'vitest'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { commonPair } from '../support/common-apps.ts'
import { pollUntil } from '../support/poll-until.ts'

let here: Api
let there: Api

/** The two phones may reach different instances. */
beforeAll(async () => {
  const [first, second] = await commonPair()
  here = createApi(first.url)
  there = createApi(second.url)
})

const from = (deviceId: string) => ({ 'X-Rider-Device': deviceId })

it('[DEV1] R14: one device rides; the other is refused, with nothing taken, on every instance', async () => {
  const created = await here.createPickedUp()
  const taken = await here.postDevice(created, 'phone-a')
  expect([taken.status, await taken.json()]).toEqual([200, { deviceId: 'phone-a' }])
  expect((await here.postLocations(created, [fixAt(created, 1)], from('phone-a'))).status).toBe(202)
  for (const api of [here, there]) {
    // The other instance may not have heard of the takeover: a moment later it has.
    await pollUntil(
      async () => (await api.postLocations(created, [fixAt(created, 2)], from('phone-b'))).status === 409,
      { withinMs: 20_000, what: 'refused there' },
    )
    const refused = await api.postLocations(created, [fixAt(created, 99)], from('phone-b'))
    await expectProblem(refused, 409, 'other_device')
  }
  expect((await here.snapshotOf(created, created.rider.token)).lastSeq).toBeLessThan(99)
})

it('[DEV2] R14: whoever takes over rides at once, everywhere, and the old one no more', async () => {
  const created = await here.createPickedUp()
  await here.postDevice(created, 'phone-a')
  await there.postDevice(created, 'phone-b')
  // Before the log has told it, the database is asked.
  expect((await here.postLocations(created, [fixAt(created, 1)], from('phone-b'))).status).toBe(202)
  for (const api of [here, there]) {
    const old = await api.postLocations(created, [fixAt(created, 2)], from('phone-a'))
    await expectProblem(old, 409, 'other_device')
  }
  await here.postDevice(created, 'phone-a')
  await here.postDevice(created, 'phone-a')
  expect((await here.postLocations(created, [fixAt(created, 2)], from('phone-a'))).status).toBe(202)
})

it('[DEV3] R14: a client that knows nothing of it is let through, and claims nothing', async () => {
  const created = await here.createPickedUp()
  expect((await here.postLocations(created, [fixAt(created, 1)], from('phone-b'))).status).toBe(202)
  expect((await here.postLocations(created, [fixAt(created, 2)], from('phone-c'))).status).toBe(202)
  await here.postDevice(created, 'phone-a')
  expect((await here.postLocations(created, [fixAt(created, 3)])).status).toBe(202)
  expect((await here.postLocations(created, [fixAt(created, 4)], from(''))).status).toBe(202)
})

it('[DEV4] R14: only the rider, only with a name that a header can carry, and not after the end', async () => {
  const created = await here.createPickedUp()
  for (const bad of ['', ' a', 'a ', 'é', 'a\n', 'x'.repeat(65), 7, null])
    expect(await expectProblem(await here.postDevice(created, bad), 400, 'invalid_body')).toMatchObject({
      field: 'deviceId',
    })
  for (const good of ['x'.repeat(64), 'My phone (2)', '~'])
    expect((await here.postDevice(created, good)).status).toBe(200)
  const path = `/api/deliveries/${created.delivery.id}/device`
  const body = { deviceId: 'phone-a' }
  const { token } = created.customer
  await expectProblem(await here.call(path, { method: 'POST', body, token }), 403, 'forbidden')
  await expectProblem(await here.call(path, { method: 'POST', body }), 401, 'unauthenticated')
  await here.postStatus(created, 'delivered')
  await expectProblem(await here.postDevice(created, 'phone-a'), 410, 'delivery_ended')
})
