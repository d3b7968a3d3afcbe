import { shortName } from '../../app/_words/place-name.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchNetwork } from './support/watch-network.ts'

/** Any point of a rider: in a pushed event, in a snapshot, in a list. */
const LOCATION = /delivery:location|"lastLocation":\{|"recordedAtMs"/

test('[E2E3] nothing of the location before the pick-up or after the end', async ({ app, newPerson }) => {
  const created = await dispatch(app.url).createDelivery()
  const window = await newPerson()
  const network = watchNetwork(window)
  const customer = await openCustomer(window, created.customer.url)
  const rider = await openRider(await newPerson(), created.rider.url)
  await rider.choose({ speed: 10, everyS: 1 })

  // On the way to the store the rider shares already; that is between rider and server.
  await rider.page.getByRole('switch', { name: 'Share location' }).check()
  await expect.poll(rider.acknowledged).toBeGreaterThanOrEqual(3)
  await expect(customer.root).toHaveAttribute('data-phase', 'waiting')
  await expect(customer.marker).toHaveCount(0)
  expect(network.received()).not.toMatch(LOCATION)

  await rider.start()
  await customer.receives(3)
  expect(network.received()).toMatch(LOCATION)

  await rider.end('Delivered')
  await expect(customer.root).toHaveAttribute('data-phase', 'ended')
  await expect(customer.marker).toHaveCount(0)

  // Opened again, the page still says how it ended, and is told nothing else.
  network.forget()
  await window.reload()
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')
  await expect(customer.marker).toHaveCount(0)
  await expect.poll(() => network.received()).toContain('delivered')
  expect(network.received()).not.toMatch(LOCATION)
})

test('[E2E4] a customer of another delivery sees nothing of this one', async ({ app, newPerson }) => {
  const { createDelivery, pickUp } = dispatch(app.url)
  const [mine, other] = [await createDelivery(), await createDelivery()]
  const window = await newPerson()
  const network = watchNetwork(window)
  const stranger = await openCustomer(window, other.customer.url)
  await pickUp(other)
  await expect(stranger.root).toHaveAttribute('data-freshness', 'none')

  const customer = await openCustomer(await newPerson(), mine.customer.url)
  const rider = await openRider(await newPerson(), mine.rider.url)
  await rider.choose({ speed: 10, everyS: 1 })
  await rider.start()
  await customer.receives(5)

  await expect(stranger.root).toHaveAttribute('data-seq', '0')
  await expect(stranger.marker).toHaveCount(0)
  expect(network.received()).toContain(other.delivery.id)
  expect(network.received()).not.toContain(mine.delivery.id)
  expect(network.received()).not.toMatch(LOCATION)
})

const SCRIPTS = '**/_next/static/**/*.js'
const neverComes = () => {}
/** Without its scripts a page is never loaded whole. */
const COMMITTED = { waitUntil: 'commit' } as const

test('[TRK28] [RIDE23] what matters most is there before any script of the page, and nothing for a broken link', async ({
  app,
  newPerson,
}) => {
  const { delivery, customer, rider } = await dispatch(app.url).createDelivery()
  const page = await newPerson()
  await page.route(SCRIPTS, neverComes)
  await page.goto(customer.url, COMMITTED)
  await expect(page.getByTestId('first-status')).toHaveText('Your order is being prepared')
  await expect(page.getByTestId('first-range')).toHaveText(/^\d+–\d+ min$/)
  const store = shortName(delivery.store.name, 'en')
  await expect(page.getByTestId('first-store')).toHaveText(store)
  await expect(page.getByTestId('first-door')).toHaveText(delivery.destination.name)

  const riderPage = await newPerson()
  await riderPage.route(SCRIPTS, neverComes)
  await riderPage.goto(rider.url, COMMITTED)
  await expect(riderPage.getByTestId('first-status')).toHaveText('Accepted')
  await expect(riderPage.getByTestId('first-stop')).toHaveText(store)

  const stranger = await newPerson()
  await stranger.route(SCRIPTS, neverComes)
  const refused = stranger.waitForResponse('**/api/deliveries/*')
  await stranger.goto(customer.url.replace(/#.*/, '#no-token'), COMMITTED)
  expect((await refused).status()).toBe(401)
  await expect(stranger.locator('#first-look')).toBeEmpty()
})
