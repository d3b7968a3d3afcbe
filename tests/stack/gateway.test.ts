import { io } from 'socket.io-client'
import { expect, test } from 'vitest'
import { createDeliveryAnswerSchema } from '#contracts/http.ts'
import { INSIDE_NAMESPACE } from '#contracts/inside/protocol.ts'
import { type Call, createApi, expectProblem, fixAt } from '../support/api.ts'
import { connectCustomer } from '../support/customer.ts'
import { freePort } from '../support/free-port.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readTopics } from '../support/topic-reader.ts'
import { visitInside } from '../support/visitor.ts'
import { startGateway, whyNoNginx } from './support/gateway.ts'
import { startStack } from './support/stack.ts'

/** A line is written after its request was answered. */
const written = (isThere: () => boolean) =>
  pollUntil(isThere, { withinMs: 30_000, what: 'the line in the log' })

test('[STACK4] one request id is in the log of nginx, the log of the app, the record in Kafka and the event at the customer', async (context) => {
  const { gateway, instances, broker, prefix } = await startStack(context)
  const api = createApi(gateway.url)
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  const customer = connectCustomer(gateway.url, { token: created.customer.token })
  await customer.greeted()
  // A customer's update says where it comes from to those who send a trace.
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  const response = await api.postLocations(created, [fixAt(created, 1)], { traceparent })
  expect(response.status).toBe(202)
  const requestId = response.headers.get('x-request-id') as string

  await pollUntil(() => customer.locations.length > 0, { withinMs: 30_000, what: 'the event' })
  expect(customer.locations[0]?.trace?.requestId).toBe(requestId)
  const { records } = await readTopics(broker, [`${prefix}delivery-location-updated`])
  await pollUntil(
    () => records.some(({ message }) => message.headers?.['x-request-id']?.toString() === requestId),
    { withinMs: 30_000, what: 'the record with its header' },
  )
  const lines = () => gateway.accessLog().filter((line) => line.requestId === requestId)
  await written(() => lines().length > 0)
  expect(lines()).toMatchObject([{ status: 202 }])
  await written(() => instances.some((app) => app.logs().includes(`"requestId":"${requestId}"`)))
})

test('[STACK7] a socket comes through the gateway with the origin of its page, its address and its request id', async (context) => {
  const { gateway, instances } = await startStack(context)
  const created = await createApi(gateway.url).createDelivery()
  const follow = (origin: string) =>
    connectCustomer(gateway.url, {
      token: created.customer.token,
      headers: { origin, 'x-request-id': 'a-socket-of-this-test' },
    })
  await follow(gateway.url).greeted()
  const foreign = follow('http://elsewhere.example')
  await pollUntil(() => foreign.refusals.length > 0, { withinMs: 30_000, what: 'the refusal' })
  const connected = /"requestId":"a-socket-of-this-test","address":"127\.0\.0\.1".*"msg":"socket connected"/
  await written(() => instances.some((app) => connected.test(app.logs())))
})

test('[STACK14] whoever looks inside is served by one instance: page, calls and sockets, the customer’s map included', async (context) => {
  const { gateway } = await startStack(context)
  const api = createApi(gateway.url)
  const first = await api.call('/inside')
  const [set, ...more] = first.headers.getSetCookie()
  expect(set).toMatch(/^inside=[0-9a-f]{32}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(more).toEqual([])
  expect((await api.call('/')).headers.getSetCookie()).toEqual([])

  const lookFrom = async (cookie: string) => {
    const headers = { cookie, 'x-request-id': `with-${cookie.replaceAll(/\W/g, '-').slice(0, 40)}` }
    const call = (path: string, more: Call = {}) => api.call(path, { ...more, headers })
    expect((await call('/inside')).headers.getSetCookie()).toEqual([])
    const body = { body: {}, method: 'POST' }
    const created = createDeliveryAnswerSchema.parse(await (await call('/api/deliveries', body)).json())
    const { token } = created.rider
    const path = `/api/deliveries/${created.delivery.id}`
    await call(`${path}/status`, { token, method: 'POST', body: { status: 'picked_up' } })
    for (let seq = 1; seq <= 5; seq += 1)
      await call(`${path}/locations`, { token, method: 'POST', body: { locations: [fixAt(created, seq)] } })
    const sockets = [
      io(`${gateway.url}${INSIDE_NAMESPACE}`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: headers,
      }),
      connectCustomer(gateway.url, { token: created.customer.token, headers }).socket,
      connectCustomer(gateway.url, { token: created.customer.token, headers }).socket,
    ]
    for (const socket of sockets)
      await pollUntil(() => socket.connected, { withinMs: 5_000, what: 'a socket' }).finally(() =>
        socket.disconnect(),
      )
    const lines = () => gateway.accessLog().filter(({ requestId }) => requestId === headers['x-request-id'])
    await pollUntil(() => lines().length === 11, { withinMs: 5_000, what: 'eleven lines in the access log' })
    return new Set(lines().map(({ upstream }) => upstream))
  }
  const visitors = await Promise.all(
    [String(set).split(';')[0] as string, ...Array.from({ length: 9 }, (_, n) => `inside=visitor-${n}`)].map(
      lookFrom,
    ),
  )
  expect(visitors.map(({ size }) => size)).toEqual(visitors.map(() => 1))
  // Not all of them by the same.
  expect(new Set(visitors.flatMap((upstreams) => [...upstreams])).size).toBe(2)
})

