import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { openCustomer, openRider } from './support/people.ts'

/** A page that writes down what the browser holds against it. */
async function watchedPage(
  browser: Browser,
  options: BrowserContextOptions,
  violations: string[],
): Promise<Page> {
  const context = await browser.newContext(options)
  await context.exposeFunction('noteViolation', (what: string) => violations.push(what))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, documentURI }) =>
      Object(window).noteViolation(`${new URL(documentURI).pathname}: ${violatedDirective} ${blockedURI}`),
    )
  })
  return await context.newPage()
}

test('[GW22] a whole ride, on every page, does nothing that the policy forbids; an injected script does not run', async ({
  app,
  browser,
}) => {
  test.setTimeout(360_000)
  const violations: string[] = []
  // One of them draws each frame for a while, which takes most of a core; the others see where the rider was reported.
  const open = (reducedMotion: 'reduce' | 'no-preference' = 'reduce') =>
    watchedPage(browser, { baseURL: app.url, reducedMotion }, violations)
  const home = await open()
  await home.goto('/')
  await home.getByLabel('Which delivery').selectOption('coffee')
  await home.getByRole('button', { name: 'Start a demo delivery' }).click()
  const link = async (testId: string) => (await home.getByTestId(testId).getAttribute('href')) ?? ''

  const both = await open()
  await both.goto(await link('side-by-side-link'))
  await expect(both.frameLocator('iframe[title="Customer"]').getByTestId('track-page')).toBeVisible()
  const customer = await openCustomer(await open('no-preference'), await link('customer-link'))
  const rider = await openRider(await open(), await link('rider-link'))
  await rider.choose({ speed: 10, everyS: 1 })
  await rider.start()
  await expect(customer.marker).toBeVisible()
  await customer.receives(15)
  await customer.zoomIn(1)
  // Enough frames were drawn.
  await customer.page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(rider.root).toHaveAttribute('data-at-door', 'true', { timeout: 90_000 })
  await rider.end('At the door: hand it over')
  await expect(customer.page.getByRole('heading', { name: 'Delivered. Enjoy!' })).toBeVisible()
  const lost = await open()
  await lost.goto('/nowhere')
  await lost.getByRole('link', { name: 'To the first page' }).click()
  await expect(lost.getByRole('button', { name: 'Start a demo delivery' })).toBeVisible()
  expect(violations).toEqual([])

  const ran = await customer.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
    return 'injected' in window
  })
  expect(ran).toBe(false)
  await expect.poll(() => violations).toEqual([expect.stringContaining('script-src-elem inline')])
  for (const context of browser.contexts()) await context.close()
})
