import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { starting } from '#server/gateway/starting.ts'
import { expectProblem } from '../../support/api.ts'
import { checkAnswer } from '../../support/contracts/check-answer.ts'

const server = createServer(starting)
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => server.close())

it('[GW31] a start is told in the one shape, with the request’s id; it is alive, and not ready', async () => {
  const ask = async (path: string) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
    const answer = await fetch(url, { headers: { 'x-request-id': 'an-id-of-this-test' } })
    expect(answer.headers.get('x-request-id')).toBe('an-id-of-this-test')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const { status, headers } = answer
    const text = await answer.clone().text()
    expect(checkAnswer({ method: 'GET', path, status, headers, text })).toBeNull()
    return answer
  }
  expect(await (await ask('/healthz')).json()).toEqual({ status: 'alive' })
  const [readiness, call] = [await ask('/readyz'), await ask('/api/deliveries')]
  expect([readiness.status, await readiness.json()]).toEqual([503, { ready: false }])
  expect(call.headers.get('retry-after')).toBe('1')
  await expectProblem(call, 503, 'log_unavailable')
})
