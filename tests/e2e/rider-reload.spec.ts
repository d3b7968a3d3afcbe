import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { historyOf } from './support/history-of.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

test('[RIDE5] [RIDE3] [SEND5] a page reloaded in the middle of the ride rides on, with what waited and the next number', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const customer = await openCustomer(await newPerson(), created.customer.url)
  const phone = await newPerson({ viewport: { width: 390, height: 844 }, losesNetwork: true })
  const posts = watchPosts(phone)
  const rider = await openRider(phone, created.rider.url)
  await rider.choose({ everyS: 1, speed: 5 })
  await rider.start()
  await customer.receives(3)
  await expect(phone.getByTestId('resumed')).toBeHidden()

  // Some points have to be taken over by the new page.
  await phone.route('**/locations', (route) => route.abort())
  await expect
    .poll(async () => Number(await phone.getByTestId('counter-waiting').textContent()))
    .toBeGreaterThan(2)
  await phone.reload()
  await expect(rider.root).toHaveAttribute('data-riding', 'true')
  await expect(rider.root).toHaveAttribute('data-sharing', 'true')
  await expect(phone.getByTestId('resumed')).toContainText('Your ride goes on')
  await expect(phone.getByRole('radio', { name: '×5' })).toBeChecked()
  await expect(phone.getByRole('radio', { name: '1 s' })).toBeChecked()
  await phone.unroute('**/locations')
  await customer.receives(6)

  // A ride that the rider has paused stands after a reload as well.
  await phone.getByRole('button', { name: 'Pause ride' }).click()
  await phone.reload()
  await expect(rider.root).toHaveAttribute('data-sharing', 'true')
  await expect(rider.root).toHaveAttribute('data-riding', 'false')
  await expect(phone.getByTestId('resumed')).toContainText('Your location is shared again')

  // Nothing is shared that the rider has stopped sharing.
  await phone.getByRole('switch', { name: 'Share location' }).uncheck()
  await expect(phone.getByTestId('counter-waiting')).toHaveText('0')
  await phone.reload()
  await expect(phone.getByRole('button', { name: 'Continue ride' })).toBeVisible()
  await expect(rider.root).toHaveAttribute('data-sharing', 'false')
  await expect(phone.getByTestId('resumed')).toBeHidden()

  // What was acknowledged is in the log, and stored a moment later; so is a point that was just being recorded.
  await expect(async () => {
    const stored = (await historyOf(app.url, created.rider)).map(({ seq }) => seq)
    // Of a request that was under way when the route was set the browser driver may not tell: what is stored is the measure.
    const newest = posts.seqs().at(-1) ?? 0
    expect(stored).toEqual(Array.from({ length: newest }, (_, index) => index + 1))
  }).toPass({ timeout: 60_000 })

  await phone.getByRole('button', { name: 'Continue ride' }).click()
  await expect(rider.root).toHaveAttribute('data-sharing', 'true')
  await rider.end('Delivered')
  await expect(rider.root).toHaveAttribute('data-status', 'delivered')
  await phone.reload()
  await expect(rider.root).toHaveAttribute('data-status', 'delivered')
  await expect(rider.root).toHaveAttribute('data-sharing', 'false')
})
