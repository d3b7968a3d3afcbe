import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { order } from './support/order.ts'
import { openCustomer, openRider } from './support/people.ts'

const PHONE = { viewport: { width: 390, height: 844 } }

test('[WHO4] the rider is shown the note, the promise and whom to call; the customer the promise and the shop', async ({
  app,
  newPerson,
}) => {
  const created = await order(app.url, {
    store: { name: 'Kimbap House', lat: 37.4979, lng: 127.0276, phone: '+82 (2) 555-0101' },
    rider: {},
    customer: { name: 'Jiwoo', phone: '010 5550 0102' },
    note: 'Third floor, left door.\nThe bell is broken: please knock.',
    promisedAtMs: new Date().setHours(23, 59, 0, 0),
  })
  const rider = await openRider(await newPerson(PHONE), created.rider.url)
  const card = rider.page.getByTestId('order-card')
  await expect(card).toContainText('Jiwoo')
  await expect(card).toContainText('Promised for 11:59 pm')
  await expect(card.getByTestId('note')).toHaveText(/left door\.\s+The bell/)
  const call = (name: string) => rider.page.getByRole('link', { name: `Call ${name}` })
  await expect(call('Jiwoo')).toHaveAttribute('href', 'tel:01055500102')
  await expect(call('Kimbap House')).toHaveAttribute('href', 'tel:+822555-0101')
  await expect(rider.page.getByRole('heading', { level: 1 })).toHaveText('Kimbap House')

  const customer = await openCustomer(await newPerson(PHONE), created.customer.url)
  const { page } = customer
  await expect(page.getByRole('link', { name: 'Call Kimbap House' })).toHaveAttribute('href', /^tel:\+822/)
  await expect(page.getByTestId('promise')).toHaveText('Promised for 11:59 pm')
  await expect(
    page.getByTestId('track-page').getByText('Your rider will pick it up at Kimbap House.'),
  ).toBeVisible()
  await expect(page.getByText('broken')).toHaveCount(0)
  expect(await page.content()).not.toContain('0102')

  for (const shown of [rider.page, page]) {
    for (const colorScheme of ['dark', 'light'] as const) {
      await shown.emulateMedia({ colorScheme })
      await expect.poll(() => findViolations(shown), colorScheme).toEqual([])
    }
    await shown.setViewportSize({ width: 320, height: 640 })
    const overflowPx = await shown.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflowPx).toBeLessThanOrEqual(0)
  }
})
