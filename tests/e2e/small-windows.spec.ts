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

test('[UI4] P17, P21: in landscape with a notch nothing that is read lies under it, and the side by side page has its heading', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const page = await newPerson({ viewport: { width: 844, height: 390 } })
  const protocol = await page.context().newCDPSession(page)
  const insets = { left: 59, right: 59, bottom: 21 }
  await protocol.send('Emulation.setSafeAreaInsetsOverride', { insets })
  for (const { url } of [created.rider, created.customer]) {
    await page.goto(url)
    const heading = page.getByRole('heading', { level: 1 })
    // Polled: the first look gives way to the page, and has a heading too.
    await expect
      .poll(async () => (await heading.boundingBox())?.x ?? 0, url)
      .toBeGreaterThanOrEqual(insets.left)
  }
  const tokens = new URLSearchParams({ rider: created.rider.token, customer: created.customer.token })
  await page.goto(`/side-by-side/${created.delivery.id}#${tokens}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Side by side')
})
