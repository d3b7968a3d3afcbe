import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { recordMarker } from './support/marker-recorder.ts'
import { openCustomer, openRider } from './support/people.ts'
import { isJump, rideGeometry } from './support/ride-geometry.ts'
import { watchNetwork } from './support/watch-network.ts'

test('[E2E5] the customer’s page is pushed to and asks for nothing', async ({ app, newPerson }) => {
  const created = await dispatch(app.url).createDelivery()
  const window = await newPerson()
  const network = watchNetwork(window)
  const customer = await openCustomer(window, created.customer.url)
  const rider = await openRider(await newPerson(), created.rider.url)
  await rider.choose({ everyS: 1 })
  await rider.start()
  await customer.receives(2)

  network.forget()
  // One more than is looked for: the newest may have been heard of, and not shown, when the rest was forgotten.
  await customer.receives(7)
  expect(network.calls()).toEqual([])
  expect(network.received().match(/delivery:location/g)?.length).toBeGreaterThanOrEqual(6)
  expect(network.transports()).toEqual(['websocket'])
})

/** The demo's rider between lights, at ×1. */
const CRUISE_MPS = 7.5
/** `npm test` looks at a ride at ×10 in E2E1 (delivery.spec.ts); these are other paces (playwright.config.ts). */
const PACES = [
  { everyS: 5, speed: 1, tag: '@again' },
  { everyS: 2, speed: 10, tag: '@again' },
  { everyS: 1, speed: 10, tag: '@again' },
  { everyS: 5, speed: 10, tag: '@again' },
  { everyS: 2, speed: 1, tag: '@again' },
  { everyS: 1, speed: 1, tag: '@again' },
] as const

for (const { everyS, speed, ...details } of PACES) {
  test(
    `[E2E6] a report every ${everyS} s at ×${speed}: the marker glides`,
    details,
    async ({ app, newPerson }) => {
      // The longest way there is: whoever has arrived glides no more.
      const created = await dispatch(app.url).createDelivery('chicken')
      const customer = await openCustomer(await newPerson({ seesMotion: true }), created.customer.url)
      const rider = await openRider(await newPerson(), created.rider.url)
      const marker = await recordMarker(customer.page)
      // Under way first, and near enough that a metre is about a pixel.
      await rider.choose({ everyS: 1, speed: 10 })
      await rider.start()
      await customer.receives(3)
      // Slowly meanwhile: at ×10 the door is half a minute away, however long a busy machine takes to zoom.
      await rider.choose({ speed: 1 })
      await customer.zoomIn(3)

      await rider.choose({ everyS, speed })
      // The second report's glide starts where the faster ride's ended.
      await customer.receives(2)
      await marker.forget()
      const reports = everyS === 5 ? 2 : 4
      await customer.receives(reports)

      const movements = rideGeometry(created.delivery).movements(await marker.read())
      const riddenM = movements.reduce((sum, { stepM }) => sum + stepM, 0)
      expect(riddenM).toBeGreaterThan(0)
      // Between two reports it is drawn many times, however slow the machine or short the way.
      expect(movements.length, `movements over ${riddenM.toFixed()} m`).toBeGreaterThanOrEqual(reports * 2)
      expect(movements.filter(isJump(2 * speed * CRUISE_MPS)), 'jumps').toEqual([])
    },
  )
}
