import { chapters } from './support/chapters.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { lookAtChapter } from './support/look-at-chapter.ts'
import { openCustomer, openRider } from './support/people.ts'
import { TRANSLATORS, translate } from './support/translate.ts'

// Errors of a page fail its test.
for (const { how, ...details } of TRANSLATORS) {
  test(`[UI2] R19: the first page, its words ${how} by a translator`, details, async ({ newPerson }) => {
    const page = await newPerson({ viewport: { width: 390, height: 844 } })
    await page.goto('/')
    await translate(page, how)
    await page.getByRole('button', { name: 'Start a demo delivery' }).click()
    await expect(page.getByRole('heading', { name: 'Your delivery is ready' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start a demo delivery' })).toBeEnabled()
    await page.getByRole('button', { name: 'Start a demo delivery' }).click()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByTestId('running').getByText('Accepted').first()).toBeVisible()
  })

  test(
    `[UI2] R19: the customer’s page from the kitchen to the door, its words ${how} by a translator`,
    details,
    async ({ app, newPerson }) => {
      const http = dispatch(app.url)
      const created = await http.createDelivery()
      const { lat, lng } = created.delivery.destination
      const window = await newPerson({ losesNetwork: true })
      const { page, root } = await openCustomer(window, created.customer.url)
      const card = page.getByRole('region', { name: 'Delivery', exact: true })
      const says = (words: string | RegExp) => expect(card).toContainText(words)
      await says('Your order is being prepared')
      await translate(page, how)
      // From half a minute ago on: the rider has had time for the way.
      const atMs = Date.now() - 50_000
      await http.report(created, 1, { recordedAtMs: atMs })
      await http.pickUp(created)
      await says('On the way to you')
      await says('Delayed')
      await says('has been silent for')
      await http.report(created, 2)
      await says(/Updated (just now|\d s ago)/)
      await says('Live')
      await expect(card).not.toContainText('has been silent for')

      await page.context().setOffline(true)
      await says('You are offline')
      await says('Last updated')
      await page.context().setOffline(false)
      await expect(root).toHaveAttribute('data-connection', 'connected')
      await expect(card).not.toContainText('You are offline')

      await http.report(created, 3, { lat, lng, recordedAtMs: Date.now() })
      await http.report(created, 4, { lat, lng, recordedAtMs: Date.now() })
      await http.report(created, 5, { lat, lng, recordedAtMs: Date.now() })
      await expect(root).toHaveAttribute('data-status', 'arriving')
      await says('Almost there')
      await http.deliver(created)
      await says('Delivered. Enjoy!')
      await says('The rider’s location is no longer shared.')
      await expect(card).not.toContainText('Almost there')
    },
  )

  test(
    `[UI2] R19: a link that stops, a link that never worked, and a page that is not there, words ${how}`,
    details,
    async ({ app, newPerson }) => {
      const http = dispatch(app.url)
      const created = await http.createDelivery()
      const { page } = await openCustomer(await newPerson(), created.customer.url)
      await translate(page, how)
      await http.replaceCustomerLink(created)
      await expect(page.getByRole('heading', { name: 'This link has been replaced' })).toBeVisible()

      const broken = await newPerson()
      await broken.goto(`/track/${created.delivery.id}#nothing`)
      await translate(broken, how)
      await expect(broken.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
      await expect(broken.getByText('unauthenticated')).toBeVisible()

      const lost = await newPerson({ expects: /404/ })
      await lost.goto('/nothing-of-the-kind')
      await translate(lost, how)
      await lost.getByRole('link', { name: 'To the first page' }).click()
      await expect(lost.getByRole('button', { name: 'Start a demo delivery' })).toBeVisible()
    },
  )

  test(
    `[UI2] R19: the page that says that something went wrong, its words ${how}`,
    details,
    async ({ app, newPerson }) => {
      const { rider } = await dispatch(app.url).createDelivery()
      const phone = await newPerson({ expects: /broken on purpose/ })
      await openRider(phone, rider.url)
      await phone.evaluate(() => {
        const { toLocaleTimeString } = Date.prototype
        Date.prototype.toLocaleTimeString = () => {
          throw new Error('broken on purpose')
        }
        Object.assign(window, { mend: () => Object.assign(Date.prototype, { toLocaleTimeString }) })
      })
      await phone.getByRole('button', { name: 'Start ride' }).click()
      await expect(phone.getByRole('heading', { name: 'Something went wrong on our side' })).toBeVisible()
      await translate(phone, how)
      // It fails once more, and says so once more.
      await phone.getByRole('button', { name: 'Try again' }).click()
      await expect(phone.getByRole('heading', { name: 'Something went wrong on our side' })).toBeVisible()
      await phone.evaluate(() => (window as unknown as { mend(): void }).mend())
      await phone.getByRole('button', { name: 'Try again' }).click()
      await expect(phone.getByTestId('rider-page')).toBeVisible()
    },
  )

  test(`[UI2] R19: side by side, words ${how} in all three pages`, details, async ({ app, newPerson }) => {
    const { delivery, rider, customer } = await dispatch(app.url).createDelivery()
    const page = await newPerson({ viewport: { width: 1440, height: 900 } })
    const tokens = new URLSearchParams({ rider: rider.token, customer: customer.token })
    await page.goto(`/side-by-side/${delivery.id}#${tokens}`)
    const customers = page.frameLocator('iframe[title="Customer"]')
    await expect(customers.getByTestId('track-page')).toHaveAttribute('data-connection', 'connected')
    await expect(page.frameLocator('iframe[title="Rider"]').getByTestId('rider-page')).toBeVisible()
    for (const frame of page.frames()) await translate(frame, how)
    await page.frameLocator('iframe[title="Rider"]').getByRole('button', { name: 'Start ride' }).click()
    await expect(customers.getByRole('heading', { name: 'On the way to you' })).toBeVisible()
    await expect(customers.getByText('Live', { exact: true })).toBeVisible()
  })

  test(`[UI2] R19: the page inside, in both languages, words ${how}`, details, async ({ newPerson }) => {
    test.setTimeout(300_000)
    const page = await newPerson()
    await page.goto('/inside')
    await expect(page.getByTestId('inside-page')).toHaveAttribute('data-connection', 'connected')
    await translate(page, how)
    await page.getByRole('button', { name: 'Start a ride' }).click()
    await expect(page.getByRole('button', { name: 'Another ride' })).toBeVisible()
    await page.getByRole('button', { name: '한국어' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('내부 들여다보기')
    for (const id of chapters) await lookAtChapter(page.locator(`#${id}`))
    await page.getByRole('button', { name: 'English' }).click()
    await lookAtChapter(page.locator('#journey'))
    await expect(page.getByTestId('journey-row').first()).toContainText('offset')
    await lookAtChapter(page.locator('#log'))
    const before = await page.getByTestId('log-member').count()
    await page.getByRole('button', { name: 'Start another history worker' }).click()
    await expect.poll(() => page.getByTestId('log-member').count()).toBeGreaterThan(before)
    await page.getByRole('button', { name: 'Stop it' }).click()
    await lookAtChapter(page.locator('#faults'))
    await expect(page.getByRole('heading', { name: 'Counted since you opened this' })).toBeVisible()
  })
}
