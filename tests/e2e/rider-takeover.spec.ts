import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { historyOf } from './support/history-of.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

const PHONE = { viewport: { width: 390, height: 844 }, expects: /^Failed to load resource: .* 409 / }

test('[TAKE1] [TAKE2] [SEND7] R14: two phones on one link: one rides, the other is told and may take over', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const customer = await openCustomer(await newPerson(), created.customer.url)
  const [firstPhone, secondPhone] = [await newPerson(PHONE), await newPerson(PHONE)]
  const posts = [watchPosts(firstPhone), watchPosts(secondPhone)]
  const [first, second] = [
    await openRider(firstPhone, created.rider.url),
    await openRider(secondPhone, created.rider.url),
  ]
  for (const rider of [first, second]) await rider.choose({ everyS: 1, speed: 1 })
  await first.start()
  await customer.receives(3)

  await second.start()
  const told = firstPhone.getByTestId('rider-notice')
  await expect(told).toContainText('Another device rides this delivery now')
  await expect(first.root).toHaveAttribute('data-sharing', 'false')
  await customer.receives(3)
  await expect(secondPhone.getByTestId('rider-notice')).toBeEmpty()

  // A reload takes nothing from the one that rides.
  await firstPhone.reload()
  await expect(first.root).toBeVisible()
  await expect(first.root).toHaveAttribute('data-sharing', 'false')
  await customer.receives(2)
  await expect(second.root).toHaveAttribute('data-sharing', 'true')

  // Told again if points were waiting: they are sent once it rides, under new numbers where theirs are taken.
  await firstPhone.getByRole('button', { name: /^(Continue ride|Ride with this device)$/ }).click()
  await expect(secondPhone.getByTestId('rider-notice')).toContainText(
    'Another device rides this delivery now',
  )
  await customer.receives(3)
  await secondPhone.getByRole('button', { name: 'Ride with this device' }).press('Enter')
  await expect(secondPhone.locator(':focus')).toHaveText('Pause ride')
  await customer.receives(3)
  await expect(told).toContainText('Another device rides this delivery now')

  // Nothing that was acknowledged is lost or has two meanings, and the points of both are there.
  await secondPhone.getByRole('switch', { name: 'Share location' }).uncheck()
  await expect(secondPhone.getByTestId('counter-waiting')).toHaveText('0')
  const acknowledged = (await first.acknowledged()) + (await second.acknowledged())
  const counts = `${posts.map((each) => each.seqs().length).join(' + ')} numbers given`
  test.info().annotations.push({ type: 'points', description: counts })
  await expect
    .poll(async () => (await historyOf(app.url, created.rider)).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(acknowledged)
  await second.end('Delivered')
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')
})
