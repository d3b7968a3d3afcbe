import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { during } from './support/during.ts'
import { expect, test } from './support/fixtures.ts'
import { historyOf } from './support/history-of.ts'
import { lookAsCustomer, lookAsRider } from './support/look.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

const OFFLINE_MS = 60_000
const PHONE = { viewport: { width: 390, height: 844 }, losesNetwork: true, keepsPages: true }

/** Until the page would open without network. */
const isKept = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? '')).not.toBe('')

/** All that is on the device by the means that survive the page, but for what the browser itself remembers. */
const textOnDevice = (page: Page) =>
  page.evaluate(async () => {
    const text = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        text.push(request.url, (await (await cache.match(request))?.text()) ?? '')
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
      })
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => {
          all.onsuccess = resolve
        })
        text.push(
          JSON.stringify(all.result, (_, value) =>
            value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value)) : value,
          ),
        )
      }
      db.close()
    }
    return text.join('\n')
  })

test('[PWA3] [PWA4] [PWA5] without network both pages open again: the rider rides on, the customer sees what was, and how old it is', async ({
  app,
  newPerson,
}) => {
  test.setTimeout(300_000)
  const created = await dispatch(app.url).createDelivery()
  const [customerPhone, riderPhone] = [await newPerson(PHONE), await newPerson(PHONE)]
  const posts = watchPosts(riderPhone)
  const customer = await openCustomer(customerPhone, created.customer.url)
  const rider = await openRider(riderPhone, created.rider.url)
  await rider.choose({ everyS: 1, speed: 1 })
  await rider.start()
  await customer.receives(3)
  await Promise.all([isKept(customerPhone), isKept(riderPhone)])

  const cutAtMs = Date.now()
  await Promise.all([riderPhone.context().setOffline(true), customerPhone.context().setOffline(true)])
  await expect(customer.root).toHaveAttribute('data-connection', 'offline')
  const lastSeen = await customer.seq()
  await riderPhone.reload()
  await customerPhone.reload()

  for (const page of [riderPhone, customerPhone])
    await expect(page.locator('html'), 'the page that was kept').toHaveAttribute('data-kept', '')
  await expect(rider.root).toHaveAttribute('data-riding', 'true')
  await expect(riderPhone.getByTestId('resumed')).toContainText('Your ride goes on')
  await expect(riderPhone.getByTestId('sending-notice')).toContainText('You are offline')
  await expect(customer.root).toHaveAttribute('data-connection', 'offline')
  await expect(customer.marker).toHaveAttribute('data-freshness', 'unknown')

  const looks = await during(cutAtMs + OFFLINE_MS, async () => ({
    customer: await lookAsCustomer(customerPhone),
    rider: await lookAsRider(riderPhone),
  }))
  for (const { customer, rider } of looks) {
    expect(customer).toMatchObject({
      connection: 'offline',
      freshness: 'unknown',
      pill: 'Last known',
      seq: lastSeen,
    })
    expect(customer.line).toMatch(/^You are offline\s+Last updated (just now|.+ ago)\. It goes on by itself/)
    expect(rider.sharing).toBe(true)
  }
  const waiting = looks.at(-1)?.rider.waiting ?? 0
  // One each second; a machine that is busy makes fewer.
  expect(waiting).toBeGreaterThan((0.3 * OFFLINE_MS) / 1_000)
  test.info().annotations.push({ type: 'points', description: `${waiting} recorded without network` })

  await Promise.all([riderPhone.context().setOffline(false), customerPhone.context().setOffline(false)])
  await expect(customer.root).toHaveAttribute('data-freshness', 'live')
  await customer.receives(3)
  await riderPhone.getByRole('switch', { name: 'Share location' }).uncheck()
  await expect(async () => {
    await expect(riderPhone.getByTestId('counter-waiting')).toHaveText('0')
    const made = posts.seqs()
    expect(made).toEqual(made.map((_, index) => index + 1))
    expect((await historyOf(app.url, created.rider)).map(({ seq }) => seq)).toEqual(made)
    const visible = await historyOf(app.url, created.customer)
    await expect(customer.root).toHaveAttribute('data-points', String(visible.length))
    await expect(customer.root).toHaveAttribute('data-seq', String(made.length))
  }).toPass({ timeout: 60_000 })

  const { delivery, rider: riderLink, customer: customerLink } = created
  for (const [page, token] of [
    [riderPhone, riderLink.token],
    [customerPhone, customerLink.token],
  ] as const) {
    const text = await textOnDevice(page)
    expect(text, 'the page itself is kept').toContain('/_next/static/')
    expect(text).not.toContain(token)
    expect(text).not.toContain(token.split('.').at(-1))
    expect(text, 'what is known is sealed').not.toContain(delivery.destination.name)
  }

  await rider.end('Delivered')
  await expect(customer.root).toHaveAttribute('data-phase', 'ended')
  for (const page of [riderPhone, customerPhone])
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const db = await new Promise<IDBDatabase>((resolve) => {
            const opening = indexedDB.open('rider-live kept')
            opening.onsuccess = () => resolve(opening.result)
          })
          const counting = db.transaction('snapshots').objectStore('snapshots').count()
          await new Promise((resolve) => {
            counting.onsuccess = resolve
          })
          db.close()
          return counting.result
        }),
      )
      .toBe(0)
})
