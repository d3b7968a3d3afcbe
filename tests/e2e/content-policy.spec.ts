import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { openCustomer, openRider } from './support/people.ts'

/** The page writes down what the browser holds against it. */
async function watch(page: Page, violations: string[]): Promise<Page> {
  await page.exposeFunction('noteViolation', (what: string) => violations.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, documentURI }) =>
      Object(window).noteViolation(`${new URL(documentURI).pathname}: ${violatedDirective} ${blockedURI}`),
    )
  })
  return page
}

test('[GW22] a whole ride, on every page, does nothing that the policy forbids; an injected script does not run', async ({
  newPerson,
}) => {
  test.setTimeout(360_000)
  const violations: string[] = []
  const open = async (options = {}) =>
    watch(await newPerson({ ...options, expects: /Content Security Policy| 404 / }), violations)
  const home = await open()
  await home.goto('/')
  await home.getByLabel('Which delivery').selectOption('coffee')
  await home.getByRole('button', { name: 'Start a demo delivery' }).click()
  const link = async (testId: string) => (await home.getByTestId(testId).getAttribute('href')) ?? ''

  const both = await open()
  await both.goto(await link('side-by-side-link'))
  await expect(both.frameLocator('iframe[title="Customer"]').getByTestId('track-page')).toBeVisible()
  await expect(both.frameLocator('iframe[title="Rider"]').getByTestId('rider-page')).toBeVisible()
  const customer = await openCustomer(
    await open({
      seesMotion: true,
      seesTiles: true,
      keepsPages: true,
      viewport: { width: 800, height: 600 },
    }),
    await link('customer-link'),
  )
  const rider = await openRider(
    await open({ viewport: { width: 390, height: 844 } }),
    await link('rider-link'),
  )
  // What was looked at need not be drawn all the way to the door.
  for (const page of [home, both]) await page.context().close()
  await rider.choose({ speed: 10, everyS: 1 })
  await rider.start()
  await expect(customer.marker).toBeVisible()
  await customer.receives(5)
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
})
