import { dispatch } from './support/dispatch.ts'
import { during } from './support/during.ts'
import { expect, test } from './support/fixtures.ts'
import { lookAsCustomer } from './support/look.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

const HOUR_MS = 3_600_000
/** The server's time is known to about a second; a point waits besides while the one before it is being posted. */
const NEARLY_MS = 12_000

for (const { words, aheadMs, ...details } of [
  { words: 'an hour ahead', aheadMs: HOUR_MS },
  { words: 'an hour behind', aheadMs: -HOUR_MS, tag: '@again' },
] as const) {
  test(
    `[SEND6] a phone whose clock is ${words} is live to the customer, and stays so when it is put right`,
    details,
    async ({ app, newPerson }) => {
      const created = await dispatch(app.url).createDelivery()
      const customer = await openCustomer(await newPerson(), created.customer.url)
      const phone = await newPerson()
      await phone.clock.install({ time: Date.now() + aheadMs })
      const posts = watchPosts(phone)
      const rider = await openRider(phone, created.rider.url)
      await rider.choose({ everyS: 1 })
      await rider.start()
      await customer.receives(3)
      const looks = await during(Date.now() + 5_000, () => lookAsCustomer(customer.page))
      expect(new Set(looks.map(({ pill }) => pill))).toEqual(new Set(['Live']))
      for (const { atMs, fixes } of posts.all())
        for (const fix of fixes) expect(Math.abs(fix.recordedAtMs - atMs)).toBeLessThan(NEARLY_MS)

      // Put right in the middle of the ride: points still come, and after the next answer they are right again.
      await phone.clock.setSystemTime(Date.now())
      await customer.receives(4)
      await expect(customer.root).toHaveAttribute('data-freshness', 'live')
      const newest = posts.all().at(-1)
      expect(Math.abs((newest?.fixes.at(-1)?.recordedAtMs ?? 0) - (newest?.atMs ?? 0))).toBeLessThan(
        NEARLY_MS,
      )
      expect(await phone.evaluate(() => Date.now() / 1_000)).toBeCloseTo(Date.now() / 1_000, -1)
    },
  )
}
