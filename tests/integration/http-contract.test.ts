import { beforeAll, describe, expect, it } from 'vitest'
import {
  type CreateDeliveryAnswer,
  listLocationsAnswerSchema,
  postLocationsAnswerSchema,
} from '#contracts/http.ts'
import { locationSchema } from '#contracts/location.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp()
  api = createApi(app.url)
})

const snapshotOf = async ({ delivery }: CreateDeliveryAnswer, token: string) =>
  snapshotSchema.parse(await (await api.call(`/api/deliveries/${delivery.id}`, { token })).json())

async function pickedUp(): Promise<CreateDeliveryAnswer> {
  const created = await api.createDelivery()
  expect((await api.postStatus(created, 'picked_up')).status).toBe(200)
  return created
}

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
    const created = await pickedUp()
    const first = await api.postLocations(created, [fixAt(created, 1), fixAt(created, 2)])
    expect(first.status).toBe(202)
    expect(postLocationsAnswerSchema.parse(await first.json())).toEqual({
      accepted: 2,
      duplicates: 0,
      lastSeq: 2,
    })
  })

  it('[API2] a retry of the same points is answered as duplicates', async () => {
    const created = await pickedUp()
    const fixes = [fixAt(created, 1), fixAt(created, 2)]
    await api.postLocations(created, fixes)
    const again = await api.postLocations(created, [...fixes, fixAt(created, 3)])
    expect(await again.json()).toEqual({ accepted: 1, duplicates: 2, lastSeq: 3 })
  })

  it('[API3] what was acknowledged is found at once, by seq, page by page', async () => {
    const created = await pickedUp()
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
    const created = await pickedUp()
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
    const created = await pickedUp()
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
    const created = await pickedUp()
    await api.postLocations(created, [fixAt(created, 1, { recordedAtMs: Date.now() + 3_600_000 })])
    const { lastLocation } = await snapshotOf(created, created.customer.token)
    expect(lastLocation?.recordedAtMs).toBe(lastLocation?.receivedAtMs)
  })

  it('[API2] a late point is kept and does not take the newest back', async () => {
    const created = await pickedUp()
    await api.postLocations(created, [fixAt(created, 3)])
    await api.postLocations(created, [fixAt(created, 1)])
    expect((await snapshotOf(created, created.customer.token)).lastLocation?.seq).toBe(3)
    const stored = await api.call(`/api/deliveries/${created.delivery.id}/locations`, {
      token: created.rider.token,
    })
    expect(listLocationsAnswerSchema.parse(await stored.json()).locations.map(({ seq }) => seq)).toEqual([
      1, 3,
    ])
  })
})

