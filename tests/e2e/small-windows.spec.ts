import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'

/** Lower than the padding of the map, and as low as a phone with its keyboard open. */
const HEIGHTS = [60, 100, 130, 160, 200, 240, 300, 360]
const WIDTHS = [240, 320, 560, 800]

test('[E2E11] in a window too small for rider, store and home the map shows what it can: no error, and all of them once there is room', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery()
  await http.pickUp(created)
  await http.report(created, 1)
  const page = await newPerson()
  await page.goto(created.customer.url)
  const rider = page.getByTestId('rider-marker')
  await expect(rider).toBeInViewport()
  // Errors of the page fail the test.
  for (const height of HEIGHTS) for (const width of WIDTHS) await page.setViewportSize({ width, height })
  await page.setViewportSize({ width: 1280, height: 800 })
  for (const id of ['rider-marker', 'store-marker', 'home-marker'])
    await expect(page.getByTestId(id)).toBeInViewport()
})
