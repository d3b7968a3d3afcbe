import { hkdfSync } from 'node:crypto'
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { io } from 'socket.io-client'
import { expect, onTestFinished } from 'vitest'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { startApp } from '../../support/app.ts'
import { connectCustomer } from '../../support/customer.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { expectListedProblem } from '../support/expect-listed-problem.ts'
import { faultRow } from '../support/fault-row.ts'
import { type Ask, requestFrom } from '../support/request-from.ts'
import { UNLIMITED } from '../support/traffic.ts'

const TOKEN_SECRET = 'the secret that this test and its app share'
const DISPATCH_TOKEN = 'the-dispatch-token-of-this-test'

/** As the app makes its key of the secret, so that what is wrong with a token is nothing but what it is named after. */
const key = new Uint8Array(hkdfSync('sha256', TOKEN_SECRET, '', 'rider-live tokens', 32))

faultRow(
  '[FAULT20] expired, forged, other-delivery and other-role tokens',
  {
    promise:
      'None lets in, over HTTP or a socket; the answer is the listed code, and the log has nothing of the token.',
    injected:
      'no, broken, unsigned, wrongly signed, altered, expired and foreign tokens, others in the query or a cookie; at every call and at the handshake',
  },
  async () => {
    const app = await startApp({ env: { ...UNLIMITED, DEMO: '0', TOKEN_SECRET, DISPATCH_TOKEN } })
    const ask = requestFrom('127.0.0.1', app.port)
    const mine = await create()
    const other = await create()
    const sub = mine.delivery.id
    const base = `/api/deliveries/${sub}`
    const fix = { seq: 1, lat: 37.5, lng: 127, recordedAtMs: Date.now() }
    const calls: (Ask & { roles: ('rider' | 'customer')[] })[] = [
      { path: base, roles: ['rider', 'customer'] },
      { path: `${base}/locations`, roles: ['rider', 'customer'] },
      { path: `${base}/location`, roles: ['customer'] },
      {
        method: 'POST',
        path: `${base}/locations`,
        body: JSON.stringify({ locations: [fix] }),
        roles: ['rider'],
      },
      { method: 'POST', path: `${base}/status`, body: '{"status":"picked_up"}', roles: ['rider'] },
      { method: 'POST', path: `${base}/links`, body: '{"role":"customer"}', roles: ['rider'] },
    ]
    const used: string[] = []
    let attempts = 0

    for (const role of ['rider', 'customer'] as const) {
      for (const [what, token] of Object.entries(await noTokens(role))) {
        for (const call of calls) await refused(call, token, 'unauthenticated', `${role}: ${what}`)
        await refusedSocket(token, 'unauthenticated', what)
        used.push(token)
      }
    }
    for (const role of ['rider', 'customer'] as const) {
      for (const call of calls) {
        await refused(call, other[role].token, 'forbidden', 'of another delivery')
        if (!call.roles.includes(role)) await refused(call, mine[role].token, 'forbidden', `as ${role}`)
      }
    }
    await refusedSocket(mine.rider.token, 'forbidden', 'a rider at the socket')
    for (const token of ['', 'wrong', mine.rider.token, `${DISPATCH_TOKEN}x`]) {
      const call = { method: 'POST', path: '/api/deliveries', body: '{}' }
      await refused(call, token, 'unauthenticated', 'as dispatch')
    }

    // Where a token is not looked for, the right one is none.
    const { token } = mine.customer
    const elsewhere: Record<string, Ask> = {
      'in the query': { path: `${base}?token=${token}&access_token=${token}` },
      'in a cookie': { path: base, headers: { cookie: `token=${token}; authorization=Bearer ${token}` } },
      'as Basic': { path: base, headers: { authorization: `Basic ${token}` } },
      'without a scheme': { path: base, headers: { authorization: token } },
      'in another header': {
        path: base,
        headers: { 'x-access-token': token, 'proxy-authorization': `Bearer ${token}` },
      },
      'two at once': { path: base, headers: { authorization: `Bearer ${token}, Bearer ${token}` } },
      'in a body': {
        method: 'POST',
        path: `${base}/status`,
        body: JSON.stringify({ status: 'picked_up', token }),
      },
    }
    for (const [what, call] of Object.entries(elsewhere)) {
      attempts += 1
      const problem = expectListedProblem(await ask(withJson(call)), what)
      expect({ what, code: problem.code }).toEqual({ what, code: 'unauthenticated' })
    }
    const inQuery = io(`${app.url}/tracking`, {
      transports: ['websocket'],
      reconnection: false,
      query: { token },
      extraHeaders: { cookie: `token=${token}`, authorization: `Bearer ${token}` },
    })
    onTestFinished(() => {
      inQuery.disconnect()
    })
    const refusal = await new Promise((resolve) => inQuery.once('connect_error', resolve))
    expect(refusal).toMatchObject({ data: { code: 'unauthenticated' } })

    const snapshot = await ask({ path: base, headers: { authorization: `Bearer ${mine.rider.token}` } })
    expect(JSON.parse(snapshot.text)).toMatchObject({ lastSeq: 0, delivery: { status: 'accepted' } })
    await connectCustomer(app.url, { token }).greeted()
    const log = app.logs()
    for (const secret of [
      ...used,
      ...[mine, other].flatMap(({ rider, customer }) => [rider.token, customer.token]),
    ]) {
      // Parts too short to be a secret would be found by chance; headers are the same for all.
      for (const part of secret.split('.').slice(1)) if (part.length > 20) expect(log).not.toContain(part)
    }
    for (const secret of [TOKEN_SECRET, DISPATCH_TOKEN]) expect(log).not.toContain(secret)
    return {
      seen: `${attempts} attempts with ${used.length} wrong tokens and 4 right ones in the wrong place, none let in`,
    }

    async function create(): Promise<CreateDeliveryAnswer> {
      const call = { method: 'POST', path: '/api/deliveries', body: '{}' }
      const answer = await ask(withJson({ ...call, headers: { authorization: `Bearer ${DISPATCH_TOKEN}` } }))
      return createDeliveryAnswerSchema.parse(JSON.parse(answer.text))
    }

    async function refused(call: Ask, bearer: string, code: string, what: string): Promise<void> {
      attempts += 1
      const headers = { ...call.headers, authorization: `Bearer ${bearer}` }
      const { path, method, body } = call
      const answer = await ask(
        withJson({ path, headers, ...(method ? { method } : {}), ...(body ? { body } : {}) }),
      )
      const told = { what, call: `${method ?? 'GET'} ${path}` }
      expect({ ...told, code: expectListedProblem(answer, what).code }).toEqual({ ...told, code })
      if (code === 'unauthenticated') expect(answer.headers['www-authenticate']).toBe('Bearer')
    }

    async function refusedSocket(bearer: string, code: string, what: string): Promise<void> {
      attempts += 1
      const customer = connectCustomer(app.url, { auth: { token: bearer } })
      await pollUntil(() => customer.refusals[0], { withinMs: 5_000, what: `no to ${what}` })
      expect({ what, refusals: customer.refusals, events: customer.events }).toEqual({
        what,
        refusals: [code],
        events: [],
      })
      customer.socket.disconnect()
    }

    /** Each of them claims this very delivery, but one. */
    async function noTokens(role: 'rider' | 'customer'): Promise<Record<string, string>> {
      const good = mine[role].token
      const [header = '', payload = '', signature = ''] = good.split('.')
      const nowSeconds = Math.floor(Date.now() / 1_000)
      const claims = (more: Record<string, unknown> = {}) =>
        new SignJWT({ role, iss: 'rider-live', sub, exp: nowSeconds + 3_600, ...more })
      const signed = (alg: string, jwt = claims(), by: Parameters<SignJWT['sign']>[0] = key) =>
        jwt.setProtectedHeader({ alg }).sign(by)
      const { privateKey } = await generateKeyPair('RS256')
      const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const otherRole = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), role: 'dispatch' }
      return {
        empty: '',
        'not a token': 'open-sesame',
        '10 KB': 'a'.repeat(10 * 1_024),
        '10 KB of a token': `${header}.${payload}${'A'.repeat(10 * 1_024)}.${signature}`,
        'alg none': new UnsecuredJWT({ role })
          .setIssuer('rider-live')
          .setSubject(sub)
          .setExpirationTime('1h')
          .encode(),
        'alg none with a signature': `${encoded({ alg: 'none' })}.${payload}.${signature}`,
        'without a signature': `${header}.${payload}.`,
        'another key': await signed('HS256', claims(), new Uint8Array(32)),
        'the secret itself as the key': await signed('HS256', claims(), Buffer.from(TOKEN_SECRET)),
        HS384: await signed('HS384', claims(), Buffer.concat([key, key])),
        HS512: await signed('HS512', claims(), Buffer.concat([key, key])),
        RS256: await signed('RS256', claims(), privateKey),
        'altered payload': `${header}.${encoded({ ...otherRole, sub: other.delivery.id })}.${signature}`,
        'altered header': `${encoded({ alg: 'HS256', kid: '../../dev/null' })}.${payload}.${signature}`,
        'altered signature': `${header}.${payload}.${[...signature].reverse().join('')}`,
        expired: await signed('HS256', claims({ exp: nowSeconds - 1 })),
        'expired a year ago': await signed('HS256', claims({ exp: nowSeconds - 31_536_000 })),
        'without an end': await signed('HS256', new SignJWT({ role, iss: 'rider-live', sub })),
        'not yet valid': await signed('HS256', claims({ nbf: nowSeconds + 3_600 })),
        'another issuer': await signed('HS256', claims({ iss: 'rider-dead' })),
        'no issuer': await signed('HS256', claims({ iss: undefined })),
        'no delivery': await signed('HS256', claims({ sub: undefined })),
        'a list as delivery': await signed('HS256', claims({ sub: [sub] as unknown as string })).catch(
          () => 'x',
        ),
        'no role': await signed('HS256', claims({ role: undefined })),
        'an unknown role': await signed('HS256', claims({ role: 'admin' })),
        'two roles': await signed('HS256', claims({ role: ['rider', 'customer'] })),
      }
    }
  },
)

function withJson(call: Ask): Ask {
  return call.body === undefined
    ? call
    : { ...call, headers: { ...call.headers, 'content-type': 'application/json' } }
}
