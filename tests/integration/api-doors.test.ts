import { beforeAll, expect, it } from 'vitest'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { pollUntil } from '../support/poll-until.ts'
import { openRaw } from '../support/raw-connection.ts'

let app: RunningApp
let api: Api
beforeAll(async () => {
  app = await startApp()
  api = createApi(app.url)
})

type Call = { method: string; path: string; token?: string; body?: unknown; headers?: Record<string, string> }
type Answer = { status: number; headers: Map<string, string>; body: unknown }

/** Sends the path letter for letter, as no well-kept client would. */
async function send({ method, path, token, body, headers = {} }: Call): Promise<Answer> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const all = {
    Host: 'here',
    Connection: 'close',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': text.length }),
    ...headers,
  }
  const { socket, received, closed } = await openRaw(app.port)
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${text}`)
  await closed
  const [start = '', rest = ''] = received().split(/\r\n\r\n(.*)/s)
  const [statusLine = '', ...lines] = start.split('\r\n')
  const fields = lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string])
  const named = new Map(fields.map(([name, value]) => [name.toLowerCase(), value]))
  const json = /\{.*\}/s.exec(rest)?.[0]
  return { status: Number(statusLine.split(' ')[1]), headers: named, body: json ? JSON.parse(json) : null }
}

/** Only Next resolves the dot, and dispatches to its route file: nothing else is told apart. */
const throughNext = (call: Call) => send({ ...call, path: call.path.replace('/api', '/api/.') })

/** What a caller may rely on. The request's own id is told in a problem's body as well. */
const told = ({ status, headers, body }: Answer) => ({
  status,
  ...Object.fromEntries(
    ['content-type', 'cache-control', 'allow', 'etag', 'www-authenticate'].map((name) => [
      name,
      headers.get(name),
    ]),
  ),
  body: JSON.stringify(body).replaceAll(headers.get('x-request-id') ?? 'none', 'its request id'),
})

it('[API7] straight or through Next’s own dispatch, a call gets the same answer', async () => {
  const created = await api.createPickedUp()
  const [other] = [await api.createDelivery()]
  const base = `/api/deliveries/${created.delivery.id}`
  const [rider, customer] = [created.rider.token, created.customer.token]
  const encoded = `/api/deliveries/%${created.delivery.id.charCodeAt(0).toString(16)}${created.delivery.id.slice(1)}`
  const calls: Call[] = [
    { method: 'GET', path: base, token: customer },
    { method: 'GET', path: encoded, token: rider },
    { method: 'GET', path: base },
    { method: 'GET', path: base, token: other.rider.token },
    { method: 'HEAD', path: base, token: rider },
    { method: 'PUT', path: base, token: rider },
    { method: 'DELETE', path: '/api/deliveries/nobody' },
    { method: 'GET', path: '/api/deliveries/nobody/track.gpx' },
    { method: 'GET', path: `${base}/location`, token: customer },
    { method: 'GET', path: `${base}/locations?limit=0`, token: rider },
    { method: 'GET', path: `${base}/locations?afterSeq=0&limit=5`, token: rider },
    { method: 'PUT', path: `${base}/locations`, token: rider },
    { method: 'OPTIONS', path: `${base}/status` },
    { method: 'POST', path: `${base}/status`, token: rider, body: { status: 'picked_up' } },
    { method: 'POST', path: `${base}/status`, token: rider, body: { status: 'lost' } },
    { method: 'POST', path: `${base}/device`, token: rider, body: { deviceId: 'phone-of-the-rider' } },
    { method: 'POST', path: `${base}/links`, token: customer, body: { role: 'customer' } },
    { method: 'POST', path: `${base}/locations`, token: rider },
    { method: 'POST', path: `${base}/locations`, token: rider, body: '{' },
    { method: 'POST', path: `${base}/locations`, token: rider, body: { locations: [] } },
    { method: 'POST', path: `${base}/locations`, token: customer, body: { locations: [] } },
    {
      method: 'POST',
      path: `${base}/locations`,
      token: rider,
      body: '{}',
      headers: { 'Content-Type': 'text/plain' },
    },
    { method: 'POST', path: `${base}/locations`, token: rider, body: `"${'a'.repeat(70_000)}"` },
    { method: 'POST', path: '/api/deliveries', body: { scenario: 'none' } },
    { method: 'GET', path: '/api/deliveries' },
    { method: 'GET', path: `${base}/nothing` },
  ]
  for (const call of calls) {
    const [straight, next] = [await send(call), await throughNext(call)]
    expect(told(next), `${call.method} ${call.path}`).toEqual(told(straight))
    expect(next.headers.get('x-request-id'), call.path).toMatch(/^[0-9a-f-]{36}$/)
  }
  const location = await send({ method: 'GET', path: `${base}/location`, token: customer })
  expect(location.status).toBe(204)
})

it('[API7] what the route files take is in Kafka and in the history, as what goes straight', async () => {
  const created = await api.createPickedUp()
  const base = `/api/deliveries/${created.delivery.id}`
  const post = (seq: number) => ({
    method: 'POST',
    path: `${base}/locations`,
    token: created.rider.token,
    body: { locations: [fixAt(created, seq)] },
  })
  expect(await throughNext(post(1))).toMatchObject({
    ...{ status: 202, body: { accepted: 1, duplicates: 0, lastSeq: 1 } },
  })
  expect(await send(post(2))).toMatchObject({ status: 202, body: { accepted: 1, lastSeq: 2 } })
  const history = () => api.historyOf(created, created.rider.token)
  await pollUntil(async () => (await history()).length === 2, {
    withinMs: 20_000,
    what: 'both in the history',
  })
  const renewed = await throughNext({ ...post(3), path: `${base}/links`, body: { role: 'customer' } })
  expect(renewed).toMatchObject({ status: 201, body: { role: 'customer' } })
  const made = await throughNext({ method: 'POST', path: '/api/deliveries', body: {} })
  expect(made).toMatchObject({ status: 201, body: { delivery: { status: 'accepted' } } })
})
