import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { replaceLinkAnswerSchema } from '#contracts/http.ts'
import { createApi, expectProblem, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { BERLIN } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

const CLOCK = pathToFileURL(join(import.meta.dirname, '../support/shiftable-clock.mjs'))

const HOUR_MS = 3_600_000

it('[LINK10] [LINK16] S12: when the clock jumps by 25 h, whoever has a link open is told that it has expired, unless more is promised', async () => {
  const clockFile = join(tempDir(), 'clock')
  const app = await startApp({ env: { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile } })
  const api = createApi(app.url)
  const created = await api.createPickedUp()
  const customers = [1, 2, 3].map(() => connectCustomer(app.url, { token: created.customer.token }))
  for (const customer of customers) await customer.greeted()
  const ahead = await api.createDelivery({ ...BERLIN, promisedAtMs: Date.now() + 72 * HOUR_MS })
  const waiting = connectCustomer(app.url, { token: ahead.customer.token })
  await waiting.greeted()

  writeFileSync(clockFile, String(25 * HOUR_MS))
  await pollUntil(() => customers.every(({ disconnects }) => disconnects.length > 0), {
    withinMs: 20_000,
    what: 'the end of the link',
  })
  for (const { closings, disconnects } of customers) {
    expect(closings).toEqual([{ code: 'unauthenticated' }])
    expect(disconnects).toEqual(['io server disconnect'])
  }
  // What is remembered of a token does not outlive it either.
  await expectProblem(await api.postLocations(created, [fixAt(created, 1)]), 401, 'unauthenticated')
  const late = connectCustomer(app.url, { token: created.customer.token })
  await pollUntil(() => late.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
  expect(late.refusals).toEqual(['unauthenticated'])

  expect(waiting.disconnects).toEqual([])
  const answer = await api.replaceLink(ahead.delivery.id, 'customer', ahead.rider.token)
  const { token } = replaceLinkAnswerSchema.parse(await answer.json())
  writeFileSync(clockFile, String(95 * HOUR_MS))
  expect((await api.snapshotOf(ahead, token)).delivery.id).toBe(ahead.delivery.id)
  writeFileSync(clockFile, String(97 * HOUR_MS))
  for (const ofEither of [token, ahead.rider.token])
    await expectProblem(
      await api.call(`/api/deliveries/${ahead.delivery.id}`, { token: ofEither }),
      401,
      'unauthenticated',
    )

  writeFileSync(clockFile, '0')
  const back = connectCustomer(app.url, { token: created.customer.token })
  await back.greeted()
})
