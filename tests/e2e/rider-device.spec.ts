import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { makeHideable } from './support/hide-page.ts'
import { makeOddDevice } from './support/odd-device.ts'
import { hold, openRider } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

const AT = { latitude: 37.4994, longitude: 127.0294, accuracy: 9 }
const NEXT = { latitude: 37.4996, longitude: 127.0297, accuracy: 9 }
const PHONE = { viewport: { width: 390, height: 844 } }
const WITH_GPS = { ...PHONE, permissions: ['geolocation'], geolocation: AT }

/** A ride with the device's own position, reported every second. */
async function rideWithDevice(url: string, phone: Page) {
  const created = await dispatch(url).createDelivery()
  const posts = watchPosts(phone)
  const rider = await openRider(phone, created.rider.url)
  await rider.choose({ everyS: 1 })
  await phone.getByRole('button', { name: 'Ride for real' }).click()
  const line = phone.getByTestId('device-line')
  const points = () => posts.all().flatMap(({ fixes }) => fixes)
  return {
    rider,
    posts,
    line,
    points,
    sharing: () => expect(line).toContainText('Sharing this device’s position', { timeout: 60_000 }),
    async acknowledgesMore(count = 2) {
      const from = await rider.acknowledged()
      await expect.poll(rider.acknowledged, { timeout: 60_000 }).toBeGreaterThanOrEqual(from + count)
    },
  }
}

test('[RIDE10] [RIDE8] [RIDE21] R2 R4: what a device makes up costs no point, and an old reading does not win', async ({
  app,
  newPerson,
}) => {
  const phone = await newPerson(WITH_GPS)
  const device = await makeOddDevice(phone)
  const ride = await rideWithDevice(app.url, phone)
  await ride.sharing()

  await device.become({ coords: { heading: -1, speed: -1, accuracy: 1e9 } })
  await phone.context().setGeolocation(NEXT)
  await expect.poll(() => ride.points().at(-1)?.accuracyM, { timeout: 60_000 }).toBe(100_000)
  const odd = ride.points().at(-1)
  expect(odd).toMatchObject({ lat: NEXT.latitude, lng: NEXT.longitude })
  expect(odd).not.toHaveProperty('headingDeg')
  expect(odd).not.toHaveProperty('speedMps')
  await ride.acknowledgesMore()

  // Out of the device's memory: nothing of it is recorded.
  await device.become({ coords: { latitude: 37.6 }, laterMs: -3 * 3_600_000 })
  await phone.context().setGeolocation(AT)
  await device.become({ state: 'quiet' })
  await ride.acknowledgesMore()
  expect(ride.points().filter(({ lat }) => lat === 37.6)).toEqual([])

  // No place at all: said, and nothing is recorded.
  await device.become({ coords: { latitude: Number.NaN } })
  await phone.context().setGeolocation(NEXT)
  await expect(ride.line).toContainText('The device gives no usable position')
  await device.become({})
  await phone.context().setGeolocation(AT)
  await ride.sharing()
  await phone.reload()
  await expect(ride.rider.root).toBeVisible()
  await ride.sharing()
})

