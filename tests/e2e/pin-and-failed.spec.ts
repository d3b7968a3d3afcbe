import type { Page } from '@playwright/test'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { order } from './support/order.ts'
import { openCustomer, openRider } from './support/people.ts'
import { takeScreenshot } from './support/screenshot.ts'

const PHONE = { viewport: { width: 390, height: 844 } }
/** What the server answers to a wrong PIN. Chromium prints every answer from 400 on. */
const REFUSED = /^Failed to load resource: .* 409 /
const TRIES = 5

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

test('[PIN4] the customer is shown the PIN, and the rider asked for it: wrong ones, and the right one', async ({
  app,
  newPerson,
}) => {
  const created = await order(app.url, { pin: true })
  const pin = created.customer.pin ?? ''
  const customer = await openCustomer(await newPerson(PHONE), created.customer.url)
  await expect(customer.page.getByTestId('pin')).toHaveText(pin)
  await expectGood(customer.page, 'the PIN before pick-up')

  const phone = await newPerson({ ...PHONE, expects: REFUSED })
  const rider = await openRider(phone, created.rider.url)
  await rider.start()
  await expect(rider.root).toHaveAttribute('data-status', 'picked_up')
  await expect(customer.root).toHaveAttribute('data-status', 'picked_up')
  await expect(customer.page.getByTestId('pin')).toHaveText(pin)
  await takeScreenshot(customer.page, 'customer-pin')

  await phone.getByRole('button', { name: 'Delivered', exact: true }).click()
  const dialog = phone.getByRole('dialog', { name: 'The customer’s PIN' })
  const input = dialog.getByRole('textbox', { name: 'PIN' })
  const fault = dialog.getByTestId('pin-fault')
  // The number pad is there at once.
  await expect(input).toBeFocused()
  await expect(input).toHaveAttribute('inputmode', 'numeric')
  await expect(fault).toHaveText('')
  await expect(dialog).toContainText('Four digits')
  await expectGood(phone, 'the question for the PIN')
  await takeScreenshot(phone, 'rider-pin')
  await expect(dialog.getByRole('button', { name: 'Yes, delivered' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )

  await input.pressSequentially(pin === '1234' ? '4 32 1' : '1 23 4')
  await expect(input).toHaveValue(pin === '1234' ? '4321' : '1234')
  await input.press('Enter')
  await expect(fault).toHaveText('This is not the customer’s PIN. 4 tries are left.')
  await expect(input).toHaveValue('')
  await expect(input).toBeFocused()
  await expectGood(phone, 'a wrong PIN')

  // Away, and back: it is asked for at once.
  await phone.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await phone.getByRole('button', { name: 'Delivered', exact: true }).click()
  await expect(input).toBeFocused()
  await input.fill(pin)
  await dialog.getByRole('button', { name: 'Yes, delivered' }).click()
  await expect(rider.root).toHaveAttribute('data-status', 'delivered')
  await expect(phone.locator(':focus')).toHaveRole('heading')
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')
  await expect(customer.page.getByTestId('pin')).toHaveCount(0)
})

test('[PIN4] after five wrong ones the rider reads for how long the PIN rests', async ({
  app,
  newPerson,
}) => {
  const created = await order(app.url, { pin: true })
  const phone = await newPerson({ ...PHONE, expects: REFUSED })
  const rider = await openRider(phone, created.rider.url)
  await rider.start()
  await phone.getByRole('button', { name: 'Delivered', exact: true }).click()
  const dialog = phone.getByRole('dialog', { name: 'The customer’s PIN' })
  const input = dialog.getByRole('textbox', { name: 'PIN' })
  const wrong = created.customer.pin === '0000' ? '1111' : '0000'
  for (let left = TRIES - 1; left >= 0; left--) {
    await input.fill(wrong)
    // Not until the question can have been read.
    await expect(dialog.getByRole('button', { name: 'Yes, delivered' })).toBeEnabled()
    await input.press('Enter')
    const words = left === 1 ? 'One try is left.' : `${left} tries are left.`
    await expect(dialog.getByTestId('pin-fault')).toHaveText(
      left === 0 ? 'Too many wrong PINs.' : `This is not the customer’s PIN. ${words}`,
    )
  }
  await expect(dialog.getByRole('timer')).toHaveText(/^You can try again in [45]:\d\d\.$/)
  await expect(input).not.toBeEditable()
  await expectGood(phone, 'the rest')
  await dialog.getByRole('button', { name: 'Not yet' }).click()
  await expect(dialog).toHaveCount(0)
})

test('[FAIL4] the rider says why it was not delivered, and the customer is told honestly', async ({
  app,
  newPerson,
}) => {
  const created = await order(app.url)
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
})
