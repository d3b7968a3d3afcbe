import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'

/** The line of docs/brand-and-embed.md, as a shop copies it. */
const [LINE = ''] = readFileSync('docs/brand-and-embed.md', 'utf8').match(/<iframe .*<\/iframe>/) ?? []
const framed = (address: string) => LINE.replace(/src="[^"]*"/, `src="${address}"`)

/** A site of its own, on which any page can be put: to the browser `localhost` is another one than `127.0.0.1`. */
async function openSite() {
  let body = ''
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>A shop</title><h1>Your order</h1>${body}`)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    origin,
    async show(page: Page, html: string) {
      body = html
      await page.goto(origin)
      return page.frameLocator('iframe')
    },
  }
}

test('[EMBED2] a shop’s page frames the customer’s page, live, by the line of the docs; it frames no other page, and no other site frames any', async ({
  newPerson,
}) => {
  expect(LINE).toContain('sandbox=')
  const [shop, stranger] = [await openSite(), await openSite()]
  const app = await startApp({ env: { EMBED_ORIGINS: shop.origin, TILE_URL: 'off', LOG_LEVEL: 'warn' } })
  const { createDelivery, pickUp, report } = dispatch(app.url)
  const created = await createDelivery()
  const page = await newPerson({ expects: /frame-ancestors|X-Frame-Options| 401 / })

  const frame = await shop.show(page, framed(app.url + created.customer.url))
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
    const refused = await site.show(page, framed(app.url + path))
    // What the browser shows instead of a page that it may not frame.
    await expect
      .poll(() => page.frames().map((each) => each.url()), path)
      .toContain('chrome-error://chromewebdata/')
    await expect(refused.getByRole('main')).toHaveCount(0)
  }
})
