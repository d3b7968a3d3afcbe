import { request } from 'node:http'
import { expect } from 'vitest'
import { createApi } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { connectCustomer } from '../../support/customer.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { expectListedProblem } from '../support/expect-listed-problem.ts'
import { faultRow } from '../support/fault-row.ts'
import { requestFrom } from '../support/request-from.ts'
import { UNLIMITED } from '../support/traffic.ts'

/** What another site's page, or somebody who plays one, may send as its Origin. */
const lookAlikes = (port: number): string[] => [
  'https://evil.example',
  'null',
  '',
  '*',
  `http://evil-127.0.0.1:${port}`,
  `http://127.0.0.1.evil.example:${port}`,
  `http://evil.example.127.0.0.1:${port}`,
  `http://127.0.0.11:${port}`,
  `http://27.0.0.1:${port}`,
  `http://127.0.0.1:${port}0`,
  `http://127.0.0.1:${port - 1}`,
  'http://127.0.0.1',
  `http://localhost:${port}`,
  `http://[::1]:${port}`,
  `http://[::ffff:127.0.0.1]:${port}`,
  `http://127.0.0.1:${port}@evil.example`,
  `http://evil.example@127.0.0.1:${port}`,
  `http://evil.example/http://127.0.0.1:${port}`,
  `http://evil.example#@127.0.0.1:${port}`,
  `http://evil.example?127.0.0.1:${port}`,
  `http://127.0.0.1:${port}/evil`,
  `http://127.0.0.1:${port}, https://evil.example`,
  `https://evil.example, http://127.0.0.1:${port}`,
  `http://127.0.0.1:${port} https://evil.example`,
  `http://127.1:${port}`,
  `http://2130706433:${port}`,
  `http://0x7f.0.0.1:${port}`,
  `//127.0.0.1:${port}`,
  `127.0.0.1:${port}`,
  `file://127.0.0.1:${port}`,
  `ftp://127.0.0.1:${port}`,
  `ws://127.0.0.1:${port}`,
  `chrome-extension://127.0.0.1:${port}`,
  `http:\\\\127.0.0.1:${port}`,
]

faultRow(
  '[FAULT21] foreign Origin',
  {
    promise: 'Pages of other sites may post nothing and follow nothing, whatever their origin looks like.',
    injected: `${lookAlikes(40_000).length} foreign and look-alike origins: sockets by websocket and by polling, POSTs to every call, preflights; valid tokens`,
  },
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const created = await createApi(app.url).createDelivery()
    const ask = requestFrom('127.0.0.1', app.port)
    const base = `/api/deliveries/${created.delivery.id}`
    const bodies: Record<string, unknown> = {
      '/api/deliveries': {},
      [`${base}/status`]: { status: 'picked_up' },
      [`${base}/locations`]: { locations: [{ seq: 1, lat: 37.5, lng: 127, recordedAtMs: Date.now() }] },
      [`${base}/links`]: { role: 'customer' },
    }
    const headers = { authorization: `Bearer ${created.rider.token}`, 'content-type': 'application/json' }
    let attempts = 0

    for (const origin of lookAlikes(app.port)) {
      for (const [path, body] of Object.entries(bodies)) {
        const post = { method: 'POST', path, body: JSON.stringify(body) }
        expectRefused(await ask({ ...post, headers: { ...headers, origin } }), 'forbidden', origin)
        const preflight = { origin, 'access-control-request-method': 'POST' }
        expectRefused(
          await ask({ method: 'OPTIONS', path, headers: preflight }),
          'method_not_allowed',
          origin,
        )
      }
      const polling = await ask({ path: '/socket.io/?EIO=4&transport=polling', headers: { origin } })
      expect({ origin, status: polling.status }).toEqual({ origin, status: 403 })
      expect(await upgrade(app.port, origin)).toEqual({ origin, status: 403 })
      const customer = connectCustomer(app.url, { token: created.customer.token, headers: { origin } })
      await pollUntil(() => customer.refusals.length > 0, { withinMs: 5_000, what: `no to ${origin}` })
      expect({ origin, events: customer.events }).toEqual({ origin, events: [] })
      attempts += 2 * Object.keys(bodies).length + 3
    }

    await connectCustomer(app.url, { token: created.customer.token, headers: { origin: app.url } }).greeted()
    const own = { ...headers, origin: app.url }
    const location = { path: base, headers }
    expect(JSON.parse((await ask(location)).text)).toMatchObject({
      lastSeq: 0,
      delivery: { status: 'accepted' },
    })
    for (const [path, body] of Object.entries(bodies)) {
      const answer = await ask({ method: 'POST', path, body: JSON.stringify(body), headers: own })
      expect(answer.status).toBeLessThan(300)
    }
    return {
      seen: `${attempts} attempts, none let in; nothing was created, changed or stored; the own origin is served`,
    }
  },
)

function expectRefused(
  answer: Awaited<ReturnType<ReturnType<typeof requestFrom>>>,
  code: string,
  origin: string,
) {
  expect({ origin, code: expectListedProblem(answer, origin).code }).toEqual({ origin, code })
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
}

/** A websocket handshake whose answer can be seen. */
function upgrade(port: number, origin: string): Promise<{ origin: string; status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const handshake = request({
      host: '127.0.0.1',
      port,
      path: '/socket.io/?EIO=4&transport=websocket',
      headers: {
        origin,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'c29ja2V0LW9mLW5vLW9uZQ==',
      },
    })
    handshake.once('response', ({ statusCode }) => resolve({ origin, status: statusCode }))
    handshake.once('upgrade', (_response, socket) => {
      socket.destroy()
      resolve({ origin, status: 101 })
    })
    handshake.once('error', reject)
    handshake.end()
  })
}
