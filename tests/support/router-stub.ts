import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LatLng } from '#contracts/place.ts'
import { atEnd } from './at-end.ts'

export type RouterStub = { url: string; asked: string[]; answer: RequestListener }

/** A server of ways on a free port, which answers as it is told. */
export async function startRouterStub(answer: RequestListener): Promise<RouterStub> {
  const stub: RouterStub = { url: '', asked: [], answer }
  const server = createServer((request, response) => {
    stub.asked.push(request.url ?? '')
    stub.answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return stub
}

/** The two places of which OSRM's path asks, and between them the corner of a block. */
function askedPlaces(path: string): [from: LatLng, to: LatLng] {
  const [, coordinates = ''] = /\/([-\d.,;]+)\?/.exec(path) ?? []
  const places = coordinates.split(';').map((place): LatLng => {
    const [lng = Number.NaN, lat = Number.NaN] = place.split(',').map(Number)
    return [lat, lng]
  })
  return [places[0] ?? [0, 0], places[1] ?? [0, 0]]
}

/** As OSRM answers with `geometries=geojson`. */
export const wayLasting =
  (seconds: number): RequestListener =>
  (request, response) => {
    const [from, to] = askedPlaces(request.url ?? '')
    const line = [from, [from[0], to[1]] as LatLng, to]
    const coordinates = line.map(([lat, lng]) => [lng, lat])
    const route = {
      geometry: { type: 'LineString', coordinates },
      duration: seconds,
      distance: 2_000,
      legs: [],
    }
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ code: 'Ok', routes: [route] }))
  }
export const wayAround = wayLasting(432.1)

export const saying =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status).end(body)
export const silent: RequestListener = () => {}
export const cut: RequestListener = (request) => void request.socket.destroy()
