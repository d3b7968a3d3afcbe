import { describe, expect, it } from 'vitest'
import { checkAnswer } from '../../support/contracts/check-answer.ts'
import { checkEvent, checkReply } from '../../support/contracts/check-event.ts'
import { checkRecord } from '../../support/contracts/check-record.ts'

const LOCATION = { deliveryId: 'd1', seq: 1, lat: 37.5, lng: 127, recordedAtMs: 1, receivedAtMs: 2 }
const problem = (code: string, status: number, more: object = {}) =>
  JSON.stringify({ ...{ type: 't', title: 't', detail: 'd', requestId: 'r', code, status }, ...more })

function answer(
  method: string,
  path: string,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = status >= 400 ? 'application/problem+json' : 'application/json'
  const all = new Headers({
    'x-request-id': 'r',
    ...(text === '' ? {} : { 'content-type': type }),
    ...headers,
  })
  return checkAnswer({ method, path, status, headers: all, text })
}

describe('[DOC4] the check of an answer', () => {
  const at = '/api/deliveries/d1/location'

  it('finds nothing in one that is described', () => {
    expect(answer('GET', at, 200, LOCATION, { etag: '"1"' })).toBeNull()
    expect(answer('HEAD', at, 200, '', { etag: '"1"' })).toBeNull()
    expect(answer('GET', at, 204, '')).toBeNull()
    expect(answer('GET', at, 410, problem('delivery_ended', 410))).toBeNull()
    expect(answer('GET', '/api/nothing', 404, problem('not_found', 404))).toBeNull()
    expect(answer('PUT', at, 405, problem('method_not_allowed', 405))).toBeNull()
  })

  it.each([
    ['a call that is not known', answer('GET', '/api/nothing', 200, {})],
    ['a method that is not known', answer('PUT', at, 200, LOCATION)],
    ['a status', answer('GET', at, 201, LOCATION)],
    ['a member more', answer('GET', at, 200, { ...LOCATION, pin: '1' }, { etag: '"1"' })],
    ['a member less', answer('GET', at, 200, { ...LOCATION, lat: undefined }, { etag: '"1"' })],
    ['a missing header', answer('GET', at, 200, LOCATION)],
    [
      'a missing request id',
      checkAnswer({ method: 'GET', path: at, status: 204, headers: new Headers(), text: '' }),
    ],
    ['another type', answer('GET', at, 200, LOCATION, { etag: '"1"', 'content-type': 'text/html' })],
    ['a body where there is none', answer('GET', at, 204, LOCATION)],
    ['a problem of other calls', answer('GET', at, 409, problem('wrong_pin', 409))],
    ['a problem of another status', answer('GET', at, 410, problem('not_found', 410))],
    ['a 429 without Retry-After', answer('GET', at, 429, problem('rate_limited', 429))],
  ])('finds %s', (_what, fault) => {
    expect(fault).toMatch(/./)
  })
})

it('[DOC4] the check of an event finds an unknown one, and one of another shape', () => {
  expect(checkEvent('/tracking', 'delivery:location', [{ location: LOCATION, eta: null }])).toBeNull()
  expect(checkEvent('/tracking', 'delivery:location', [{ location: LOCATION }])).toMatch(/eta/)
  expect(checkEvent('/tracking', 'delivery:location', [{ location: LOCATION, eta: null, at: 1 }])).toMatch(
    /at/,
  )
  expect(checkEvent('/tracking', 'delivery:gone', [{}])).toMatch(/delivery:gone/)
  expect(checkEvent('/elsewhere', 'delivery:location', [{}])).toMatch(/elsewhere/)
  expect(checkEvent('/inside', 'event lab:state', ['w1', { lab: null }])).toBeNull()
  expect(checkEvent('/inside', 'event lab:state', ['w1', {}])).toMatch(/lab/)
  expect(checkReply('/inside', 'call lab:send', { ok: true, value: { sent: 1 } })).toBeNull()
  expect(checkReply('/inside', 'call lab:send', { ok: true, value: {} })).toMatch(/./)
})

it('[DOC4] the check of a record finds what is wrong with its key, headers and value', () => {
  const event = { v: 1, deliveryId: 'd1', atMs: 1 }
  const record = (more: object = {}, value: object = event) =>
    checkRecord('delivery-erased', {
      ...{ key: Buffer.from('d1'), value: Buffer.from(JSON.stringify(value)) },
      headers: { 'published-at-ms': Buffer.from('1') },
      ...more,
    })
  expect(record()).toBeNull()
  expect(record({ key: Buffer.from('') })).toMatch(/./)
  expect(record({ headers: {} })).toMatch(/published-at-ms/)
  expect(record({ headers: { 'published-at-ms': '1', phone: '010' } })).toMatch(/phone/)
  expect(record({}, { ...event, name: 'Kim' })).toMatch(/name/)
  expect(checkRecord('delivery-unheard-of', { key: null, value: null })).toMatch(/unheard/)
})
