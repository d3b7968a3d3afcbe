import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { pollUntil } from '../support/poll-until.ts'

let api: Api

beforeAll(async () => {
  // A window of 30 s: a flood that a busy machine takes some seconds for is beyond it all the same.
  api = createApi((await startApp({ env: { RATE_LIMIT_TOKEN: '2/60' } })).url)
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
      ['PUT', '/api/deliveries', 'GET, POST'],
      ['PUT', `/api/deliveries/${delivery.id}`, 'GET, DELETE'],
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
    const created = await api.createPickedUp()
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
    const [flood, other] = [await api.createPickedUp(), await api.createPickedUp()]
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
    // On a busy machine a dependency may not answer in time once.
    const ready = await pollUntil(
      async () => {
        const answer = await api.call('/readyz')
        return answer.status === 200 ? answer : null
      },
      { withinMs: 20_000, what: 'readiness' },
    )
    expect(await ready.json()).toEqual({ ready: true, database: 'ok', kafka: 'ok', consumers: 'ok' })
    const metrics = await (await api.call('/metrics')).text()
    expect(metrics).toMatch(/^rider_live_locations_accepted_total\{.*\} \d+$/m)
  })
})
