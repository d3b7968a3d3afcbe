import { execFileSync, spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { createDeliveryAnswerSchema } from '#contracts/http.ts'
import { problemSchema } from '#contracts/problem.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { openRaw } from '../support/raw-connection.ts'
import { visitInside } from '../support/visitor.ts'

let app: RunningApp
let api: Api
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMIT_TOKEN: '20/60' } })
  api = createApi(app.url)
})

const SOON = { withinMs: 20_000 }
/** Node itself ignores upgrades then; the connection ends with the answer. */
const NODE_IGNORES = Number(process.versions.node.split('.', 1)[0]) >= 25

/** Sends these bytes, and answers all that came once `isAll` of it is there. */
async function exchange(sent: string, isAll: (received: string) => boolean): Promise<string> {
  const { socket, received } = await openRaw(app.port)
  socket.write(sent)
  await pollUntil(() => isAll(received()), { ...SOON, what: `an answer to ${sent.slice(0, 200)}` })
  socket.destroy()
  return received()
}
const statusesIn = (received: string) =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code))
const answers = (count: number) => (received: string) => statusesIn(received).length >= count

describe('an upgrade that nobody offers', () => {
  const H2C =
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n'

  it('[GW29] S2: is ignored on every kind of call', async () => {
    for (const upgrade of [
      H2C,
      'Connection: upgrade\r\nUpgrade: TLS/1.2, HTTP/1.1\r\n',
      'Connection: keep-alive, Upgrade\r\nUpgrade: websocket, h2c\r\n',
      'Connection: Upgrade\r\nUpgrade: WebSocket\r\n',
      'Upgrade: h2c\r\n',
    ])
      for (const [path, status] of [
        ['/healthz', 200],
        ['/', 200],
        ['/api/deliveries/none', 401],
        ['/api/none', 404],
      ] as const)
        expect(
          statusesIn(await exchange(`GET ${path} HTTP/1.1\r\nHost: here\r\n${upgrade}\r\n`, answers(1))),
          `${path} ${upgrade}`,
        ).toEqual([status])
  })

  it('[GW29] S2: bodies arrive whole, by length and in chunks, however large and in however many pieces', async () => {
    const head = (more: string) =>
      `POST /api/deliveries HTTP/1.1\r\nHost: here\r\n${H2C}Content-Type: application/json\r\n${more}\r\n`
    const padded = `{"scenario":"none at all"${' '.repeat(50_000)}}`
    const byLength = await openRaw(app.port)
    byLength.socket.write(head(`Content-Length: ${padded.length}\r\n`))
    for (let at = 0; at < padded.length; at += 9_000) {
      byLength.socket.write(padded.slice(at, at + 9_000))
      await new Promise((resolve) => setImmediate(resolve))
    }
    // Only who has read the body knows.
    await pollUntil(() => byLength.received().includes('There is no such scenario'), {
      ...SOON,
      what: 'the answer',
    })
    const chunked = await exchange(
      `${head('Transfer-Encoding: chunked\r\n')}2\r\n{}\r\n0\r\n\r\n`,
      answers(1),
    )
    expect(statusesIn(chunked)).toEqual([201])
  })

  it.skipIf(NODE_IGNORES)(
    '[GW29] S2: the connection goes on, with and without upgrades, and answers keep their order',
    async () => {
      const created = await api.createPickedUp()
      const post = (seq: number) => {
        const body = JSON.stringify({ locations: [fixAt(created, seq)] })
        return (
          `POST /api/deliveries/${created.delivery.id}/locations HTTP/1.1\r\nHost: here\r\n` +
          `Authorization: Bearer ${created.rider.token}\r\nContent-Type: application/json\r\n${H2C}` +
          `Content-Length: ${body.length}\r\n\r\n${body}`
        )
      }
      const plain = 'GET /api/none HTTP/1.1\r\nHost: here\r\n\r\n'
      const received = await exchange(`${post(1)}${plain}${post(2)}${post(3)}${plain}`, answers(5))
      expect(statusesIn(received)).toEqual([202, 404, 202, 202, 404])
      const last = await exchange(
        `GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close, Upgrade\r\nUpgrade: h2c\r\n\r\n`,
        answers(1),
      )
      expect(last.toLowerCase()).toContain('connection: close')
    },
  )

  it.skipIf(NODE_IGNORES)(
    '[GW29] S2: more headers than are kept are refused, as the length of the body might be among them',
    async () => {
      const many = 'X-Filler: 1\r\n'.repeat(200)
      const received = await exchange(
        `POST /api/deliveries HTTP/1.1\r\nHost: here\r\n${H2C}${many}Content-Length: 40\r\n\r\nGET /healthz HTTP/1.1\r\nHost: there\r\n\r\n`,
        answers(1),
      )
      expect(statusesIn(received)).toEqual([431])
    },
  )

  it('[GW29] S2: a socket is opened all the same', async () => {
    const created = await api.createDelivery()
    await connectCustomer(app.url, { token: created.customer.token }).greeted()
  })

  it.skipIf(spawnSync('curl', ['--version']).status !== 0)('[GW29] S2: curl --http2', () => {
    const answer = execFileSync('curl', [
      ...[
        '--silent',
        '--max-time',
        '20',
        '--http2',
        '--data',
        '{}',
        '--header',
        'content-type: application/json',
      ],
      `${app.url}/api/deliveries`,
    ])
    expect(createDeliveryAnswerSchema.parse(JSON.parse(answer.toString())).delivery.status).toBe('accepted')
  })
})

