import { beforeAll, describe, expect, it } from 'vitest'
import { type Api, createApi, expectProblem } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

/** Nobody trusts 127.0.0.1 at the first; the second stands behind a proxy there. */
let direct: Api
let behind: Api
let apps: { direct: RunningApp; behind: RunningApp }

beforeAll(async () => {
  const [first, second] = await Promise.all([
    startApp({
      env: {
        TILE_URL: 'https://{s}.tiles.example:8443/{z}/{x}/{y}.png',
        EMBED_ORIGINS: 'https://shop.example',
      },
    }),
    // A window of 20 s: it is not over before the last look at it.
    startApp({ env: { TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_ADDRESS: '1/20' } }),
  ])
  apps = { direct: first, behind: second }
  direct = createApi(first.url)
  behind = createApi(second.url)
})

describe('headers of an answer', () => {
  it('[GW15] a page comes with a strict policy, and its scripts carry the nonce of this answer', async () => {
    const nonces = new Set<string>()
    for (const path of ['/', '/rider/x', '/track/x', '/side-by-side/x', '/nowhere', '/']) {
      const response = await direct.call(path, {
        headers: { 'content-security-policy': "script-src 'nonce-mine'" },
      })
      const policy = response.headers.get('content-security-policy') ?? ''
      const nonce = /script-src 'self' 'nonce-([^']+)';/.exec(policy)?.[1] ?? ''
      expect(policy).not.toMatch(/unsafe|strict-dynamic|\*(?!\.tiles)/)
      expect(policy).toContain("default-src 'none';")
      expect(policy).toContain("img-src 'self' data: https://*.tiles.example:8443;")
      const scripts = (await response.text()).match(/<script[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(3)
      expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([])
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(6)
  })

  it('[GW16] everything is closed to other sites and sniffers; data may load nothing', async () => {
    for (const path of ['/', '/api/deliveries/x', '/healthz', '/icon.svg']) {
      const { headers } = await direct.call(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
    const data = await direct.call('/api/deliveries/x')
    expect(data.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it('[EMBED1] the sites that are named may frame the customer’s page, and every other answer nobody but this site', async () => {
    const frames = async (api: Api, path: string) => {
      const { headers } = await api.call(path)
      return [
        headers.get('x-frame-options'),
        /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1],
      ]
    }
    expect(await frames(direct, '/track/x')).toEqual([null, "'self' https://shop.example"])
    expect(await frames(direct, '/track/x?from=shop')).toEqual([null, "'self' https://shop.example"])
    for (const path of ['/', '/rider/x', '/side-by-side/x', '/dispatch', '/inside', '/docs', '/track/x/y'])
      expect(await frames(direct, path), path).toEqual(['SAMEORIGIN', "'self'"])
    expect(await frames(direct, '/api/deliveries/x')).toEqual(['SAMEORIGIN', "'none'"])
    expect(await frames(behind, '/track/x')).toEqual(['SAMEORIGIN', "'self'"])
  })

  it('[GW17] Strict-Transport-Security only behind TLS, on the word of a trusted proxy', async () => {
    const headers = { 'x-forwarded-proto': 'https' }
    expect((await behind.call('/healthz', { headers })).headers.get('strict-transport-security')).toBe(
      'max-age=31536000',
    )
    expect((await behind.call('/healthz')).headers.get('strict-transport-security')).toBeNull()
    expect((await direct.call('/healthz', { headers })).headers.get('strict-transport-security')).toBeNull()
  })
})

describe('pages of other sites', () => {
  const origin = 'https://evil.example'

  it('[GW18] get no Access-Control-Allow-Origin anywhere, and no to every preflight', async () => {
    for (const path of [
      '/',
      '/api/deliveries',
      '/api/deliveries/x/locations',
      '/socket.io/?EIO=4',
      '/healthz',
    ]) {
      const preflight = await direct.call(path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
      await expectProblem(preflight, 405, 'method_not_allowed')
      for (const { headers } of [preflight, await direct.call(path, { headers: { origin } })]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      }
    }
  })

  it('[GW19] may not post, not even where no token is needed; the own page and other clients may', async () => {
    const post = (headers: Record<string, string>) =>
      direct.call('/api/deliveries', { method: 'POST', headers })
    await expectProblem(await post({ origin }), 403, 'forbidden')
    await expectProblem(await post({ origin: 'null' }), 403, 'forbidden')
    await expectProblem(await post({ 'sec-fetch-site': 'cross-site' }), 403, 'forbidden')
    expect((await post({ origin: apps.direct.url, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    expect((await post({})).status).toBe(201)
  })
})

describe('the word of a proxy', () => {
  it('[GW20] the address it forwards is the one that is limited; of anyone else it is not believed', async () => {
    const from = (api: Api, address: string) =>
      api.call('/api/deliveries/x', { headers: { 'x-forwarded-for': address } })
    const flood = await Promise.all(Array.from({ length: 40 }, () => from(behind, '203.0.113.1')))
    const refused = flood.find(({ status }) => status === 429)
    await expectProblem(refused as Response, 429, 'rate_limited')
    expect((await from(behind, '203.0.113.2')).status).toBe(401)
    // A client may write its own header; the proxy appends to it, and what it appended counts.
    expect((await from(behind, '203.0.113.3, 203.0.113.1')).status).toBe(429)

    await from(direct, '203.0.113.9')
    expect(apps.direct.logs()).not.toContain('203.0.113.9')
  })

  it('[GW21] the host it forwards is the one an Origin is compared with', async () => {
    const created = await direct.createDelivery()
    const elsewhere = await behind.call('/api/deliveries', {
      method: 'POST',
      headers: { 'x-forwarded-for': '203.0.113.4' },
    })
    const { customer } = (await elsewhere.json()) as typeof created
    const headers = {
      origin: 'https://shop.example',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-for': '203.0.113.5',
    }
    await connectCustomer(apps.behind.url, { token: customer.token, headers }).greeted()

    const stranger = connectCustomer(apps.direct.url, { token: created.customer.token, headers })
    await pollUntil(() => stranger.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
    expect(stranger.events).toEqual([])
  })
})