test('[RIDE9] [RIDE15] [RIDE17] R7: a device that stands goes on being reported; one that fails, or is locked, is silent, and the page says so', async ({
  app,
  newPerson,
}) => {
  const phone = await newPerson({ ...WITH_GPS, permissions: ['geolocation', 'screen-wake-lock'] })
  const device = await makeOddDevice(phone)
  const hide = await makeHideable(phone)
  const ride = await rideWithDevice(app.url, phone)
  await ride.sharing()
  await expect(ride.rider.root).toHaveAttribute('data-screen-awake', 'true')
  await expect(phone.getByTestId('screen-line')).toContainText('The screen stays on')
  await device.become({ state: 'quiet' })
  await ride.acknowledgesMore(3)
  await ride.sharing()
  const [before, last] = ride.points().slice(-2)
  expect(last).toMatchObject({ lat: AT.latitude, lng: AT.longitude })
  expect(last?.recordedAtMs).toBeGreaterThan(before?.recordedAtMs ?? Number.NaN)

  await device.become({ state: 2 })
  await expect(ride.line).toContainText('The device does not know where it is')
  await expect(phone.getByText('Sharing this device’s position')).toHaveCount(0)
  await expect(phone.getByTestId('counter-waiting')).toHaveText('0')
  const recorded = ride.posts.seqs().length
  // Silence is what is tested: three reports would have come by then.
  await phone.waitForTimeout(3_000)
  expect(ride.posts.seqs().length).toBe(recorded)

  await expect(phone.getByTestId('unseen')).toBeEmpty()
  await hide(true)
  await expect(ride.rider.root).toHaveAttribute('data-screen-awake', 'false')
  // From ten seconds on it is said.
  const lastMs = ride.points().at(-1)?.recordedAtMs ?? Number.NaN
  await expect.poll(() => Date.now() - lastMs, { timeout: 30_000 }).toBeGreaterThan(11_000)
  await hide(false)
  await expect(ride.rider.root).toHaveAttribute('data-screen-awake', 'true')

  await device.become({})
  await phone.context().setGeolocation(NEXT)
  await ride.sharing()
  await expect(phone.getByTestId('unseen')).toContainText(/no position could be recorded for \d\d s /)

  // A pocket taps, a rider holds.
  const step = phone.getByRole('button', { name: 'At the store: picked up' })
  await step.click()
  await expect(phone.getByText('Hold it a little longer')).toBeVisible()
  await expect(ride.rider.root).toHaveAttribute('data-status', 'accepted')
  await hold(step, () => expect(ride.rider.root).toHaveAttribute('data-status', 'picked_up'))
  await expect(phone.getByTestId('next-step')).toHaveText('Delivered')
  await expect(phone.getByRole('dialog')).toHaveCount(0)
})

test('[RIDE12] [RIDE11] R8 P4: a permission that is missing is said, and noticed by itself once it is given', async ({
  app,
  newPerson,
}) => {
  const phone = await newPerson({ ...PHONE, geolocation: AT })
  const ride = await rideWithDevice(app.url, phone)
  await expect(ride.line).toContainText('This page may not read the position')
  await expect(ride.line).toContainText('browser’s settings')
  await expect(phone.getByText('Sharing this device’s position')).toHaveCount(0)
  await phone.context().grantPermissions(['geolocation'])
  await ride.sharing()

  // And taken away again: silence, in words.
  await phone.context().clearPermissions()
  await expect(ride.line).toHaveAttribute('data-tone', 'warn', { timeout: 60_000 })
})

test('[RIDE11] P4: over plain http the reason is http, and not the browser’s settings', async ({
  app,
  newPerson,
}) => {
  const phone = await newPerson({ ...PHONE, expects: /Cross-Origin-Opener-Policy/ })
  const origin = 'http://rider-live.test'
  await phone.route(`${origin}/**`, async (route) => {
    const url = route.request().url().replace(origin, app.url)
    const headers = { ...route.request().headers(), origin: app.url }
    await route.fulfill({ response: await route.fetch({ url, headers }) })
  })
  const created = await dispatch(app.url).createDelivery()
  await openRider(phone, `${origin}${created.rider.url}`)
  await phone.getByRole('switch', { name: 'Use this device’s GPS' }).check()
  const line = phone.getByTestId('device-line')
  await expect(line).toContainText('No position over http')
  await expect(line).toContainText('https')
  await expect(line).not.toContainText('settings')
  await phone.getByRole('button', { name: 'Share this device’s position' }).click()
  await expect(phone.getByText('Sharing this device’s position')).toHaveCount(0)
  await phone.goto('about:blank')
  await phone.unrouteAll({ behavior: 'ignoreErrors' })
})
