import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openRider } from './support/people.ts'

const PHONE = { viewport: { width: 390, height: 844 } }

test('[RIDE13] [RIDE14] P3 P5: one tap ends no ride, and the keyboard keeps its place', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const phone = await newPerson(PHONE)
  const rider = await openRider(phone, created.rider.url)
  const button = (name: string) => phone.getByRole('button', { name, exact: true })
  const focused = phone.locator(':focus')
  const [delivered, cancel] = [await button('Delivered').boundingBox(), await button('Cancel').boundingBox()]
  expect((cancel?.y ?? 0) - ((delivered?.y ?? 0) + (delivered?.height ?? 0))).toBeGreaterThanOrEqual(24)

  await button('Start ride').press('Enter')
  await expect(focused).toHaveText('Pause ride')
  await expect(rider.root).toHaveAttribute('data-status', 'picked_up')
  await phone.keyboard.press('Enter')
  await expect(focused).toHaveText('Continue ride')

  for (const [name, question, keep] of [
    ['Cancel', 'Cancel this delivery?', 'Keep riding'],
    ['Delivered', 'Is it handed over?', 'Not yet'],
  ] as const) {
    await button(name).press('Enter')
    const dialog = phone.getByRole('dialog', { name: question })
    await expect(dialog.locator(':focus')).toHaveText(keep)
    await phone.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(focused).toHaveText(name)
    await phone.keyboard.press('Space')
    await expect(dialog.locator(':focus')).toHaveText(keep)
    await phone.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(focused).toHaveText(name)
    // A finger that taps twice.
    await button(name).dblclick()
    await expect(dialog.getByRole('button', { name: /^Yes, / })).toBeEnabled()
    await dialog.getByRole('button', { name: keep }).click()
  }
  await expect(rider.root).toHaveAttribute('data-status', 'picked_up')

  await button('Replace the customer’s link').press('Enter')
  await button('Keep it').press('Enter')
  await expect(focused).toHaveAccessibleName('Replace the customer’s link')

  await button('Delivered').press('Enter')
  await expect(button('Yes, delivered')).toBeEnabled()
  await button('Yes, delivered').press('Enter')
  await expect(rider.root).toHaveAttribute('data-status', 'delivered')
  await expect(focused).toHaveRole('heading')
})
