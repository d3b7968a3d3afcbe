import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { order } from './support/order.ts'
import { openCustomer, openRider } from './support/people.ts'

/** Chromium prints every answer from 400 on. */
const GONE = /^Failed to load resource: .* 404 /

test('[ERASE3] whoever has the delivery open reads that it was erased, and no page names anything of it', async ({
  app,
  newPerson,
}) => {
  const [store, door, rider, customer] = ['Kitchen', 'Door', 'Rider', 'Customer'].map(
    (what) => `${what} ${randomUUID().slice(0, 8)}`,
  )
  const texts = [store, door, rider, customer] as string[]
  const created = await order(app.url, {
    store: { name: store, lat: 37.4979, lng: 127.0276 },
    destination: { name: door, lat: 37.5003, lng: 127.0365 },
    rider: { name: rider },
    customer: { name: customer },
  })
  const watching = await openCustomer(await newPerson(), created.customer.url)
  const riding = await openRider(await newPerson({ expects: GONE }), created.rider.url)
  await riding.start()
  await expect(watching.root).toHaveAttribute('data-status', 'picked_up')
  await watching.receives(1)
  await expect(watching.page.getByRole('region', { name: 'Delivery', exact: true })).toContainText(
    door as string,
  )

  const erased = await fetch(`${app.url}/api/deliveries/${created.delivery.id}`, { method: 'DELETE' })
  expect(erased.status).toBe(204)
  await expect(watching.page.getByRole('heading')).toHaveText('This delivery is not here any more')
  // The page that rides hears of it with its next report, and sends nothing more.
  await expect(riding.page.getByTestId('rider-notice')).toContainText('This delivery is not here')
  await expect(riding.root).toHaveAttribute('data-sharing', 'false')

  const late = await newPerson({ expects: GONE })
  const shownAt = async (page: Page, path: string) => {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    return page.content()
  }
  await late.goto(created.rider.url)
  await expect(late.getByTestId('rider-refused')).toBeVisible()
  await late.goto(created.customer.url)
  await expect(late.getByRole('heading')).toHaveText('This delivery is not here any more')
  const contents = [await watching.page.content(), await late.content()]
  for (const path of ['/', '/inside', `/side-by-side/${created.delivery.id}`])
    contents.push(await shownAt(late, path))
  for (const content of contents) for (const text of texts) expect(content).not.toContain(text)
})
