import { beforeAll, describe, expect, it } from 'vitest'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { commonDemo } from '../support/common-apps.ts'
import { pollUntil } from '../support/poll-until.ts'

let api: Api

beforeAll(async () => {
  api = createApi((await commonDemo()).url)
})

describe('lifecycle and privacy', () => {
  it('[VIS1] a customer sees no location before pick-up, the rider does', async () => {
    const created = await api.createDelivery()
    await api.postLocations(created, [fixAt(created, 1), fixAt(created, 2)])
    expect(await api.snapshotOf(created, created.customer.token)).toMatchObject({
      lastLocation: null,
      eta: null,
      lastSeq: 0,
    })
    expect(await api.snapshotOf(created, created.rider.token)).toMatchObject({ lastSeq: 2 })
    const path = `/api/deliveries/${created.delivery.id}`
    expect((await api.call(`${path}/location`, { token: created.customer.token })).status).toBe(204)
    const list = await api.call(`${path}/locations`, { token: created.customer.token })
    expect(await list.json()).toEqual({ locations: [], nextAfterSeq: null })
  })

  it('[VIS3] after pick-up the way to the store stays hidden: the position at pick-up is the first one seen', async () => {
    const created = await api.createDelivery()
    await api.postLocations(
      created,
      [1, 2, 3].map((seq) => fixAt(created, seq)),
    )
    await api.postStatus(created, 'picked_up')
    await api.postLocations(created, [fixAt(created, 4)])
    const list = await api.call(`/api/deliveries/${created.delivery.id}/locations`, {
      token: created.customer.token,
    })
    expect(listLocationsAnswerSchema.parse(await list.json()).locations.map(({ seq }) => seq)).toEqual([3, 4])
  })

  it('[API5] status: legal steps, a repeat is fine, an illegal one is 409', async () => {
    const created = await api.createDelivery()
    await expectProblem(await api.postStatus(created, 'delivered'), 409, 'illegal_transition')
    await expectProblem(await api.postStatus(created, 'arriving'), 409, 'illegal_transition')
    for (const _ of [1, 2]) {
      const response = await api.postStatus(created, 'picked_up')
      expect([response.status, await response.json()]).toEqual([200, { status: 'picked_up' }])
    }
    await expectProblem(await api.postStatus(created, 'accepted'), 409, 'illegal_transition')
    expect((await api.postStatus(created, 'delivered')).status).toBe(200)
  })

  it('[API6] the server sets arriving within 200 m of the door', async () => {
    const created = await api.createPickedUp()
    const { lat, lng } = created.delivery.destination
    await api.postLocations(created, [fixAt(created, 1, { lat: lat + 0.0025, lng })])
    const status = async () => (await api.snapshotOf(created, created.customer.token)).delivery.status
    expect(await status()).toBe('picked_up')
    await api.postLocations(created, [fixAt(created, 2, { lat: lat + 0.001, lng })])
    // The rider is answered after half a second, though the database may need longer.
    await pollUntil(async () => (await status()) === 'arriving', { withinMs: 20_000, what: 'arriving' })
  })

  it.each(['delivered', 'cancelled'])(
    '[END1] after %s only the snapshot answers, without a location; all else is 410',
    async (end) => {
      const created = await api.createPickedUp()
      await api.postLocations(created, [fixAt(created, 1)])
      await api.postStatus(created, end)
      for (const { token } of [created.rider, created.customer]) {
        expect(await api.snapshotOf(created, token)).toMatchObject({
          delivery: { status: end },
          lastLocation: null,
          eta: null,
        })
        await expectProblem(
          await api.call(`/api/deliveries/${created.delivery.id}/locations`, { token }),
          410,
          'delivery_ended',
        )
      }
      const { token } = created.customer
      await expectProblem(
        await api.call(`/api/deliveries/${created.delivery.id}/location`, { token }),
        410,
        'delivery_ended',
      )
      await expectProblem(await api.postStatus(created, 'picked_up'), 410, 'delivery_ended')
      await expectProblem(await api.postStatus(created, end), 410, 'delivery_ended')
      await expectProblem(
        await api.postLocations(created, [fixAt(created, 2, { recordedAtMs: Date.now() })]),
        410,
        'delivery_ended',
      )
    },
  )

  it('[END2] points recorded before the end are still taken after it', async () => {
    const created = await api.createPickedUp()
    const beforeTheEnd = Date.now() - 5_000
    await api.postStatus(created, 'delivered')
    const late = await api.postLocations(created, [
      fixAt(created, 1, { recordedAtMs: beforeTheEnd }),
      fixAt(created, 2, { recordedAtMs: Date.now() }),
    ])
    expect([late.status, await late.json()]).toEqual([202, { accepted: 1, duplicates: 0, lastSeq: 1 }])
  })
})
