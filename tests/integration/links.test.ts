import { beforeAll, describe, expect, it } from 'vitest'
import { type CreateDeliveryAnswer, replaceLinkAnswerSchema } from '#contracts/http.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

let app: RunningApp
let api: Api

beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: 'trace' } })
  api = createApi(app.url)
})

const idOf = ({ delivery }: CreateDeliveryAnswer) => delivery.id

async function pickedUp(): Promise<CreateDeliveryAnswer> {
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  return created
}

/** The same delivery with the customer's new link. */
async function replaced(created: CreateDeliveryAnswer): Promise<CreateDeliveryAnswer> {
  const answer = await api.replaceLink(idOf(created), 'customer', created.rider.token)
  expect(answer.status).toBe(201)
  return { ...created, customer: replaceLinkAnswerSchema.parse(await answer.json()) }
}

const refusalOf = async (token: string) => {
  const customer = connectCustomer(app.url, { token })
  return await pollUntil(() => customer.refusals[0], { withinMs: 20_000, what: 'the refusal' })
}

it('[LINK1] the rider’s token replaces the customer’s link: 201 with the new one, which works at once', async () => {
  const created = await pickedUp()
  const answer = await api.replaceLink(idOf(created), 'customer', created.rider.token)
  expect(answer.status).toBe(201)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const body: unknown = await answer.json()
  const { token } = replaceLinkAnswerSchema.parse(body)
  expect(body).toEqual({ role: 'customer', url: `/track/${idOf(created)}#${token}`, token })
  expect(token).not.toBe(created.customer.token)
  expect((await api.call(`/api/deliveries/${idOf(created)}`, { token })).status).toBe(200)
  expect(await connectCustomer(app.url, { token }).greeted()).toMatchObject({
    delivery: { id: idOf(created) },
  })
})

it('[LINK2] the old link is 401 on every call and at the handshake; so is each one before the newest', async () => {
  const first = await pickedUp()
  const second = await replaced(first)
  const third = await replaced(second)
  const path = `/api/deliveries/${idOf(first)}`
  for (const { token } of [first.customer, second.customer]) {
    for (const call of [path, `${path}/locations`, `${path}/location`])
      expect(await expectProblem(await api.call(call, { token }), 401, 'unauthenticated')).toMatchObject({
        detail: 'The link has been replaced.',
      })
    expect(await refusalOf(token)).toBe('unauthenticated')
  }
  for (const call of [path, `${path}/locations`])
    expect((await api.call(call, { token: third.customer.token })).status).toBe(200)
})

it('[LINK3] the rider’s link and other deliveries stay as they are', async () => {
  const [mine, other] = [await pickedUp(), await pickedUp()]
  const stranger = connectCustomer(app.url, { token: other.customer.token })
  await stranger.greeted()
  await replaced(mine)
  expect((await api.postLocations(mine, [fixAt(mine, 1)])).status).toBe(202)
  expect((await api.call(`/api/deliveries/${idOf(mine)}`, { token: mine.rider.token })).status).toBe(200)
  expect((await api.call(`/api/deliveries/${idOf(other)}`, { token: other.customer.token })).status).toBe(200)
  await api.postLocations(other, [fixAt(other, 1)])
  await pollUntil(() => stranger.locations.length > 0, { withinMs: 20_000, what: 'the point of the other' })
  expect([stranger.closings, stranger.disconnects]).toEqual([[], []])
})