describe('lifecycle and privacy', () => {
  it('[VIS1] a customer sees no location before pick-up, the rider does', async () => {
    const created = await api.createDelivery()
    await api.postLocations(created, [fixAt(created, 1), fixAt(created, 2)])
    expect(await snapshotOf(created, created.customer.token)).toMatchObject({
      lastLocation: null,
      eta: null,
      lastSeq: 0,
    })
    expect(await snapshotOf(created, created.rider.token)).toMatchObject({ lastSeq: 2 })
    const path = `/api/deliveries/${created.delivery.id}`
    expect((await api.call(`${path}/location`, { token: created.customer.token })).status).toBe(204)
    const list = await api.call(`${path}/locations`, { token: created.customer.token })
    expect(await list.json()).toEqual({ locations: [], nextAfterSeq: null })
  })

  it('[VIS2] after pick-up the way to the store stays hidden: the position at pick-up is the first one seen', async () => {
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
    const created = await pickedUp()
    const { lat, lng } = created.delivery.destination
    await api.postLocations(created, [fixAt(created, 1, { lat: lat + 0.0025, lng })])
    expect((await snapshotOf(created, created.customer.token)).delivery.status).toBe('picked_up')
    await api.postLocations(created, [fixAt(created, 2, { lat: lat + 0.001, lng })])
    expect((await snapshotOf(created, created.customer.token)).delivery.status).toBe('arriving')
  })

  it.each(['delivered', 'cancelled'])(
    '[END1] after %s only the snapshot answers, without a location; all else is 410',
    async (end) => {
      const created = await pickedUp()
      await api.postLocations(created, [fixAt(created, 1)])
      await api.postStatus(created, end)
      for (const { token } of [created.rider, created.customer]) {
        expect(await snapshotOf(created, token)).toMatchObject({
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
    const created = await pickedUp()
    const beforeTheEnd = Date.now() - 5_000
    await api.postStatus(created, 'delivered')
    const late = await api.postLocations(created, [
      fixAt(created, 1, { recordedAtMs: beforeTheEnd }),
      fixAt(created, 2, { recordedAtMs: Date.now() }),
    ])
    expect([late.status, await late.json()]).toEqual([202, { accepted: 1, duplicates: 0, lastSeq: 1 }])
  })
})

describe('errors', () => {
  it('[ERR1] 401 unauthenticated: no token, a forged one, another scheme', async () => {
    const { delivery, rider } = await api.createDelivery()
    const path = `/api/deliveries/${delivery.id}`
    const [header, payload, signature = ''] = rider.token.split('.')
    const forged = `${header}.${payload}.${signature.slice(0, -4)}AAAA`
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    await expectProblem(await api.call(path), 401, 'unauthenticated')
    for (const token of ['nonsense', forged, none])
      await expectProblem(await api.call(path, { token }), 401, 'unauthenticated')
    await expectProblem(
      await api.call(path, { headers: { authorization: `Basic ${rider.token}` } }),
      401,
      'unauthenticated',
    )
    await expectProblem(await api.call(`${path}?token=${rider.token}`), 401, 'unauthenticated')
  })

  it('[ERR2] 403 forbidden: another delivery, existing or not, or the wrong role', async () => {
    const [mine, other] = [await api.createDelivery(), await api.createDelivery()]
    for (const id of [other.delivery.id, 'does-not-exist']) {
      await expectProblem(
        await api.call(`/api/deliveries/${id}`, { token: mine.customer.token }),
        403,
        'forbidden',
      )
      await expectProblem(
        await api.postLocations({ ...mine, delivery: { ...mine.delivery, id } }, [fixAt(mine, 1)]),
        403,
        'forbidden',
      )
    }
    const asCustomer = { ...mine, rider: mine.customer }
    await expectProblem(await api.postLocations(asCustomer, [fixAt(mine, 1)]), 403, 'forbidden')
    await expectProblem(await api.postStatus(asCustomer, 'picked_up'), 403, 'forbidden')
    await expectProblem(
      await api.call(`/api/deliveries/${mine.delivery.id}/location`, { token: mine.rider.token }),
      403,
      'forbidden',
    )
  })

  it('[ERR3] 404 not_found and 405 method_not_allowed, in the one shape', async () => {
    const { delivery, rider } = await api.createDelivery()
    for (const path of ['/api', '/api/nothing', `/api/deliveries/${delivery.id}/nothing`, '/api/a/b/c/d']) {
      await expectProblem(await api.call(path, { token: rider.token }), 404, 'not_found')
    }
    const wrong: [string, string, string][] = [
      ['GET', '/api/deliveries', 'POST'],
      ['DELETE', `/api/deliveries/${delivery.id}`, 'GET'],
      ['PUT', `/api/deliveries/${delivery.id}/locations`, 'GET, POST'],
      ['POST', `/api/deliveries/${delivery.id}/location`, 'GET'],
      ['GET', `/api/deliveries/${delivery.id}/status`, 'POST'],
    ]
    for (const [method, path, allow] of wrong) {
      const response = await api.call(path, { method, token: rider.token })
      expect(response.headers.get('allow')).toBe(allow)
      await expectProblem(response, 405, 'method_not_allowed')
    }
  })

  it('[ERR4] bodies: 400 invalid_json, 400 invalid_body with the field, 413, 415, at every route that takes one', async () => {
    const created = await pickedUp()
    const base = `/api/deliveries/${created.delivery.id}`
    const { token } = created.rider
    for (const path of [`${base}/locations`, `${base}/status`, '/api/deliveries']) {
      const post = (body: string, headers: Record<string, string> = {}) =>
        api.call(path, { method: 'POST', token, body, headers })
      for (const body of ['{', 'null,', '{"a":01}', '\u0000'])
        await expectProblem(await post(body), 400, 'invalid_json')
      for (const body of ['null', '[]', '7', '"text"'])
        await expectProblem(await post(body), 400, 'invalid_body')
      await expectProblem(await post('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type')
      await expectProblem(await post(`{"x":"${'a'.repeat(64 * 1024)}"}`), 413, 'body_too_large')
      await expectProblem(await post(`{"x":"${'a'.repeat(2_000_000)}"}`), 413, 'body_too_large')
    }
    const good = fixAt(created, 1)
    const wrong: [unknown, string][] = [
      [[], 'locations'],
      [[{ ...good, lat: 90.1 }], 'locations.0.lat'],
      [[good, { ...good, seq: 2, lng: -180.5 }], 'locations.1.lng'],
      [[{ ...good, seq: 0 }], 'locations.0.seq'],
      [[{ ...good, seq: 1.5 }], 'locations.0.seq'],
      [[{ ...good, lat: '37' }], 'locations.0.lat'],
      [[{ ...good, recordedAtMs: -1 }], 'locations.0.recordedAtMs'],
      [[{ ...good, headingDeg: 361 }], 'locations.0.headingDeg'],
      [[{ ...good, speedMps: -1 }], 'locations.0.speedMps'],
      [Array.from({ length: 101 }, (_, i) => ({ ...good, seq: i + 1 })), 'locations'],
    ]
    for (const [locations, field] of wrong) {
      const response = await api.postLocations(created, locations as unknown[])
      expect(await expectProblem(response, 400, 'invalid_body')).toMatchObject({ field })
    }
    expect(await expectProblem(await api.postStatus(created, 'lost'), 400, 'invalid_body')).toMatchObject({
      field: 'status',
    })
  })

  it('[ERR5] every answer carries a request id, the given one when it is well formed', async () => {
    const given = await api.call('/api/nothing', { headers: { 'x-request-id': 'abcdef-123456' } })
    expect(given.headers.get('x-request-id')).toBe('abcdef-123456')
    for (const path of ['/', '/api/nothing', '/healthz', '/no-such-page']) {
      const response = await api.call(path, { headers: { 'x-request-id': 'no good' } })
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('[ERR6] one token beyond its rate gets 429 with Retry-After while others are served', async () => {
    const [flood, other] = [await pickedUp(), await pickedUp()]
    const path = `/api/deliveries/${flood.delivery.id}`
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => api.call(path, { token: flood.rider.token })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(50)
    expect(refused.length).toBeGreaterThan(0)
    const [first] = refused
    if (!first) throw new Error('none refused')
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    await expectProblem(first, 429, 'rate_limited')
    expect(
      (await api.call(`/api/deliveries/${other.delivery.id}`, { token: other.rider.token })).status,
    ).toBe(200)
  })
})

describe('operations', () => {
  it('[OPS1] healthz, readyz with each dependency, and metrics', async () => {
    expect((await api.call('/healthz')).status).toBe(200)
    const ready = await api.call('/readyz')
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ready: true, database: 'ok', kafka: 'ok', consumers: 'ok' },
    ])
    const metrics = await (await api.call('/metrics')).text()
    expect(metrics).toMatch(/^rider_live_locations_accepted_total\{.*\} \d+$/m)
  })
})
