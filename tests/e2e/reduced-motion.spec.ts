import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { recordMarker } from './support/marker-recorder.ts'
import { openCustomer, openRider } from './support/people.ts'

test('[E2E10] who asks for less motion sees the rider where it was reported, also one who was there before it', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const window = await newPerson()
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const customer = await openCustomer(window, created.customer.url)
  const marker = await recordMarker(customer.page)
  const rider = await openRider(await newPerson(), created.rider.url)
  await rider.choose({ everyS: 1, speed: 10 })
  await rider.start()
  await customer.receives(6)
  const drawn = await marker.read()
  expect(drawn.length).toBeGreaterThanOrEqual(3)
  // The map moves under the marker when it follows, by up to a rounded pixel: one more for each report at most.
  const reports = new Set(drawn.map(({ seq }) => seq)).size
  expect(drawn.length, `movements for ${reports} reports`).toBeLessThanOrEqual(2 * reports)
  // Four positions a second: a marker that faded in at each would hardly be seen.
  await expect(rider.page.getByTestId('rider-marker')).not.toHaveClass(/is-jumping/)
})
