import { createApi } from '../support/api.ts'
import { createPhone, ownTracksBody } from '../support/phone-apps.ts'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { hold, openRider } from './support/people.ts'

test('[APP14] the rider sets up a phone app, rides by it with the page beside it, and goes back to the page', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const page = await newPerson({ viewport: { width: 390, height: 844 } })
  const rider = await openRider(page, created.rider.url)
  await page.getByText('Use a phone app').click()
  await page.getByRole('button', { name: 'Get a code' }).press('Enter')
  const code = (await page.getByTestId('device-code').textContent()) ?? ''
  await expect(page.getByRole('link', { name: 'Set up OwnTracks' })).toHaveAttribute(
    'href',
    /^owntracks:\/\/\/config\?inline=/,
  )
  await expect(page.getByRole('img', { name: /^Scan this/ })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect.poll(() => findViolations(page)).toEqual([])
  }
  await page.getByText('Traccar Client', { exact: true }).click()
  await expect(page.getByText(`${app.url}/api/devices/traccar`)).toBeVisible()

  const line = page.getByTestId('phone-app-line')
  await expect(line).toContainText('Waiting for the phone app')
  const phone = createPhone(createApi(app.url))
  const [lat, lng] = created.delivery.route[1] as [number, number]
  const report = () => phone.ownTracks(code, ownTracksBody({ lat, lng, atMs: Date.now() }))
  expect((await report()).status).toBe(200)
  await expect(line).toContainText('Your phone app reports', { timeout: 20_000 })

  // A step of the ride leaves it to the app, after a reload as well.
  await page.reload()
  await hold(page.getByRole('button', { name: 'At the store: picked up' }), () =>
    expect(rider.root).toHaveAttribute('data-status', 'picked_up'),
  )
  await expect(rider.root).toHaveAttribute('data-sharing', 'false')
  await expect(page.getByRole('button', { name: 'Delivered', exact: true })).toBeVisible()
  expect((await report()).status).toBe(200)

  await page.getByRole('button', { name: 'Report with this page instead' }).click()
  await expect(rider.root).toHaveAttribute('data-sharing', 'true')
  await expect(line).toBeHidden()
  await expect.poll(async () => (await report()).status).toBe(409)
})