/** The 64 letters of base64url in their order: the last one of a 32-byte signature has two bits of no meaning. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Spellings that decoders take for the same bytes. */
function otherSpellings(token: string): Record<string, string> {
  const last = LETTERS.indexOf(token.at(-1) as string)
  const [head = '', payload = '', signature = ''] = token.split('.')
  return {
    ...Object.fromEntries(
      [1, 2, 3].map((bits) => [`unused bits ${bits}`, token.slice(0, -1) + LETTERS[last ^ bits]]),
    ),
    padded: `${token}=`,
    'padded twice': `${token}==`,
    'padded within': `${head}=.${payload}=.${signature}=`,
    'in base64': `${head}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}~`,
    'with a dot': `${token}.`,
    'with a letter more': `${token}A`,
    doubled: `${token}${token}`,
    'with another one': `${token}.${token}`,
  }
}

describe('a token', () => {
  it('[ACC5] S3: has one spelling; all others are 401 on every call and at the handshake', async () => {
    const created = await api.createPickedUp()
    for (const role of ['rider', 'customer'] as const)
      for (const [how, token] of Object.entries(otherSpellings(created[role].token))) {
        const { status } = await api.call(`/api/deliveries/${created.delivery.id}`, { token })
        expect(status, `${role}: ${how}`).toBe(401)
      }
    const { token } = created.customer
    const spaced = {
      'space before': ` ${token}`,
      'space after': `${token} `,
      'line end': `${token}\n`,
      'space within': token.replace('.', '. '),
    }
    for (const [how, spelt] of Object.entries({ ...otherSpellings(token), ...spaced })) {
      const customer = connectCustomer(app.url, { token: spelt })
      await pollUntil(() => customer.refusals.length > 0, { ...SOON, what: `the refusal: ${how}` })
      expect(customer.refusals, how).toEqual(['unauthenticated'])
    }
    expect((await api.call(`/api/deliveries/${created.delivery.id}`, { token })).status).toBe(200)
  })

  it('[ACC6] S3: is counted by its link, however many tokens that has', async () => {
    const created = await api.createPickedUp()
    const visitor = visitInside(app.url)
    const { id } = created.delivery
    // Made out anew with each look, with an end of its own.
    const again = async () =>
      (await visitor.call('deliveries:running', {})).find(({ delivery }) => delivery.id === id)?.customerToken
    const tokens = [created.customer.token]
    await pollUntil(
      async () => {
        const token = await again()
        if (token && !tokens.includes(token)) tokens.push(token)
        return tokens.length === 3
      },
      { ...SOON, what: 'three tokens of one link' },
    )
    const statuses = await Promise.all(
      Array.from(
        { length: 90 },
        async (_, n) => (await api.call(`/api/deliveries/${id}`, { token: tokens[n % 3] as string })).status,
      ),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(60)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
  })
})

describe('a handshake', () => {
  it('[SOCK8] S11: with an afterSeq that no point can have is refused invalid_body, never let in', async () => {
    const { token } = (await api.createPickedUp()).customer
    for (const afterSeq of [
      2 ** 31,
      2 ** 53,
      1e300,
      1.5,
      -1,
      -0.1,
      '7',
      '',
      null,
      Number.NaN,
      [1],
      {},
      true,
    ]) {
      const customer = connectCustomer(app.url, { auth: { token, afterSeq } })
      await pollUntil(() => customer.refusals.length > 0, { ...SOON, what: `the refusal of ${afterSeq}` })
      expect({ afterSeq, refusals: customer.refusals, events: customer.events }).toEqual({
        afterSeq,
        refusals: ['invalid_body'],
        events: [],
      })
    }
    await connectCustomer(app.url, { auth: { token, afterSeq: 2 ** 31 - 1 } }).greeted()
  })

  it('[SOCK9] S4: with an auth of any type is refused in words', async () => {
    const { token } = (await api.createPickedUp()).customer
    for (const auth of [
      ...[{ token: { toString: 1, valueOf: 1 } }, { token: [token] }, { token: null }, { token: 7 }],
      ...[{ __proto__: { token } }, { constructor: { token } }, { token: { token } }],
    ]) {
      const customer = connectCustomer(app.url, { auth })
      await pollUntil(() => customer.refusals.length > 0, { ...SOON, what: 'the refusal' })
      expect(customer.refusals).toEqual(['unauthenticated'])
    }
  })
})

describe('whoever stalls', () => {
  it('[GW2] S10: after the headers or within the body is told 408, in the one shape, and closed', async () => {
    const created = await api.createDelivery()
    const head =
      `POST /api/deliveries/${created.delivery.id}/locations HTTP/1.1\r\nHost: here\r\n` +
      `Authorization: Bearer ${created.rider.token}\r\nContent-Type: application/json\r\n`
    const stalled = await Promise.all(
      [
        ['after its headers', `${head}Content-Length: 100\r\n\r\n`],
        ['within its body', `${head}Content-Length: 100\r\n\r\n{"locations":[`],
        ['between chunks', `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n`],
        ['after asking whether to go on', `${head}Content-Length: 100\r\nExpect: 100-continue\r\n\r\n`],
        ['at another call', 'POST /api/deliveries HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n{'],
        ['with an upgrade', `${head}Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 100\r\n\r\n{`],
        ['within its headers', 'GET /healthz HTTP/1.1\r\nHost: he'],
      ].map(async ([where, sent]) => {
        const connection = await openRaw(app.port)
        connection.socket.write(sent as string)
        const ms = await connection.closed
        return { where, ms, received: connection.received().replace('HTTP/1.1 100 Continue\r\n\r\n', '') }
      }),
    )
    for (const { where, ms, received } of stalled) {
      expect(statusesIn(received), where).toEqual([408])
      const [headers = '', body = ''] = received.split('\r\n\r\n')
      const problem = problemSchema.parse(JSON.parse(body))
      expect(problem, where).toMatchObject({ status: 408, code: 'invalid_body' })
      expect(headers).toContain(`X-Request-Id: ${problem.requestId}`)
      expect(headers).toContain('application/problem+json')
      // How much later it may be noticed on a busy machine.
      expect(ms).toBeLessThan(25_000)
    }
    expect(app.logs()).not.toContain('"level":50')
  })
})

describe('readiness', () => {
  it('[OPS2] S6: is one word for each dependency; the reason is in the log only', async () => {
    expect(await (await api.call('/readyz')).json()).toEqual({
      ...{ ready: true, database: 'ok', kafka: 'ok', consumers: 'ok' },
    })
    const visitor = visitInside(app.url)
    await visitor.call('faults:pull', { fault: { lever: 'broker', signal: 'SIGKILL' } })
    const answer = await pollUntil(
      async () => {
        const response = await api.call('/readyz')
        const states = await response.json()
        return response.status === 503 && states.kafka !== 'ok' && states
      },
      { ...SOON, what: 'the broker to be missed' },
    )
    expect(answer).toMatchObject({ ready: false, database: 'ok', kafka: 'unavailable' })
    expect(new Set(Object.values(answer))).toEqual(new Set([false, 'ok', 'unavailable']))
    await pollUntil(() => /"dependency":"kafka","reason":"[^"]{3,}/.test(app.logs()), {
      ...SOON,
      what: 'the reason in the log',
    })
    await visitor.call('faults:undo', { lever: 'broker' })
    await pollUntil(async () => (await api.call('/readyz')).ok, { withinMs: 60_000, what: 'ready again' })
  })
})
