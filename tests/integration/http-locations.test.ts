import { beforeAll, describe, expect, it } from 'vitest'
import { listLocationsAnswerSchema, postLocationsAnswerSchema } from '#contracts/http.ts'
import { locationSchema } from '#contracts/location.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { commonDemo } from '../support/common-apps.ts'

let api: Api

beforeAll(async () => {
  api = createApi((await commonDemo()).url)
})

describe('creating', () => {
  it('[API1] answers 201 with the delivery and a link for each side, tokens in the fragment', async () => {
    const { delivery, rider, customer } = await api.createDelivery()
    expect(delivery.status).toBe('accepted')
    expect(delivery.route.length).toBeGreaterThan(10)
    expect(rider.url).toBe(`/rider/${delivery.id}#${rider.token}`)
    expect(customer.url).toBe(`/track/${delivery.id}#${customer.token}`)
  })

  it('[API1] needs no body, and takes a scenario by name', async () => {
    expect((await api.call('/api/deliveries', { method: 'POST' })).status).toBe(201)
    const { delivery } = await api.createDelivery({ scenario: 'coffee' })
    expect(delivery.store.name).toContain('Slow Harbor')
    const unknown = await api.call('/api/deliveries', { method: 'POST', body: { scenario: 'moon' } })
    expect(await expectProblem(unknown, 400, 'invalid_body')).toMatchObject({ field: 'scenario' })
  })
})

describe('locations', () => {
  it('[API2] a post is answered 202 with what was new, what was known, and the last seq', async () => {
    const created = await api.createPickedUp()
    const first = await api.postLocations(created, [fixAt(created, 1), fixAt(created, 2)])
    expect(first.status).toBe(202)
    expect(postLocationsAnswerSchema.parse(await first.json())).toEqual({
      accepted: 2,
      duplicates: 0,
      lastSeq: 2,
    })
  })

  it('[API2] a retry of the same points is answered as duplicates', async () => {
    const created = await api.createPickedUp()
    const fixes = [fixAt(created, 1), fixAt(created, 2)]
    await api.postLocations(created, fixes)
    const again = await api.postLocations(created, [...fixes, fixAt(created, 3)])
    expect(await again.json()).toMatchObject({ accepted: 1, duplicates: 2, lastSeq: 3 })
  })

  it('[API3] what was acknowledged is found at once, by seq, page by page', async () => {
    const created = await api.createPickedUp()
    await api.postLocations(
      created,
      [1, 2, 3, 4, 5].map((seq) => fixAt(created, seq)),
    )
    const page = async (query: string, token: string) => {
      const response = await api.call(`/api/deliveries/${created.delivery.id}/locations${query}`, { token })
      const { locations, nextAfterSeq } = listLocationsAnswerSchema.parse(await response.json())
      return [locations.map(({ seq }) => seq), nextAfterSeq]
    }
    for (const { token } of [created.rider, created.customer]) {
      expect(await page('', token)).toEqual([[1, 2, 3, 4, 5], null])
      expect(await page('?afterSeq=1&limit=2', token)).toEqual([[2, 3], 3])
      expect(await page('?afterSeq=3&limit=2', token)).toEqual([[4, 5], null])
      expect(await page('?afterSeq=5', token)).toEqual([[], null])
    }
  })

  it('[API3] refuses a query that is no whole number in range', async () => {
    const created = await api.createPickedUp()
    for (const [query, field] of [
      ['?afterSeq=-1', 'afterSeq'],
      ['?afterSeq=x', 'afterSeq'],
      ['?limit=0', 'limit'],
      ['?limit=1e9', 'limit'],
    ]) {
      const response = await api.call(`/api/deliveries/${created.delivery.id}/locations${query}`, {
        token: created.rider.token,
      })
      expect(await expectProblem(response, 400, 'invalid_body')).toMatchObject({ field })
    }
  })

  it('[API4] the polling twin answers 204, then the newest with an ETag, then 304', async () => {
    const created = await api.createPickedUp()
    const path = `/api/deliveries/${created.delivery.id}/location`
    const token = created.customer.token
    expect((await api.call(path, { token })).status).toBe(204)
    await api.postLocations(created, [fixAt(created, 1), fixAt(created, 2)])
    const newest = await api.call(path, { token })
    expect(locationSchema.parse(await newest.json()).seq).toBe(2)
    const etag = newest.headers.get('etag') ?? ''
    expect(etag).not.toBe('')
    const unchanged = await api.call(path, { token, headers: { 'if-none-match': etag } })
    expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
    await api.postLocations(created, [fixAt(created, 3)])
    expect((await api.call(path, { token, headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  it('[LOC5] a clock from the future is clamped to the moment of receipt', async () => {
    const created = await api.createPickedUp()
    await api.postLocations(created, [fixAt(created, 1, { recordedAtMs: Date.now() + 3_600_000 })])
    const { lastLocation } = await api.snapshotOf(created, created.customer.token)
    expect(lastLocation?.recordedAtMs).toBe(lastLocation?.receivedAtMs)
  })

  it('[API2] a late point is kept and does not take the newest back', async () => {
    const created = await api.createPickedUp()
    await api.postLocations(created, [fixAt(created, 3)])
    await api.postLocations(created, [fixAt(created, 1)])
    expect((await api.snapshotOf(created, created.customer.token)).lastLocation?.seq).toBe(3)
    const stored = await api.call(`/api/deliveries/${created.delivery.id}/locations`, {
      token: created.rider.token,
    })
    expect(listLocationsAnswerSchema.parse(await stored.json()).locations.map(({ seq }) => seq)).toEqual([
      1, 3,
    ])
  })
})
