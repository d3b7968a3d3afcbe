import { createSecretKey, hkdfSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, expect, it } from 'vitest'
import {
  type CreateDeliveryAnswer,
  createDeliveryAnswerSchema,
  replaceLinkAnswerSchema,
} from '#contracts/http.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

const DISPATCH = 'the-word-of-dispatch'
const SECRET = 'a secret that this test knows as well'

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp({ env: { DEMO: '0', DISPATCH_TOKEN: DISPATCH, TOKEN_SECRET: SECRET } })
  api = createApi(app.url)
})

async function create(): Promise<CreateDeliveryAnswer> {
  const answer = await api.call('/api/deliveries', { method: 'POST', token: DISPATCH })
  return createDeliveryAnswerSchema.parse(await answer.json())
}

/** As the server has signed them all along: RFC 7519 with a key made as of RFC 5869. */
async function sign(
  claims: Record<string, unknown>,
  { deliveryId, forS }: { deliveryId: string; forS: number },
) {
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('rider-live')
    .setSubject(deliveryId)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + forS)
    .sign(createSecretKey(Buffer.from(hkdfSync('sha256', SECRET, '', 'rider-live tokens', 32))))
}

it('[LINK8] dispatch replaces either link, of the role that it names alone', async () => {
  const created = await create()
  const { id } = created.delivery
  const old = { rider: created.rider.token, customer: created.customer.token }
  for (const role of ['rider', 'customer'] as const) {
    const answer = await api.replaceLink(id, role, DISPATCH)
    expect(answer.status).toBe(201)
    const { url, token } = replaceLinkAnswerSchema.parse(await answer.json())
    expect(url).toBe(`/${role === 'rider' ? 'rider' : 'track'}/${id}#${token}`)
    await expectProblem(await api.call(`/api/deliveries/${id}`, { token: old[role] }), 401, 'unauthenticated')
    expect((await api.call(`/api/deliveries/${id}`, { token })).status).toBe(200)
    if (role === 'rider') {
      const renewed = { ...created, rider: { url, token } }
      expect((await api.postLocations(renewed, [fixAt(created, 1)])).status).toBe(202)
      expect((await api.call(`/api/deliveries/${id}`, { token: old.customer })).status).toBe(200)
    }
  }
  // The rider's old link does nothing any more.
  await expectProblem(await api.postLocations(created, [fixAt(created, 2)]), 401, 'unauthenticated')
  await expectProblem(await api.postStatus(created, 'picked_up'), 401, 'unauthenticated')
  await expectProblem(await api.replaceLink(id, 'customer', old.rider), 401, 'unauthenticated')
})

it('[LINK8] who is not dispatch is held to what a token of the delivery allows', async () => {
  const { delivery, rider, customer } = await create()
  await expectProblem(await api.replaceLink(delivery.id, 'rider', `${DISPATCH}x`), 401, 'unauthenticated')
  await expectProblem(await api.replaceLink(delivery.id, 'rider', rider.token), 403, 'forbidden')
  await expectProblem(await api.replaceLink(delivery.id, 'customer', customer.token), 403, 'forbidden')
  expect((await api.replaceLink(delivery.id, 'customer', rider.token)).status).toBe(201)
})

it('[LINK8] dispatch, too, is told of what is not there, and of the end', async () => {
  await expectProblem(await api.replaceLink('does-not-exist', 'rider', DISPATCH), 404, 'not_found')
  const created = await create()
  await api.postStatus(created, 'cancelled')
  await expectProblem(await api.replaceLink(created.delivery.id, 'rider', DISPATCH), 410, 'delivery_ended')
})

it('[LINK9] a token from before links had versions is of the first', async () => {
  const { delivery, rider } = await create()
  const token = await sign({ role: 'customer' }, { deliveryId: delivery.id, forS: 60 })
  expect((await api.call(`/api/deliveries/${delivery.id}`, { token })).status).toBe(200)
  expect((await api.replaceLink(delivery.id, 'customer', rider.token)).status).toBe(201)
  await expectProblem(await api.call(`/api/deliveries/${delivery.id}`, { token }), 401, 'unauthenticated')
})

it('[LINK9] a version that is no number from 1 makes a token of nobody', async () => {
  const { delivery } = await create()
  for (const version of [0, -1, 1.5, '1', null]) {
    const token = await sign({ role: 'customer', version }, { deliveryId: delivery.id, forS: 60 })
    await expectProblem(await api.call(`/api/deliveries/${delivery.id}`, { token }), 401, 'unauthenticated')
  }
})

it('[LINK10] who has a link open when it expires is told so, then disconnected', async () => {
  const { delivery } = await create()
  const token = await sign({ role: 'customer', version: 1 }, { deliveryId: delivery.id, forS: 8 })
  const customer = connectCustomer(app.url, { token })
  await customer.greeted()
  await pollUntil(() => customer.disconnects.length > 0, { withinMs: 30_000, what: 'the disconnect' })
  expect(customer.events).toEqual(['delivery:snapshot', 'delivery:closed'])
  expect(customer.closings).toEqual([{ code: 'unauthenticated' }])
})
