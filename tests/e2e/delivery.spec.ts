import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { recordMarker } from './support/marker-recorder.ts'
import { openCustomer, openRider } from './support/people.ts'
import { HOME, isJump, rideGeometry } from './support/ride-geometry.ts'
import { TAKES_PICTURES, takeScreenshot } from './support/screenshot.ts'

/** The simulated receiver is a few metres off, and drifts. */
const GPS_NOISE_M = 15
/** The demo's rider at ×10. */
const RIDE_MPS = 75

test('[E2E1] [E2E2] [E2E6] from one button on the first page to the door', async ({ app, newPerson }) => {
  test.setTimeout(300_000)
  const dispatcher = await newPerson()
  await dispatcher.goto('/')
  await dispatcher.getByLabel('Which delivery').selectOption('coffee')
  await dispatcher.getByRole('button', { name: 'Start a demo delivery' }).click()
  const link = async (testId: string) => (await dispatcher.getByTestId(testId).getAttribute('href')) ?? ''
  const links = { rider: await link('rider-link'), customer: await link('customer-link') }
  await takeScreenshot(dispatcher, 'home')

  const customer = await openCustomer(await newPerson({ seesMotion: true }), links.customer)
  const rider = await openRider(await newPerson(), links.rider)
  await expect(customer.root).toHaveAttribute('data-status', 'accepted')
  await expect(rider.root).toHaveAttribute('data-status', 'accepted')
  const { delivery } = await dispatch(app.url).snapshot(links.rider)
  const marker = await recordMarker(customer.page)

  await rider.choose({ speed: 10, everyS: 1 })
  await rider.start()
  await expect(rider.root).toHaveAttribute('data-status', 'picked_up')
  await expect(customer.root).toHaveAttribute('data-status', 'picked_up')
  await expect(customer.root).toHaveAttribute('data-freshness', 'live')
  await customer.receives(10)
  await takeScreenshot(customer.page, 'customer')
  await takeScreenshot(rider.page, 'rider')
  const glided = await marker.read()
  // Enough frames were drawn, which takes most of a core.
  if (!TAKES_PICTURES) await customer.page.emulateMedia({ reducedMotion: 'reduce' })

  await expect(customer.root).toHaveAttribute('data-status', 'arriving', { timeout: 90_000 })
  await expect(rider.root).toHaveAttribute('data-status', 'arriving')
  await expect(rider.root).toHaveAttribute('data-at-door', 'true', { timeout: 30_000 })
  const ride = rideGeometry(delivery)
  const fromTheDoor = async () => ride.between((await marker.read()).at(-1) ?? { x: 0, y: 0 }, HOME)
  await expect.poll(fromTheDoor, 'metres from the door').toBeLessThan(GPS_NOISE_M)

  const points = await marker.read()
  const pixelM = Math.max(...ride.movements(points).map((movement) => movement.pixelM))
  const besideM = Math.max(...points.map(ride.fromRoute))
  expect(besideM, 'metres beside the route').toBeLessThan(GPS_NOISE_M + 2 * pixelM)
  expect(ride.movements(glided).filter(isJump(RIDE_MPS)), 'jumps').toEqual([])
  const seqs = points.map(({ seq }) => seq)
  expect(seqs, 'the marker’s points, in order').toEqual(seqs.toSorted((a, b) => a - b))

  await rider.end('At the door: hand it over')
  await expect(rider.root).toHaveAttribute('data-status', 'delivered')
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')
  await expect(customer.page.getByRole('heading', { name: 'Delivered. Enjoy!' })).toBeVisible()
  await expect(customer.marker).toHaveCount(0)
})

test('[E2E7] rider and customer side by side in one window', async ({ newPerson }) => {
  const page = await newPerson({ viewport: { width: 1440, height: 900 } })
  await page.goto('/')
  await page.getByRole('button', { name: 'Start a demo delivery' }).click()
  await page.goto((await page.getByTestId('side-by-side-link').getAttribute('href')) ?? '')
  const rider = page.frameLocator('iframe[title="Rider"]')
  const customer = page.frameLocator('iframe[title="Customer"]')

  await rider.getByTestId('lab').locator('summary').click()
  await rider.getByText('×10', { exact: true }).click()
  await rider.getByText('1 s', { exact: true }).click()
  await rider.getByRole('button', { name: 'Start ride' }).click()
  const seq = async () => Number(await customer.getByTestId('track-page').getAttribute('data-seq'))
  await expect.poll(seq, { timeout: 80_000 }).toBeGreaterThanOrEqual(TAKES_PICTURES ? 10 : 3)
  await takeScreenshot(page, 'side-by-side')
})
