import { gzipSync } from 'node:zlib'
import type { ProblemCode } from '#contracts/problem.ts'

/** What must come of it: a listed problem, a bare status of HTTP itself for which none is listed, or no answer at all. */
export type Outcome = ProblemCode | '431 invalid_body' | 'no answer'
export type BrokenRequest = {
  what: string
  bytes: Uint8Array | string
  ends?: true
  outcome: Outcome | Outcome[]
}

/** What no HTTP client would send: the request itself is broken, or its body is not what the headers say. */
export function brokenRequests({ path, token }: { path: string; token: string }): BrokenRequest[] {
  const lines = (...headers: string[]) => `${headers.join('\r\n')}\r\n\r\n`
  const allowed = [
    'Host: here',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Connection: close',
  ]
  const post = (...headers: string[]) => lines(`POST ${path} HTTP/1.1`, ...allowed, ...headers)
  const get = (target: string, ...headers: string[]) =>
    lines(
      `GET ${target} HTTP/1.1`,
      'Host: here',
      `Authorization: Bearer ${token}`,
      'Connection: close',
      ...headers,
    )
  const whole = (body: Uint8Array | string, ...headers: string[]) =>
    Buffer.concat([
      Buffer.from(post(`Content-Length: ${Buffer.byteLength(body)}`, ...headers)),
      typeof body === 'string' ? Buffer.from(body) : body,
    ])
  const bomb = gzipSync(Buffer.alloc(50 * 1_024 * 1_024))

  return [
    {
      what: 'a body shorter than it says',
      bytes: `${post('Content-Length: 1000')}{"loc`,
      ends: true,
      outcome: ['no answer', 'invalid_body'],
    },
    {
      what: 'chunks that are none',
      bytes: `${post('Transfer-Encoding: chunked')}ZZ\r\n{}\r\n`,
      outcome: 'invalid_body',
    },
    {
      what: 'a chunk longer than it says',
      bytes: `${post('Transfer-Encoding: chunked')}2\r\n{}garbage\r\n`,
      outcome: 'invalid_body',
    },
    {
      what: 'a chunk length beyond all numbers',
      bytes: `${post('Transfer-Encoding: chunked')}${'F'.repeat(40)}\r\n{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'chunked and with a length',
      bytes: `${post('Transfer-Encoding: chunked', 'Content-Length: 2')}2\r\n{}\r\n0\r\n\r\n`,
      outcome: 'invalid_body',
    },
    {
      what: 'another transfer encoding',
      bytes: `${post('Transfer-Encoding: identity, chunked, gzip')}{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'two lengths',
      bytes: `${post('Content-Length: 2', 'Content-Length: 3')}{}`,
      outcome: 'invalid_body',
    },
    { what: 'a length that is none', bytes: `${post('Content-Length: many')}{}`, outcome: 'invalid_body' },
    { what: 'a negative length', bytes: `${post('Content-Length: -1')}{}`, outcome: 'invalid_body' },
    {
      what: 'a length beyond all numbers',
      bytes: `${post(`Content-Length: ${'9'.repeat(30)}`)}{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'a length of terabytes',
      bytes: `${post('Content-Length: 9000000000000000')}{}`,
      outcome: 'body_too_large',
    },
    { what: 'no HTTP', bytes: 'hello\r\n\r\n', outcome: 'invalid_body' },
    { what: 'a TLS hello', bytes: Buffer.from('16030100f8010000f40303', 'hex'), outcome: 'invalid_body' },
    { what: 'HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', outcome: 'invalid_body' },
    {
      what: 'HTTP of another version',
      bytes: lines('GET / HTTP/9.9', 'Host: here'),
      outcome: 'invalid_body',
    },
    { what: 'an unknown method', bytes: lines('BREW /pot HTTP/1.1', 'Host: here'), outcome: 'invalid_body' },
    { what: 'a header without a name', bytes: get('/api', ': nameless'), outcome: 'invalid_body' },
    { what: 'a header without a colon', bytes: get('/api', 'nothing'), outcome: 'invalid_body' },
    { what: 'NUL in a header', bytes: get('/api', 'X-Nul: a\0b'), outcome: 'invalid_body' },
    { what: 'a space before the colon', bytes: get('/api', 'X-Space : a'), outcome: 'invalid_body' },
    {
      what: 'headers of 20 KB',
      bytes: get('/api', `X-Large: ${'x'.repeat(20 * 1_024)}`),
      outcome: '431 invalid_body',
    },
    { what: 'no Host', bytes: lines(`GET ${path} HTTP/1.1`, 'Connection: close'), outcome: 'invalid_body' },
    {
      what: 'no Host, at a post',
      bytes: `${lines(`POST ${path} HTTP/1.1`, ...allowed.slice(1), 'Content-Length: 2')}{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'no Host in HTTP/1.0, at a post',
      bytes: `${lines(`POST ${path} HTTP/1.0`, ...allowed.slice(1), 'Content-Length: 2')}{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'an empty Host',
      bytes: `${lines(`POST ${path} HTTP/1.1`, 'Host: ', ...allowed.slice(1), 'Content-Length: 2')}{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'a Host that is none',
      bytes: `${lines(`POST ${path} HTTP/1.1`, 'Host: a b/c@d[', ...allowed.slice(1), 'Content-Length: 2')}{}`,
      outcome: 'invalid_body',
    },
    {
      what: 'a Host that is none, at a page route',
      bytes: lines(`GET ${path} HTTP/1.1`, 'Host: a b/c@d[', ...allowed.slice(1)),
      outcome: 'invalid_body',
    },
    {
      what: 'an expectation that nobody knows',
      bytes: whole('{}', 'Expect: a-miracle'),
      outcome: 'invalid_body',
    },
    {
      what: 'CONNECT',
      bytes: lines('CONNECT example.com:443 HTTP/1.1', 'Host: example.com'),
      outcome: 'no answer',
    },
    {
      what: 'TRACE',
      bytes: lines('TRACE /api/deliveries HTTP/1.1', 'Host: here', 'Connection: close'),
      outcome: 'method_not_allowed',
    },
    ...['PURGE', 'PROPFIND', 'M-SEARCH'].map((method) => ({
      what: method,
      bytes: lines(`${method} ${path} HTTP/1.1`, 'Host: here', 'Connection: close'),
      outcome: 'method_not_allowed' as const,
    })),
    {
      what: 'an address of somebody else',
      bytes: get('http://evil.example/api/nothing'),
      outcome: 'not_found',
    },
    {
      what: 'an address that cannot be decoded',
      bytes: get('/api/deliveries/%ZZ/locations'),
      outcome: ['not_found', 'forbidden', 'invalid_body'],
    },
    {
      what: 'the same at a post',
      bytes: whole('{}').toString().replace(path, '/api/deliveries/%ZZ/locations'),
      outcome: ['not_found', 'forbidden', 'invalid_body'],
    },
    {
      what: 'half a surrogate in the address',
      bytes: whole('{}').toString().replace(path, '/api/deliveries/%ED%A0%80/locations'),
      outcome: ['not_found', 'forbidden', 'invalid_body'],
    },
    {
      what: 'NUL in the address',
      bytes: whole('{}').toString().replace(path, '/api/deliveries/%00/locations'),
      outcome: 'forbidden',
    },
    {
      what: 'steps up in the address',
      bytes: get('/api/deliveries/..%2f..%2fetc/locations'),
      outcome: ['not_found', 'forbidden'],
    },
    {
      what: 'an address of 15 KB',
      bytes: get(`/api/deliveries/${'x'.repeat(15 * 1_024)}/locations`),
      outcome: 'forbidden',
    },
    {
      what: 'a gzip bomb',
      bytes: whole(bomb, 'Content-Encoding: gzip'),
      outcome: ['invalid_json', 'unsupported_media_type', 'body_too_large'],
    },
    {
      what: 'gzip of a good body',
      bytes: whole(gzipSync('{"locations":[]}'), 'Content-Encoding: gzip'),
      outcome: ['invalid_json', 'unsupported_media_type'],
    },
    {
      what: 'half a UTF-8 sequence',
      bytes: whole(Buffer.from([0x7b, 0x22, 0xe2, 0x82])),
      outcome: 'invalid_json',
    },
    {
      what: 'a surrogate in UTF-8',
      bytes: whole(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
      outcome: 'invalid_json',
    },
    { what: 'UTF-16', bytes: whole(Buffer.from('{"locations":[]}', 'utf16le')), outcome: 'invalid_json' },
    {
      what: '30,000 brackets, closed',
      bytes: whole(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
      outcome: 'invalid_body',
    },
    { what: '60,000 brackets, open', bytes: whole('['.repeat(60_000)), outcome: 'invalid_json' },
    { what: '100,000 brackets', bytes: whole('['.repeat(100_000)), outcome: 'body_too_large' },
    {
      what: 'braces in braces',
      bytes: whole(`${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`),
      outcome: 'invalid_body',
    },
    {
      what: 'no content type',
      bytes: whole('{}')
        .toString()
        .replace(/Content-Type: .*\r\n/, ''),
      outcome: 'unsupported_media_type',
    },
    {
      what: 'two content types',
      bytes: whole('{}', 'Content-Type: text/plain'),
      outcome: ['invalid_body', 'unsupported_media_type'],
    },
  ]
}
