import { expect } from 'vitest'
import { type CreateDeliveryAnswer, replaceLinkAnswerSchema } from '#contracts/http.ts'
import { createApi, expectProblem } from './api.ts'
import type { RunningApp } from './app.ts'
import { connectCustomer } from './customer.ts'
import { pollUntil } from './poll-until.ts'

type App = Pick<RunningApp, 'url'>

export async function replaceCustomersLink(app: App, { delivery, rider }: CreateDeliveryAnswer) {
  const answer = await createApi(app.url).replaceLink(delivery.id, 'customer', rider.token)
  expect(answer.status).toBe(201)
  return replaceLinkAnswerSchema.parse(await answer.json())
}

/** The link of the creation is refused, at a call and at the handshake; the new one works. */
export async function expectOnlyTheNewLink(app: App, created: CreateDeliveryAnswer, newToken: string) {
  const { call } = createApi(app.url)
  const path = `/api/deliveries/${created.delivery.id}`
  // An app that has just started may answer "later" before.
  const refused = await pollUntil(
    async () => {
      const answer = await call(path, { token: created.customer.token })
      return answer.status === 503 ? undefined : answer
    },
    { withinMs: 30_000, what: 'an answer to the old link' },
  )
  await expectProblem(refused, 401, 'unauthenticated')
  const old = connectCustomer(app.url, { token: created.customer.token })
  await pollUntil(() => old.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
  expect(old.refusals).toEqual(['unauthenticated'])
  await connectCustomer(app.url, { token: newToken }).greeted()
}
