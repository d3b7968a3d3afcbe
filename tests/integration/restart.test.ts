import { expect, it } from 'vitest'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi, expectProblem, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { expectOnlyTheNewLink, replaceCustomersLink } from '../support/links.ts'
import { pollUntil } from '../support/poll-until.ts'

it.each(['stop', 'kill9'] as const)(
  '[START1] [LINK11] [DEV5] after a %s the next start keeps links, which of them are replaced, who rides, deliveries and every acknowledged point',
  async (end) => {
    const first = await startApp()
    const created = await createApi(first.url).createDelivery()
    await createApi(first.url).postStatus(created, 'picked_up')
    for (const seq of [1, 2, 3, 4]) {
      expect((await createApi(first.url).postLocations(created, [fixAt(created, seq)])).status).toBe(202)
    }
    const other = await createApi(first.url).createPickedUp()
    const { token: newLink } = await replaceCustomersLink(first, other)
    await createApi(first.url).postDevice(other, 'phone-a')
    await first[end]()

    const second = await startApp({ dataDir: first.dataDir })
    const api = createApi(second.url)
    await expectOnlyTheNewLink(second, other, newLink)
    const refused = await api.postLocations(other, [fixAt(other, 1)], { 'X-Rider-Device': 'phone-b' })
    await expectProblem(refused, 409, 'other_device')
    const taken = await api.postLocations(other, [fixAt(other, 1)], { 'X-Rider-Device': 'phone-a' })
    expect(taken.status).toBe(202)
    const { token } = created.customer
    await pollUntil(
      async () => {
        const list = await api.call(`/api/deliveries/${created.delivery.id}/locations`, { token })
        return (
          listLocationsAnswerSchema
            .parse(await list.json())
            .locations.map(({ seq }) => seq)
            .join() === '1,2,3,4'
        )
      },
      { withinMs: 30_000, what: 'all four points in the history' },
    )
    const customer = connectCustomer(second.url, { token, afterSeq: 4 })
    await customer.greeted()
    await api.postLocations(created, [fixAt(created, 5)])
    await pollUntil(() => customer.locations.at(-1)?.location.seq === 5, {
      withinMs: 20_000,
      what: 'the stream going on',
    })
  },
)

it('[START2] a taken port and a directory in use are told in a sentence, with exit code 1', async () => {
  // With data of its own in its directory, wherever its log is.
  const env = { DATABASE_URL: '' }
  const running = await startApp({ env })
  const taken = await startApp({ env: { PORT: String(running.port) } }).catch((error: Error) => error.message)
  expect(taken).toContain(`Port ${running.port} is taken`)
  expect(taken).toContain('ended with 1')
  expect(taken).not.toMatch(/^\s+at /m)
  const shared = await startApp({ env, dataDir: running.dataDir }).catch((error: Error) => error.message)
  expect(shared).toContain('DATA_DIR')
  expect(shared).toContain('ended with 1')
  expect(shared).not.toMatch(/^\s+at /m)
})

it('[START3] a setting that cannot be used is named', async () => {
  const refused = async (env: Record<string, string>) =>
    await startApp({ env }).catch((error: Error) => error.message)
  expect(await refused({ PORT: 'eighty' })).toContain('PORT')
  expect(await refused({ RATE_LIMIT_TOKEN: '0/1' })).toContain('RATE_LIMIT_TOKEN')
  expect(await refused({ DEMO: '0' })).toContain('TOKEN_SECRET and DISPATCH_TOKEN')
})
