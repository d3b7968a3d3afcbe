import { renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { PMTiles } from 'pmtiles'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MAP_PATH } from '#contracts/map-path.ts'
import { createMapFileHandler } from '#server/gateway/map-file.ts'
import { noteContext } from '#server/ground/request-context.ts'
import { whyNotDrawable } from '#server/ground/why-not-drawable.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { writePmtiles } from '../../support/write-pmtiles.ts'

const SEOUL = { south: 37.4, west: 126.9, north: 37.6, east: 127.2 }
const TILE = new TextEncoder().encode('a tile')
const dir = tempDir()
const file = join(dir, 'town.pmtiles')
writePmtiles(
  file,
  [
    { z: 14, x: 13975, y: 6348, data: TILE },
    { z: 14, x: 13976, y: 6348, data: TILE },
  ],
  SEOUL,
)

const logger = pino({ level: 'silent' })
const [handler, handlerOfNone] = [createMapFileHandler(file, logger), createMapFileHandler(undefined, logger)]
const server = createServer((request, response) => {
  noteContext(request, {
    requestId: 'r',
    traceparent: undefined,
    receivedAtMs: 0,
    address: '::1',
    origin: '',
    answerHeaders: [],
  })
  const handle = request.url?.endsWith('?none') ? handlerOfNone : handler
  if (!handle(request, response)) response.writeHead(418).end()
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${MAP_PATH}`
})
afterAll(() => server.close())

const get = (headers: Record<string, string> = {}, method = 'GET') => fetch(url, { method, headers })

it('[MAP19] The whole, and what stands in its headers; HEAD has the same without the body', async () => {
  const whole = await get()
  const size = (await whole.arrayBuffer()).byteLength
  expect(whole.status).toBe(200)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'accept-ranges': 'bytes',
    'content-length': String(size),
    'cache-control': 'public, max-age=3600',
  })
  const head = await get({ Range: 'bytes=0-6' }, 'HEAD')
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
    200,
    String(size),
    '',
  ])
  expect((await fetch(`${url}x`)).status).toBe(418)
  expect((await get({}, 'POST')).status).toBe(405)
  expect(await (await fetch(`${url}?none`)).json()).toMatchObject({ status: 404, code: 'not_found' })
})

it.each([
  ['bytes=0-6', 206, 'PMTiles'],
  ['bytes=2-2', 206, 'T'],
  ['BYTES=0-6', 206, 'PMTiles'],
  ['bytes=999999-', 416, ''],
  ['bytes=-0', 416, ''],
])('[MAP19] Range: %s is answered %i', async (range, status, text) => {
  const answer = await get({ Range: range })
  expect([answer.status, await answer.text()]).toEqual([status, text])
  expect(answer.headers.get('content-range')).toMatch(
    status === 206 ? /^bytes \d+-\d+\/\d+$/ : /^bytes \*\/\d+$/,
  )
})

it('[MAP19] The end by its length, a range beyond the end up to it, and what may be ignored is', async () => {
  const whole = Buffer.from(await (await get()).arrayBuffer())
  const bytes = async (range: string) => Buffer.from(await (await get({ Range: range })).arrayBuffer())
  expect(await bytes('bytes=-5')).toEqual(whole.subarray(-5))
  expect(await bytes('bytes=-99999999')).toEqual(whole)
  expect(await bytes(`bytes=10-99999999`)).toEqual(whole.subarray(10))
  for (const ignored of ['lines=0-1', 'bytes=5-2', 'bytes=a-b', 'bytes=-', 'bytes=0-1,4-5'])
    expect((await get({ Range: ignored })).status, ignored).toBe(200)
})

it('[MAP19] What is known is 304; a part only of the file that was begun; another file has another tag', async () => {
  const before = await get()
  await before.arrayBuffer()
  const tag = before.headers.get('etag') ?? ''
  const modified = before.headers.get('last-modified') ?? ''
  expect(tag).toMatch(/^"[^"]+"$/)
  expect((await get({ 'If-None-Match': `"other", W/${tag}`, Range: 'bytes=0-6' })).status).toBe(304)
  expect((await get({ 'If-Modified-Since': modified })).status).toBe(304)
  expect((await get({ 'If-None-Match': '"other"', 'If-Modified-Since': modified })).status).toBe(200)
  const part = async (ifRange: string) => (await get({ Range: 'bytes=0-6', 'If-Range': ifRange })).status
  expect(await Promise.all([tag, modified, '"other"', `W/${tag}`].map(part))).toEqual([206, 206, 200, 200])

  writePmtiles(`${file}.new`, [{ z: 14, x: 13975, y: 6348, data: TILE }], SEOUL)
  utimesSync(`${file}.new`, 1, 1)
  renameSync(`${file}.new`, file)
  expect((await get()).headers.get('etag')).not.toBe(tag)
  expect(await part(tag)).toBe(200)
})

it('[MAP19] The reader of the pages reads a tile of it', async () => {
  const archive = new PMTiles(url)
  expect(await archive.getHeader()).toMatchObject({ minZoom: 14, maxZoom: 14, minLat: 37.4, maxLon: 127.2 })
  const tile = await archive.getZxy(14, 13975, 6348)
  expect(new TextDecoder().decode(tile?.data)).toBe('a tile')
  expect(await archive.getZxy(14, 1, 1)).toBeUndefined()
})

it('[MAP20] What the pages could not draw is told in words', () => {
  const make = (name: string, change: (path: string) => void) => {
    const path = join(dir, name)
    writePmtiles(path, [{ z: 14, x: 13975, y: 6348, data: TILE }], SEOUL)
    change(path)
    return whyNotDrawable(path)
  }
  expect(make('fine', () => {})).toBeNull()
  expect(make('cut', (path) => truncateSync(path, 200))).toContain('cut off')
  expect(make('text', (path) => writeFileSync(path, 'hello'))).toContain('no archive')
  expect(whyNotDrawable(dir)).toContain('is no file')
  expect(whyNotDrawable(join(dir, 'none'))).toContain('ENOENT')
})
