import { beforeAll, describe, expect, it } from 'vitest'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { routeMessageSchema } from '#contracts/socket.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { BERLIN } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { cut, type RouterStub, silent, startRouterStub, wayAround } from '../support/router-stub.ts'

let api: Api
let url: string
let stub: RouterStub

beforeAll(async () => {
  stub = await startRouterStub(wayAround)
  const app = await startApp({ env: { ROUTE_URL: `${stub.url}/a/path?key=k` } })
  api = createApi(app.url)
  url = app.url
})

async function order(body: object = BERLIN): Promise<CreateDeliveryAnswer & { tookMs: number }> {
  const startedMs = performance.now()
  const answer = await api.call('/api/deliveries', { method: 'POST', body })
  const tookMs = performance.now() - startedMs
  expect(answer.status).toBe(201)
  return { ...createDeliveryAnswerSchema.parse(await answer.json()), tookMs }
}

describe('the way of an order', () => {
  it('[WAY1] is the line that the router has found', async () => {
    const { delivery } = await order()
    const { store, destination } = BERLIN
    expect(delivery.routed).toBe(true)
    expect(delivery.route).toEqual(
      [
        [store.lat, store.lng],
        [store.lat, destination.lng],
        [destination.lat, destination.lng],
      ].map((point) => point.map((degrees) => Math.round(degrees * 1e6) / 1e6)),
    )
    expect(stub.asked.at(-1)).toMatch(
      /^\/a\/path\/route\/v1\/driving\/13\.\d+,52\.\d+;13\.\d+,52\.\d+\?key=k&/,
    )
  })

  it('[WAY5] is planned anew once the rider has left it, and told to whoever follows, now and later', async () => {
    const created = await order()
    expect((await api.postStatus(created, 'picked_up')).status).toBe(200)
    const customer = connectCustomer(url, { token: created.customer.token })
    const routes: unknown[] = []
    customer.socket.on('delivery:route', (message: unknown) => routes.push(routeMessageSchema.parse(message)))
    await customer.greeted()
    const asked = stub.asked.length
    // Half a kilometre south of the way, and as often as a phone would tell.
    const [lat, lng] = [BERLIN.store.lat - 0.009, BERLIN.store.lng]
    let [seq, postedAtMs] = [0, 0]
    const leftAtMs = Date.now()
    await pollUntil(
      async () => {
        if (Date.now() - postedAtMs < 2_000) return routes.length > 0
        seq += 1
        postedAtMs = Date.now()
        expect((await api.postLocations(created, [fixAt(created, seq, { lat, lng })])).status).toBe(202)
        return routes.length > 0
      },
      { withinMs: 25_000, what: 'the new way' },
    )
    expect(Date.now() - leftAtMs).toBeGreaterThan(19_000)
    const route = [
      [lat, lng],
      [lat, BERLIN.destination.lng],
      [BERLIN.destination.lat, BERLIN.destination.lng],
    ].map((point) => point.map((degrees) => Math.round(degrees * 1e6) / 1e6))
    expect(routes).toEqual([{ route, routed: true }])
    expect(stub.asked).toHaveLength(asked + 1)
    const snapshot = await api.snapshotOf(created, created.customer.token)
    expect(snapshot.delivery).toMatchObject({ route, routed: true })
    expect(snapshot.eta).not.toBeNull()
  })

  it('[WAY2] is the straight line, and the order is answered in time, while the router is slow or dead', async () => {
    for (const answer of [silent, cut, silent, cut]) {
      stub.answer = answer
      const { delivery, tookMs } = await order()
      expect(delivery).toMatchObject({ routed: false })
      expect(delivery.route).toHaveLength(2)
      expect(tookMs).toBeLessThan(1_500)
    }
  })

  it('[WAY4] is planned on the drawn streets inside the demo’s city, while the router is away', async () => {
    stub.answer = cut
    const { delivery } = await order({
      store: { name: 'A', lat: 37.4979, lng: 127.0276 },
      destination: { name: 'B', lat: 37.51172, lng: 127.04812 },
    })
    expect(delivery.routed).toBe(true)
    expect(delivery.route.length).toBeGreaterThan(10)
  })
})
