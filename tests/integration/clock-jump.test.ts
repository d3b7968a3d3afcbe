import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { createApi, expectProblem, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

const CLOCK = pathToFileURL(join(import.meta.dirname, '../support/shiftable-clock.mjs'))

it('[LINK10] S12: when the clock jumps by 25 h, whoever has a link open is told that it has expired', async () => {
  const clockFile = join(tempDir(), 'clock')
  const app = await startApp({ env: { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile } })
  const api = createApi(app.url)
  const created = await api.createPickedUp()
  const customers = [1, 2, 3].map(() => connectCustomer(app.url, { token: created.customer.token }))
  for (const customer of customers) await customer.greeted()

  writeFileSync(clockFile, String(25 * 3_600_000))
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

  writeFileSync(clockFile, '0')
  const back = connectCustomer(app.url, { token: created.customer.token })
  await back.greeted()
})
