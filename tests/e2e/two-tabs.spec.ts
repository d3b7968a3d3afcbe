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

for (const grant of ['comes late', 'comes just when it is waited for no more'] as const)
  test(`[RIDE7] a browser that is slow to answer is not taken for another tab: it ${grant}`, async ({
    app,
    newPerson,
  }) => {
    const created = await dispatch(app.url).createDelivery()
    const phone = await newPerson()
    await phone.addInitScript((isLate) => {
      const atOnce = LockManager.prototype.request as (...words: unknown[]) => Promise<unknown>
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      let isFirst = true
      LockManager.prototype.request = async function (this: LockManager, name: string, ...words: unknown[]) {
        if (isFirst && name.startsWith('rider-live')) {
          isFirst = false
          if (!isLate) void atOnce.call(this, name, () => pause(4_000))
          await pause(2_000)
        }
        return await atOnce.call(this, name, ...words)
      } as LockManager['request']
    }, grant === 'comes late')
    await openRider(phone, created.rider.url)
  })
