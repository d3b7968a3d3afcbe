import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createAccessLog } from '#server/gateway/access-log.ts'

function loggedOf(oneIn: number, level = 'info') {
  const written: { path: string; status: number }[] = []
  const lines = pino({ level }, { write: (line) => void written.push(JSON.parse(line)) })
  const log = createAccessLog(oneIn, lines)
  const call = (path: string, status: number) =>
    log(
      {
        ...{ requestId: 'the-request', traceId: undefined, method: 'POST' },
        ...{ path, status, ms: 1.5, address: '192.0.2.1' },
      },
      path.startsWith('/api/'),
    )
  return { call, written }
}

it('[GW30] each call leaves its line; other requests only at level debug', () => {
  const { call, written } = loggedOf(1)
  for (const status of [202, 200, 404, 503]) call('/api/deliveries', status)
  call('/healthz', 200)
  expect(written.map(({ status }) => status)).toEqual([202, 200, 404, 503])
  expect(written[0]).toMatchObject({ requestId: 'the-request', path: '/api/deliveries', msg: 'request' })
  const debugging = loggedOf(1, 'debug')
  debugging.call('/healthz', 200)
  expect(debugging.written).toHaveLength(1)
})

it('[GW30] one in ten of the calls that went well, and every call that did not', () => {
  const { call, written } = loggedOf(10)
  for (let i = 0; i < 100; i += 1) {
    call('/api/deliveries', 202)
    if (i % 20 === 0) call('/api/deliveries', 499)
  }
  expect(written.filter(({ status }) => status === 202)).toHaveLength(10)
  expect(written.filter(({ status }) => status === 499)).toHaveLength(5)
})
