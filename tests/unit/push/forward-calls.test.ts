import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { noteContext } from '#server/ground/request-context.ts'
import { createSentOn } from '#server/ground/sent-on.ts'
import { createForwardCalls } from '#server/push/affine/forward-calls.ts'
import { atEnd } from '../../support/at-end.ts'

const sentOn = createSentOn('a secret of the instances')

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An instance to which delivery `d1` belongs only if `owner` is its own address. */
async function instance(owner: string) {
  const unreachable: string[] = []
  const calls = createForwardCalls({
    elsewhere: (deliveryId) => (deliveryId === 'd1' && !unreachable.includes(owner) ? owner : null),
    onUnreachable: (address) => void unreachable.push(address),
    onSentOn: () => {},
    answer: (_request, response) => {
      response.end('here')
      return true
    },
    sentOn,
    logger: pino({ level: 'silent' }),
  })
  atEnd(async () => calls.close())
  const address = await serve((request, response) => {
    const answerHeaders = ['X-Request-Id', 'the-id']
    const context = { traceparent: undefined, receivedAtMs: 0, origin: 'https://deliveries.example' }
    noteContext(request, { ...context, requestId: 'the-id', address: '203.0.113.7', answerHeaders })
    if (!calls.handle(request, response)) response.end('here')
  })
  const post = (id: string, headers: Record<string, string> = {}) =>
    fetch(`http://${address}/api/deliveries/${id}/locations?a=1`, {
      method: 'POST',
      body: '{"n":1}',
      headers,
    })
  return { address, post, unreachable }
}

it('[AFF5] a call is passed on as it is, once, and its answer as it comes', async () => {
  const heard: unknown[] = []
  const owner = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { authorization, 'x-forwarded-for': from, 'x-request-id': id } = request.headers
    const { 'x-forwarded-host': host, 'x-forwarded-proto': scheme } = request.headers
    heard.push([request.method, request.url, body, authorization, id])
    heard.push([from, host, scheme, sentOn.isMarked(request)])
    response
      .writeHead(202, { 'X-Request-Id': 'the-id', 'Content-Type': 'application/json' })
      .end('{"accepted":1}')
  })
  const { post } = await instance(owner)
  const madeUp = { 'x-forwarded-for': '10.9.9.9', 'x-forwarded-host': 'evil.example', 'x-sent-on': '1' }
  const answer = await post('d1', { authorization: 'Bearer t', ...madeUp })
  expect([answer.status, answer.headers.get('x-request-id'), await answer.text()]).toEqual([
    ...[202, 'the-id', '{"accepted":1}'],
  ])
  expect(heard).toEqual([
    ['POST', '/api/deliveries/d1/locations?a=1', '{"n":1}', 'Bearer t', 'the-id'],
    ['203.0.113.7', 'deliveries.example', 'https', true],
  ])
  expect(await (await post('d2')).text()).toBe('here')
  // It comes from an instance: two that differ about the owner would send it to and fro.
  expect(await (await post('d1', { ...sentOn.headers })).text()).toBe('here')
  expect(heard.length).toBe(2)
})

it('[AFF5] where the instance is not reached the call is answered here; where it dies over it, “later”', async () => {
  const gone = await serve(() => {})
  const { post, unreachable } = await instance(gone.replace(/:\d+$/, ':1'))
  expect(await (await post('d1')).text()).toBe('here')
  expect(unreachable.length).toBe(1)

  const dying = await instance(await serve((request) => void request.socket.destroy()))
  const answer = await dying.post('d1')
  expect([answer.status, answer.headers.get('retry-after'), (await answer.json()).code]).toEqual([
    ...[503, '1', 'log_unavailable'],
  ])
  expect(await (await dying.post('d1')).text()).toBe('here')
})
