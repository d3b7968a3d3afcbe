import pino from 'pino'
import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { createAskRouter } from '#server/routing/ask-router.ts'
import { routeAddress } from '#server/routing/route-url.ts'
import { cut, saying, silent, startRouterStub, wayAround } from '../../support/router-stub.ts'

const FROM: LatLng = [52.4933706, 13.3879212]
const TO: LatLng = [52.489, 13.3942]
const logger = pino({ level: 'silent' })
const ok = (geometry: unknown, duration: unknown = 60) =>
  JSON.stringify({ code: 'Ok', routes: [{ geometry, duration }] })
const straight = { type: 'LineString', coordinates: [FROM, TO].map(([lat, lng]) => [lng, lat]) }

describe('asking the router', () => {
  it('[WAY1] reads the line, latitude first, and how long it takes', async () => {
    const stub = await startRouterStub(wayAround)
    expect(await createAskRouter(stub.url, logger)(FROM, TO)).toEqual({
      route: [
        [52.493371, 13.387921],
        [52.493371, 13.3942],
        [52.489, 13.3942],
      ],
      durationMs: 432_100,
    })
    expect(stub.asked).toEqual([
      '/route/v1/driving/13.387921,52.493371;13.394200,52.489000?overview=full&geometries=geojson&alternatives=false&steps=false',
    ])
  })

  it('[WAY1] reads a line that is encoded with five decimals, the example of whose algorithm is known', async () => {
    const stub = await startRouterStub(saying(ok('_p~iF~ps|U_ulLnnqC_mqNvxq`@')))
    const found = await createAskRouter(stub.url, logger)([38.5, -120.2], [43.252, -126.453])
    expect(found?.route).toEqual([
      [38.5, -120.2],
      [40.7, -120.95],
      [43.252, -126.453],
    ])
  })

  it('[WAY1] reads one with six', async () => {
    // The same line, of which each number is a tenth.
    const stub = await startRouterStub(saying(ok('_p~iF~ps|U_ulLnnqC_mqNvxq`@')))
    const found = await createAskRouter(stub.url, logger)([3.85, -12.02], [4.3252, -12.6453])
    expect(found?.route[1]).toEqual([4.07, -12.095])
  })

  it.each([
    ['', '/route/v1/driving/'],
    ['/', '/route/v1/driving/'],
    ['/osrm/', '/osrm/route/v1/driving/'],
    ['/route/v1/bike', '/route/v1/bike/'],
    ['/navigate/directions/v5/gh/car?geometries=polyline6', '/navigate/directions/v5/gh/car/'],
  ])('[WAY1] keeps the path %j of the address', (path, expected) => {
    const { url } = routeAddress(`http://router.example${path}`, FROM, TO)
    expect(url.pathname).toBe(`${expected}13.387921,52.493371;13.394200,52.489000`)
    expect(url.searchParams.getAll('geometries')).toHaveLength(1)
  })

  it('[WAY1] hands on a name and password as a header, and never in the address', () => {
    const { url, headers } = routeAddress('https://me:s%40cret@router.example?key=k', FROM, TO)
    expect(url.href).not.toContain('cret')
    expect(url.searchParams.get('key')).toBe('k')
    expect(headers.authorization).toBe(`Basic ${Buffer.from('me:s@cret').toString('base64')}`)
  })

  it('[WAY1] writes the smallest coordinates as plain digits', () => {
    const { url } = routeAddress('http://router.example', [0.0000001, -1e-7], [-89.9999999, 179.9999999])
    expect(url.pathname).toBe('/route/v1/driving/-0.000000,0.000000;180.000000,-90.000000')
  })

  it.each([
    ['a page of a proxy', saying('<!doctype html><title>Log in</title>')],
    ['nothing', saying('')],
    [
      'a line in the wrong city',
      saying(
        ok({
          coordinates: [
            [2.35, 48.85],
            [2.36, 48.86],
          ],
        }),
      ),
    ],
    [
      'places that there are not',
      saying(
        ok({
          coordinates: [
            [13.3879, 52.4933],
            [999, 0],
            [13.3942, 52.489],
          ],
        }),
      ),
    ],
    [
      'words for numbers',
      saying(
        ok({
          coordinates: [
            ['13', '52'],
            ['13', '52'],
          ],
        }),
      ),
    ],
    ['a duration below nothing', saying(ok(straight, -1))],
    ['a line that is none', saying(ok('~~~~'))],
    ['no routes', saying(JSON.stringify({ code: 'Ok', routes: [] }))],
    ['no way', saying(JSON.stringify({ code: 'NoRoute', message: 'Impossible' }), 400)],
    ['an error', saying('{}', 500)],
    ['a cut connection', cut],
    ['silence', silent],
    ['too much', saying(`${' '.repeat(5 * 1_024 * 1_024)}${ok(straight)}`)],
    ['the way elsewhere', (_: unknown, response) => void response.writeHead(302, { location: '/' }).end()],
  ] as [string, Parameters<typeof startRouterStub>[0]][])('[WAY3] takes %s for no way', async (_, answer) => {
    const stub = await startRouterStub(answer)
    expect(await createAskRouter(stub.url, logger)(FROM, TO)).toBeNull()
  })

  it('[WAY3] keeps at most two thousand points, the ends among them', async () => {
    const coordinates = Array.from({ length: 50_001 }, (_, i) => [
      FROM[1] + ((TO[1] - FROM[1]) * i) / 50_000,
      FROM[0] + ((TO[0] - FROM[0]) * i) / 50_000,
    ])
    const stub = await startRouterStub(saying(ok({ coordinates })))
    const route = (await createAskRouter(stub.url, logger)(FROM, TO))?.route ?? []
    expect(route.length).toBeLessThanOrEqual(2_000)
    expect([route[0], route.at(-1)]).toEqual([[52.493371, 13.387921], TO])
  })

  it('[WAY2] tries a connection that was cut once more', async () => {
    const stub = await startRouterStub((request, response) => {
      if (stub.asked.length === 1) request.socket.destroy()
      else wayAround(request, response)
    })
    expect(await createAskRouter(stub.url, logger)(FROM, TO)).not.toBeNull()
    expect(stub.asked).toHaveLength(2)
  })

  it('[WAY2] asks no more once it has failed three times in a row; that there is no way is no failure', async () => {
    const stub = await startRouterStub(saying('{"code":"NoRoute"}', 400))
    const ask = createAskRouter(stub.url, logger)
    for (let i = 0; i < 5; i++) await ask(FROM, TO)
    expect(stub.asked).toHaveLength(5)
    stub.answer = cut
    for (let i = 0; i < 6; i++) expect(await ask(FROM, TO)).toBeNull()
    expect(stub.asked).toHaveLength(5 + 3 * 2)
  })
})
