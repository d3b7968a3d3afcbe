import { expect, it } from 'vitest'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { connectCustomer } from '../support/customer.ts'
import { expectOnlyTheNewLink, replaceCustomersLink } from '../support/links.ts'
import { pollUntil } from '../support/poll-until.ts'

/** A delivery with four acknowledged points, and one whose link was replaced and whose rider rides with phone-a. */
async function begin(app: RunningApp) {
  const api = createApi(app.url)
  const created = await api.createPickedUp()
  for (const seq of [1, 2, 3, 4]) {
    expect((await api.postLocations(created, [fixAt(created, seq)])).status).toBe(202)
  }
  const other = await api.createPickedUp()
  const { token: newLink } = await replaceCustomersLink(app, other)
  await api.postDevice(other, 'phone-a')
  return { created, other, newLink }
}

async function expectKept(app: RunningApp, { created, other, newLink }: Awaited<ReturnType<typeof begin>>) {
  const api = createApi(app.url)
  await expectOnlyTheNewLink(app, other, newLink)
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
  const customer = connectCustomer(app.url, { token, afterSeq: 4 })
  await customer.greeted()
  await api.postLocations(created, [fixAt(created, 5)])
  await pollUntil(() => customer.locations.at(-1)?.location.seq === 5, {
    withinMs: 20_000,
    what: 'the stream going on',
  })
}

it('[START1] [START2] [LINK11] [DEV5] after a kill and after a stop the next start keeps links, which of them are replaced, who rides, deliveries and every acknowledged point; while it runs its port and its directory are refused to another', async () => {
  const first = await startApp()
  const beforeTheKill = await begin(first)
  const taken = await startApp({ env: { PORT: String(first.port) } }).catch((error: Error) => error.message)
  expect(taken).toContain(`Port ${first.port} is taken`)
  expect(taken).toContain('ended with 1')
  expect(taken).not.toMatch(/^\s+at /m)
  // On Apache Kafka, with a database beside it, nothing is in the directory.
  if (!process.env[APP_KAFKA]) {
    const shared = await startApp({ dataDir: first.dataDir }).catch((error: Error) => error.message)
    expect(shared).toContain('DATA_DIR')
    expect(shared).toContain('ended with 1')
    expect(shared).not.toMatch(/^\s+at /m)
  }
  await first.kill9()

  const second = await startApp({ dataDir: first.dataDir })
  await expectKept(second, beforeTheKill)
  const beforeTheStop = await begin(second)
  await second.stop()

  const third = await startApp({ dataDir: first.dataDir })
  await expectKept(third, beforeTheStop)
})

// tests/unit/config.test.ts has all of them.
it('[START3] a setting that cannot be used is named', async () => {
  const refused = await startApp({ env: { PORT: 'eighty' } }).catch((error: Error) => error.message)
  expect(refused).toContain('PORT must be a whole number from 0 to 65535, not "eighty".')
  expect(refused).toContain('ended with 1')
})