test('[STACK15] what the lever “no network” breaks is broken for the visitor, too: no other instance takes it', async (context) => {
  const { gateway } = await startStack(context)
  const headers = { cookie: 'inside=somebody' }
  const visitor = visitInside(gateway.url, {}, headers)
  const created = await visitor.call('faults:ride', {})
  const { token } = created.rider
  const post = (path: string, body: unknown) =>
    createApi(gateway.url).call(`/api/deliveries/${created.delivery.id}${path}`, {
      ...{ method: 'POST', token, headers, body },
    })
  const report = () => post('/locations', { locations: [fixAt(created, 1)] })
  expect((await post('/status', { status: 'picked_up' })).status).toBe(200)
  await visitor.call('faults:pull', { fault: { lever: 'network', deliveryId: created.delivery.id } })
  await expect(report()).rejects.toThrow('fetch failed')
  await visitor.call('faults:undo', { lever: 'network' })
  expect((await report()).status).toBe(202)
  // The gateway speaks for itself there as everywhere.
  await expectProblem(await post('/locations', `"${'x'.repeat(200 * 1_024)}"`), 413, 'body_too_large')
})

test('[STACK6] the gateway answers for itself in the one error shape, keeps /metrics to itself, and caches what never changes', async (context) => {
  const { gateway, instances } = await startStack(context)
  const api = createApi(gateway.url)
  await expectProblem(await api.call('/metrics'), 404, 'not_found')
  const huge = { method: 'POST', body: `"${'x'.repeat(200 * 1_024)}"` }
  await expectProblem(await api.call('/api/deliveries', huge), 413, 'body_too_large')
  // Above the gateway's own limit for bodies nothing comes through to the app; below it the app decides.
  await expectProblem(
    await api.call('/api/deliveries', { method: 'POST', body: `"${'x'.repeat(100 * 1_024)}"` }),
    413,
    'body_too_large',
  )

  const page = await (await api.call('/')).text()
  const asset = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] as string
  for (let time = 1; time <= 3; time += 1) {
    const response = await api.call(asset)
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    await response.arrayBuffer()
  }
  const upstreams = () => gateway.accessLog().filter(({ path }) => path === asset)
  await written(() => upstreams().length >= 3)
  expect(upstreams().map(({ upstream }) => upstream !== '')).toEqual([true, false, false])

  await Promise.all(instances.map((app) => app.kill9()))
  const created = await api.call('/api/deliveries', { method: 'POST', body: {} })
  expect(created.headers.get('retry-after')).toBe('2')
  await expectProblem(created, 503, 'log_unavailable')
  const logged = () => gateway.accessLog().filter(({ status }) => status === 503)
  await written(() => logged().length > 0)
  expect(logged()).toMatchObject([{ method: 'POST', path: '/api/deliveries' }])
  expect((await api.call(asset)).status).toBe(200)
})

test('[STACK19] no log of nginx has the code of a phone app, also when no instance answers', async ({
  skip,
}) => {
  const noNginx = whyNoNginx()
  if (noNginx) return skip(noNginx)
  const gateway = await startGateway([await freePort()])
  const api = createApi(gateway.url)
  for (const method of ['GET', 'POST'])
    expect((await api.call('/api/devices/traccar?id=ABCDE23456&lat=1&lon=2', { method })).status).toBe(503)
  expect((await api.call('/api/elsewhere?id=ABCDE99999')).status).toBe(503)
  await written(() => gateway.accessLog().length === 3)
  // Of other calls it is the error log that would tell.
  await written(() => gateway.errorLog().includes('ABCDE99999'))
  expect(gateway.errorLog()).not.toContain('ABCDE23456')
  expect(gateway.accessLog().map(({ path }) => path)).toEqual([
    ...['/api/devices/traccar', '/api/devices/traccar', '/api/elsewhere'],
  ])
})
