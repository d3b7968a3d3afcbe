import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openRider } from './support/people.ts'

test('[RIDE6] a delivery is ridden in one tab: the second says so, and may take it over', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const first = await newPerson()
  const rider = await openRider(first, created.rider.url)
  const second = await first.context().newPage()
  await second.goto(created.rider.url)
  await expect(second.getByTestId('rider-elsewhere')).toBeVisible()
  await expect(rider.root).toBeVisible()
  await second.getByRole('button', { name: 'Ride it here instead' }).click()
  await expect(second.getByTestId('rider-page')).toBeVisible()
  await expect(first.getByTestId('rider-elsewhere')).toBeVisible()
})

test('[RIDE7] a browser that is slow to answer is not taken for another tab', async ({ app, newPerson }) => {
  const created = await dispatch(app.url).createDelivery()
  const phone = await newPerson()
  await phone.addInitScript(() => {
    const atOnce = LockManager.prototype.request as (...words: unknown[]) => Promise<unknown>
    let asked = 0
    LockManager.prototype.request = async function (this: LockManager, ...words: unknown[]) {
      asked += 1
      if (asked === 1) await new Promise((resolve) => setTimeout(resolve, 2_000))
      return await atOnce.apply(this, words)
    } as LockManager['request']
  })
  await openRider(phone, created.rider.url)
})
