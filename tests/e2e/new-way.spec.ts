import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { startRouterStub, wayAround } from '../support/router-stub.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { order } from './support/order.ts'
import { openCustomer, openRider } from './support/people.ts'

const WITHIN_MS = 25_000
const STORE = { latitude: 37.4979, longitude: 127.0276 }
/** Some 430 m south of the way, which leads east and then north. */
const ASTRAY = { latitude: 37.494, longitude: 127.0276 }

/** How far the drawn way begins from the rider, in pixels of the screen; Infinity while either is not drawn. */
const gapPx = (page: Page) =>
  page.evaluate(() => {
    const line = document.querySelector<SVGPathElement>('path.line-route')
    const marker = document.querySelector('[data-testid="rider-marker"]')?.getBoundingClientRect()
    const toScreen = line?.getScreenCTM()
    if (!line || !marker || !toScreen || line.getTotalLength() === 0) return Number.POSITIVE_INFINITY
    const start = line.getPointAtLength(0).matrixTransform(toScreen)
    return Math.hypot(start.x - marker.x - marker.width / 2, start.y - marker.y - marker.height / 2)
  })

test('[WAY7] a rider who has left the way: the line on the customer’s open page and on the rider’s own begins where the rider is, within 25 s', async ({
  newPerson,
}) => {
  const router = await startRouterStub(wayAround)
  const app = await startApp({ env: { ROUTE_URL: router.url, TILE_URL: 'off', LOG_LEVEL: 'warn' } })
  const created = await order(app.url)
  await dispatch(app.url).pickUp(created)
  const riderPage = await newPerson({ permissions: ['geolocation'], geolocation: { ...STORE, accuracy: 8 } })
  const rider = await openRider(riderPage, app.url + created.rider.url)
  await rider.choose({ everyS: 1 })
  await riderPage.getByRole('switch', { name: 'Use this device’s GPS' }).check()
  await riderPage.getByRole('button', { name: 'Share this device’s position' }).click()
  const customer = await openCustomer(await newPerson(), app.url + created.customer.url)
  await customer.receives(2)
  const asked = router.asked.length

  const leftAtMs = Date.now()
  // A device reports when something changes.
  let step = 0
  const reports = setInterval(() => {
    step += 1
    const moved = { ...ASTRAY, longitude: ASTRAY.longitude + step * 1e-6 }
    void riderPage.context().setGeolocation({ ...moved, accuracy: 8 })
  }, 500)
  try {
    await expect.poll(() => gapPx(customer.page), { message: 'off the old way' }).toBeGreaterThan(40)
    // From when the page shows the rider off the way: before that it may be the browser that is late.
    await expect
      .poll(() => gapPx(customer.page), {
        message: 'the customer’s line',
        timeout: WITHIN_MS,
        intervals: [200],
      })
      .toBeLessThan(12)
    const customersMs = Date.now() - leftAtMs
    await expect.poll(() => gapPx(riderPage), { message: 'the rider’s line' }).toBeLessThan(12)
    console.log(
      `The new way: customer ${customersMs} ms, rider ${Date.now() - leftAtMs} ms after the old one was left`,
    )
    expect(router.asked).toHaveLength(asked + 1)
  } finally {
    clearInterval(reports)
  }
})
