import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { EMBED_LINE, framed, openSite } from './support/open-site.ts'

async function show(page: Page, site: Awaited<ReturnType<typeof openSite>>, html: string) {
  site.put(html)
  await page.goto(site.origin)
  return page.frameLocator('iframe')
}

test('[EMBED2] a shop’s page frames the customer’s page, live, by the line of the docs; it frames no other page, and no other site frames any', async ({
  newPerson,
}) => {
  expect(EMBED_LINE).toContain('sandbox=')
  const [shop, stranger] = [await openSite(), await openSite()]
  const app = await startApp({ env: { EMBED_ORIGINS: shop.origin, TILE_URL: 'off', LOG_LEVEL: 'warn' } })
  const { createDelivery, pickUp, report } = dispatch(app.url)
  const created = await createDelivery()
  const page = await newPerson({ expects: /frame-ancestors|X-Frame-Options| 401 / })

  const frame = await show(page, shop, framed(app.url + created.customer.url))
  const track = frame.getByTestId('track-page')
  await expect(track).toHaveAttribute('data-connection', 'connected')
  await pickUp(created)
  await report(created, 1)
  await expect(track).toHaveAttribute('data-seq', '1')
  await expect(frame.getByTestId('rider-marker')).toBeVisible()

  const { id } = created.delivery
  for (const [site, path] of [
    [shop, created.rider.url],
    [shop, `/side-by-side/${id}`],
    [shop, '/'],
    [shop, '/dispatch'],
    [shop, '/inside'],
    [shop, `/api/deliveries/${id}`],
    [stranger, created.customer.url],
  ] as const) {
    const refused = await show(page, site, framed(app.url + path))
    // What the browser shows instead of a page that it may not frame.
    await expect
      .poll(() => page.frames().map((each) => each.url()), path)
      .toContain('chrome-error://chromewebdata/')
    await expect(refused.getByRole('main')).toHaveCount(0)
  }
})
