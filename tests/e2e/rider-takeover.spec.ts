import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { historyOf } from './support/history-of.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

const PHONE = {
  viewport: { width: 390, height: 844 },
  expects: /^Failed to load resource: .* 409 /,
  losesNetwork: true,
}

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

  // Points that wait on the first, under numbers that the second will give as well.
  const waiting = async () => Number(await firstPhone.getByTestId('counter-waiting').textContent())
  await firstPhone.route('**/locations', (route) => route.abort())
  await expect.poll(waiting).toBeGreaterThanOrEqual(3)
  await second.start()
  await customer.receives(3)
  await firstPhone.unroute('**/locations')
  const told = firstPhone.getByTestId('rider-notice')
  await expect(told).toContainText('Another device rides this delivery now')
  await expect(told).toContainText('of this one will be sent if you ride with it again')
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
  const readings = posts.map((each) => new Set(each.all().flatMap(({ fixes }) => fixes.map(readingOf))))
  const description = `${readings.map(({ size }) => size).join(' + ')} readings sent`
  test.info().annotations.push({ type: 'points', description })
  const made = readings.flatMap((each) => [...each])
  await expect(async () => {
    const stored = (await historyOf(app.url, created.rider)).map(readingOf)
    expect(new Set(stored).size, 'each reading once').toBe(stored.length)
    expect(stored.filter((reading) => !made.includes(reading))).toEqual([])
    // What the first sent when the second rode again waits there.
    const missing = made.filter((reading) => !stored.includes(reading))
    expect(missing.length).toBeLessThanOrEqual(await waiting())
  }).toPass({ timeout: 60_000 })
  await second.end('Delivered')
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')
})

/** A reading whatever its number; the simulated ones differ by their noise. */
const readingOf = ({ lat, lng, recordedAtMs }: { lat: number; lng: number; recordedAtMs: number }) =>
  `${lat} ${lng} ${recordedAtMs}`