describe('[LINK4] refused, and nothing is replaced', () => {
  it('for who may not, though anyone may create deliveries here', async () => {
    const [mine, other] = [await pickedUp(), await pickedUp()]
    for (const role of ['rider', 'customer']) {
      await expectProblem(await api.replaceLink(idOf(mine), role), 401, 'unauthenticated')
      await expectProblem(await api.replaceLink(idOf(mine), role, 'anyone-at-all'), 401, 'unauthenticated')
      for (const { token } of [mine.customer, other.rider, other.customer])
        await expectProblem(await api.replaceLink(idOf(mine), role, token), 403, 'forbidden')
    }
    await expectProblem(await api.replaceLink(idOf(mine), 'rider', mine.rider.token), 403, 'forbidden')
    await expectProblem(
      await api.replaceLink('does-not-exist', 'customer', mine.rider.token),
      403,
      'forbidden',
    )
    for (const { token } of [mine.rider, mine.customer])
      expect((await api.call(`/api/deliveries/${idOf(mine)}`, { token })).status).toBe(200)
  })

  it('after the end, which either newest link can still read', async () => {
    const created = await replaced(await pickedUp())
    await api.postStatus(created, 'delivered')
    await expectProblem(
      await api.replaceLink(idOf(created), 'customer', created.rider.token),
      410,
      'delivery_ended',
    )
    for (const { token } of [created.rider, created.customer])
      expect((await api.call(`/api/deliveries/${idOf(created)}`, { token })).status).toBe(200)
  })

  it('for a bad body and other methods', async () => {
    const { delivery, rider } = await api.createDelivery()
    const path = `/api/deliveries/${delivery.id}/links`
    for (const role of ['dispatch', 7, null, undefined])
      expect(
        await expectProblem(await api.replaceLink(delivery.id, role, rider.token), 400, 'invalid_body'),
      ).toMatchObject({ field: 'role' })
    const post = (body: string, headers = {}) =>
      api.call(path, { method: 'POST', token: rider.token, body, headers })
    await expectProblem(await post('{'), 400, 'invalid_json')
    await expectProblem(await post('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type')
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const response = await api.call(path, { method, token: rider.token })
      expect(response.headers.get('allow')).toBe('POST')
      await expectProblem(response, 405, 'method_not_allowed')
    }
  })
})

it('[LINK5] who has the old link open is told why and disconnected; who has the new one is not', async () => {
  const created = await pickedUp()
  const first = connectCustomer(app.url, { token: created.customer.token })
  await first.greeted()
  const second = await replaced(created)
  await pollUntil(() => first.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
  expect([first.events.at(-1), first.closings]).toEqual(['delivery:closed', [{ code: 'unauthenticated' }]])
  expect(first.disconnects).toEqual(['io server disconnect'])

  const welcome = connectCustomer(app.url, { token: second.customer.token })
  await welcome.greeted()
  await api.postLocations(second, [fixAt(second, 1)])
  await pollUntil(() => welcome.locations.length > 0, { withinMs: 20_000, what: 'the point' })
  expect(first.locations).toEqual([])
  expect([welcome.closings, welcome.disconnects]).toEqual([[], []])
})

it('[LINK6] the demo’s list hands out the newest links', async () => {
  const old = await pickedUp()
  await replaced(old)
  const page = await (await fetch(app.url)).text()
  const token = new RegExp(`/track/${idOf(old)}#([A-Za-z0-9._-]+)`).exec(page)?.[1] ?? ''
  expect((await api.call(`/api/deliveries/${idOf(old)}`, { token })).status).toBe(200)
})

it('[LINK7] no token is in what the server prints, the new one neither', async () => {
  const old = await pickedUp()
  const customer = connectCustomer(app.url, { token: old.customer.token })
  await customer.greeted()
  const now = await replaced(old)
  await api.call(`/api/deliveries/${idOf(old)}`, { token: old.customer.token })
  await pollUntil(() => app.logs().includes(`/api/deliveries/${idOf(old)}/links`), {
    withinMs: 20_000,
    what: 'the line of the call',
  })
  await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
  // Neither whole nor in part: every token of ours begins like this, and ends in its signature.
  expect(app.logs()).not.toContain('eyJ')
  for (const { token } of [old.rider, old.customer, now.customer])
    expect(app.logs()).not.toContain(token.split('.')[2])
})
