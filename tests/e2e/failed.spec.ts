import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer, openRider } from './support/people.ts'
import { takeScreenshot } from './support/screenshot.ts'

const PHONE = { viewport: { width: 390, height: 844 } }
/** In both themes, and as narrow as phones are. */
async function expectGood(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect.poll(() => findViolations(page), `${what}, ${colorScheme}`).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  const overflowPx = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflowPx, what).toBeLessThanOrEqual(0)
  await page.setViewportSize(PHONE.viewport)
}

test('[FAIL4] the rider says why it was not delivered, and the customer is told honestly', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const customer = await openCustomer(await newPerson(PHONE), created.customer.url)
  const phone = await newPerson(PHONE)
  const rider = await openRider(phone, created.rider.url)
  const button = phone.getByRole('button', { name: 'Not delivered', exact: true })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await rider.start()
  await expect(rider.root).toHaveAttribute('data-status', 'picked_up')
  await button.click()
  const dialog = phone.getByRole('dialog', { name: 'Why was it not delivered?' })
  const end = dialog.getByRole('button', { name: 'Yes, end it' })
  await expect(end).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('radio', { name: 'Another reason' }).check()
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await expect(end).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('radio', { name: 'Nobody opens the door' }).check()
  await expectGood(phone, 'the reasons')
  await takeScreenshot(phone, 'rider-failed')
  await end.click()
  await expect(rider.root).toHaveAttribute('data-status', 'failed')
  await expect(phone.getByTestId('end-reason')).toHaveText('Nobody opens the door')
  await phone.reload()
  await expect(phone.getByTestId('end-reason')).toHaveText('Nobody opens the door')
  await expect(customer.root).toHaveAttribute('data-status', 'failed')
  const card = customer.page.getByRole('region', { name: 'Delivery', exact: true })
  await expect(card).toContainText('could not be handed over')
  await expect(card).not.toContainText('Nobody opens')
  await expectGood(customer.page, 'a delivery that failed')
  await takeScreenshot(customer.page, 'customer-failed')
})
