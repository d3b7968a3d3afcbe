import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startFaultProxy } from '../faults/support/fault-proxy.ts'
import { createApi } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase, startPostgres } from '../support/postgres.ts'
import { openRaw } from '../support/raw-connection.ts'
import { startGateway, whyNoNginx } from './support/gateway.ts'
import { startStack } from './support/stack.ts'

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** As `fetch` would, but for what it decides by itself: encodings, the way it decodes them, where it comes from. */
function ask(url: string, headers: Record<string, string> = {}, localAddress = '127.0.0.1'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers, localAddress, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
      .on('error', reject)
      .end()
  })
}

test('[STACK16] S7: an asset is kept once for each encoding, and each answer has the id of its own request', async (context) => {
  const { gateway, instances } = await startStack(context)
  const page = await (await createApi(gateway.url).call('/')).text()
  const asset = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] as string
  const plain = (await ask(`http://127.0.0.1:${instances[0]?.port}${asset}`)).body
  let asked = 0
  // Whoever asks first decides for nobody else; each comes twice, the second time from the cache.
  for (const [encoding, isGzip] of [
    ['gzip', true],
    [undefined, false],
    ['identity', false],
    ['gzip, deflate, br, zstd', true],
    ['gzip;q=0', false],
    ['br', false],
    ['GZIP;q=0.5', true],
    ['xgzip', false],
    ['', false],
    ['gzip', true],
  ] as const) {
    const requestId = `asset-of-this-test-${++asked}`
    const headers = {
      'x-request-id': requestId,
      ...(encoding === undefined ? {} : { 'accept-encoding': encoding }),
    }
    const answer = await ask(gateway.url + asset, headers)
    expect(answer.status).toBe(200)
    expect({ encoding, is: answer.headers['content-encoding'] }).toEqual({
      encoding,
      is: isGzip ? 'gzip' : undefined,
    })
    expect((isGzip ? gunzipSync(answer.body) : answer.body).equals(plain), String(encoding)).toBe(true)
    expect(answer.headers['x-request-id']).toBe(requestId)
    expect(String(answer.headers.vary).toLowerCase()).toContain('accept-encoding')
  }
  // Two were fetched from an instance, one for each encoding.
  const lines = () => gateway.accessLog().filter(({ path }) => path === asset)
  await pollUntil(() => lines().length === asked, { withinMs: 20_000, what: 'a line for each' })
  expect(lines().filter(({ upstream }) => upstream !== '')).toHaveLength(2)
  expect(new Set(lines().map(({ requestId }) => requestId)).size).toBe(asked)
})

test('[STACK17] S2: an upgrade that nobody offers is ignored by the gateway as well', async (context) => {
  const { gateway } = await startStack(context)
  const { socket, received } = await openRaw(gateway.port)
  const h2c =
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n'
  const post = `POST /api/deliveries HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n${h2c}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`
  for (let times = 1; times <= 3; times += 1) {
    socket.write(post)
    await pollUntil(() => received().split('HTTP/1.1 201').length - 1 === times, {
      withinMs: 20_000,
      what: `answer ${times}`,
    })
  }
})

test('[STACK18] S8: behind a trusted proxy each client is itself; nobody else is believed', async (context) => {
  const { instances } = await startStack(context, { RATE_LIMIT_ADDRESS: '1/20' })
  const ports = instances.map(({ port }) => port)
  const gateway = await startGateway(ports, {
    realIp: 'set_real_ip_from 127.0.0.2; real_ip_header X-Forwarded-For; real_ip_recursive on;',
  })
  const get = (address: string, through: string, more: Record<string, string> = {}) =>
    ask(`${gateway.url}/api/none`, { 'x-forwarded-for': address, ...more }, through)
  const flood = async (address: string, through: string) => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => get(address, through)))
    return answers.filter(({ status }) => status === 429).length
  }
  // Two instances, each with bursts of its own until they have told one another.
  expect(await flood('203.0.113.1', '127.0.0.2')).toBeGreaterThan(0)
  expect((await get('203.0.113.2', '127.0.0.2')).status).toBe(404)
  // A chain of proxies: the first that is not trusted, from the right.
  expect((await get('203.0.113.1, 203.0.113.3', '127.0.0.2')).status).toBe(404)
  const tls = await get('203.0.113.4', '127.0.0.2', { 'x-forwarded-proto': 'https' })
  expect(tls.headers['strict-transport-security']).toBeDefined()
  await pollUntil(() => instances.some((app) => app.logs().includes('"address":"203.0.113.2"')), {
    withinMs: 20_000,
    what: 'the client in the log',
  })

  // From elsewhere: whatever it says, it is one client, and on plain HTTP.
  const liar = await get('203.0.113.5', '127.0.0.3', { 'x-forwarded-proto': 'https' })
  expect(liar.headers['strict-transport-security']).toBeUndefined()
  await pollUntil(() => instances.some((app) => app.logs().includes('"address":"127.0.0.3"')), {
    withinMs: 20_000,
    what: 'the peer in the log',
  })
  expect(instances.some((app) => app.logs().includes('"address":"203.0.113.5"'))).toBe(false)
})

test('[OPS2] S6: with PostgreSQL away, readiness says one word through the gateway, too', async ({
  skip,
}) => {
  const noNginx = whyNoNginx()
  if (noNginx) return skip(noNginx)
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const address = new URL((await freshDatabase(postgres.url)).url)
  const database = await startFaultProxy(Number(address.port || '5432'))
  address.port = String(database.port)
  const app = await startApp({ env: { DATABASE_URL: address.href } })
  const gateway = await startGateway([app.port])
  await database.down()
  for (const url of [gateway.url, app.url]) {
    const answer = await pollUntil(
      async () => {
        const found = await ask(`${url}/readyz`)
        return found.status === 503 ? found : undefined
      },
      { withinMs: 30_000, what: 'not ready' },
    )
    expect(JSON.parse(answer.body.toString())).toEqual({
      ...{ ready: false, database: 'unavailable', kafka: 'ok', consumers: 'ok' },
    })
  }
  expect(app.logs()).toMatch(/"dependency":"database","reason":"[^"]/)
})
