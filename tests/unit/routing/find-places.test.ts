import pino from 'pino'
import { expect, it } from 'vitest'
import { createFindPlaces, searchAddress } from '#server/routing/find-places.ts'
import { cut, saying, silent, startRouterStub } from '../../support/router-stub.ts'

const logger = pino({ level: 'silent' })
const ASKED = { query: 'Torstr. 1, Berlin', language: 'ko-KR' }
const found = (...places: unknown[]) => saying(JSON.stringify(places))
const GOOD = { lat: '52.52859', lon: '13.41', display_name: 'Torstraße 1, 10119 Berlin', place_id: 1 }

it('[BOARD23] asks Nominatim’s search below the path of its address, whose own query wins, and keeps a password out of it', () => {
  const { url, headers } = searchAddress('https://me:s%40cret@geo.example/nominatim/?key=k&limit=2', ASKED)
  expect(url.origin + url.pathname).toBe('https://geo.example/nominatim/search')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    key: 'k',
    limit: '2',
    q: ASKED.query,
    format: 'jsonv2',
    'accept-language': 'ko-KR',
  })
  expect(headers.authorization).toBe(`Basic ${Buffer.from('me:s@cret').toString('base64')}`)
  expect(searchAddress('http://geo.example/search', ASKED).url.pathname).toBe('/search')
})

it('[BOARD24] of an answer the places with a name on earth are read, the likeliest five', async () => {
  const stub = await startRouterStub(
    found(
      GOOD,
      null,
      7,
      'a place',
      [GOOD],
      { ...GOOD, lat: null },
      { ...GOOD, lat: '' },
      { ...GOOD, lat: '91' },
      { ...GOOD, lon: '180.5' },
      { ...GOOD, lat: 'NaN' },
      { ...GOOD, lat: '5e400' },
      { ...GOOD, lat: '12abc' },
      { ...GOOD, display_name: null },
      { ...GOOD, display_name: ' \n ' },
      { ...GOOD, lat: 1, lon: -2, display_name: `Line\u0000 one\nand \u202etwo ${'가'.repeat(400)}` },
      ...Array.from({ length: 9 }, () => GOOD),
    ),
  )
  const places = (await createFindPlaces(stub.url, logger)(ASKED)) ?? []
  expect(places).toHaveLength(5)
  expect(places[0]).toEqual({ lat: 52.52859, lng: 13.41, name: GOOD.display_name })
  expect(places[1]).toMatchObject({ lat: 1, lng: -2 })
  expect(places[1]?.name).toMatch(/^Line {2}one and {2}two 가+$/)
  expect(places[1]?.name).toHaveLength(200)
  stub.answer = found()
  expect(await createFindPlaces(stub.url, logger)(ASKED)).toEqual([])
})

it.each([
  ['a page of a proxy', saying('<!doctype html><title>Log in</title>')],
  ['no list', saying(JSON.stringify({ error: 'Unable to geocode' }))],
  ['an error', saying('[]', 500)],
  ['a cut connection', cut],
  ['silence', silent],
  ['too much', saying(`${' '.repeat(5 * 1_024 * 1_024)}[]`)],
  ['the way elsewhere', (_: unknown, response) => void response.writeHead(302, { location: '/' }).end()],
] as [string, Parameters<typeof startRouterStub>[0]][])(
  '[BOARD24] takes %s for no answer',
  async (_, answer) => {
    const stub = await startRouterStub(answer)
    expect(await createFindPlaces(stub.url, logger)(ASKED)).toBeUndefined()
  },
)

it('[BOARD23] a geocoder that fails three times is left alone, and of what was asked nothing is logged', async () => {
  const lines: string[] = []
  const noted = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const stub = await startRouterStub(saying(`${ASKED.query} is no JSON`))
  const findPlaces = createFindPlaces(`${stub.url}?key=k3y`, noted)
  for (let i = 0; i < 3; i += 1) await findPlaces(ASKED)
  const asked = stub.asked.length
  expect(await findPlaces(ASKED)).toBeUndefined()
  expect(stub.asked).toHaveLength(asked)
  expect(lines.join('')).toContain('geocoder')
  expect(lines.join('')).not.toMatch(/Torstr|k3y/)
})
