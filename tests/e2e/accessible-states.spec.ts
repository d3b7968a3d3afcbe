import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { expired } from './support/expired.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { order } from './support/order.ts'
import { openCustomer } from './support/people.ts'

/** Each state of accessible.spec.ts and those that it has not, in both languages. */
const AGAIN = { tag: '@again' }
const LANGUAGES = [
  {
    locale: 'en-GB',
    ends: ['Cancel', 'Not delivered', 'Delivered'],
    board: ['New deliveries', 'Paste lines', 'Close', 'Cancel the delivery', 'Customer’s link: QR code'],
    replay: ['Ended', 'Replay'],
    home: ['Start a demo delivery', 'On another device'],
  },
  {
    locale: 'ko-KR',
    ends: ['배달 취소', '배달 실패', '배달 완료'],
    board: ['새 배달', '여러 줄 붙여넣기', '닫기', '배달 취소', '고객 링크: QR 코드'],
    replay: ['종료', '주행 다시 보기'],
    home: ['데모 배달 시작하기', '다른 기기에서 열기'],
  },
] as const

async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found = () => findViolations(page, colorScheme === 'dark' ? 'colours' : undefined)
    // Polled: right after the change colours are still those of before.
    await expect.poll(found, `${what}, ${colorScheme}`).toEqual([])
  }
}

for (const { locale, ends, board, replay, home } of LANGUAGES) {
  const phone = { viewport: { width: 390, height: 844 }, locale, losesNetwork: true }

  test(
    `[UI3] axe finds nothing on the pages of rider and customer, in any state: ${locale}`,
    AGAIN,
    async ({ app, newPerson }) => {
      test.setTimeout(800_000)
      const http = dispatch(app.url)
      const created = await order(app.url, { pin: true, note: 'Second yard' })
      const customer = await openCustomer(await newPerson(phone), created.customer.url)
      const rider = await newPerson(phone)
      await rider.goto(created.rider.url)
      await expect(rider.getByTestId('next-step')).toBeVisible()
      await expectAccessible(customer.page, 'the customer’s page before pick-up')
      await expectAccessible(rider, 'the rider’s page before pick-up')
      await http.pickUp(created)
      await http.report(created, 1)
      // What others change is known to the rider’s page when it is opened.
      await rider.reload()
      await expect(customer.root).toHaveAttribute('data-seq', '1')
      await expectAccessible(customer.page, 'the customer’s page on the way')
      await customer.page.getByTestId('sheet-handle').click()
      // Late by now, or soon.
      await expect(customer.page.getByTestId('stale')).toBeVisible()
      await expectAccessible(customer.page, 'the customer’s page, folded and late')
      await customer.page.getByTestId('sheet-handle').click()
      for (const name of ends) {
        await rider.getByRole('button', { name, exact: true }).first().click()
        await expect(rider.getByRole('dialog')).toBeVisible()
        await expectAccessible(rider, name)
        await rider.getByRole('dialog').press('Escape')
        await expect(rider.getByRole('dialog')).toBeHidden()
      }
      await rider.getByTestId('lab').locator('summary').click()
      await expectAccessible(rider, 'the rider’s page on the way')
      await customer.page.context().setOffline(true)
      await expect(customer.root).toHaveAttribute('data-connection', 'offline')
      await expectAccessible(customer.page, 'the customer’s page offline')
      await customer.page.context().setOffline(false)
      const { lat, lng } = created.delivery.destination
      await http.report(created, 2, { lat, lng })
      await expect(customer.root).toHaveAttribute('data-status', 'arriving')
      await expectAccessible(customer.page, 'the customer’s page with the PIN, near the door')
      await http.end(created, 'failed', { reason: 'nobody_home' })
      await expect(customer.root).toHaveAttribute('data-status', 'failed')
      await expectAccessible(customer.page, 'the customer’s page after it failed')
      await rider.reload()
      await expect(rider.getByTestId('rider-page')).toHaveAttribute('data-status', 'failed')
      await expectAccessible(rider, 'the rider’s page after the end')
      for (const status of ['delivered', 'cancelled'] as const) {
        const next = await http.createDelivery()
        await http.pickUp(next)
        await http.end(next, status)
        await rider.goto(next.customer.url)
        await expect(rider.getByTestId('track-page')).toHaveAttribute('data-status', status)
        await expectAccessible(rider, `the customer’s page, ${status}`)
      }
    },
  )

  test(
    `[UI3] axe finds nothing on the first page, side by side, the board with its dialogs, and where nothing is: ${locale}`,
    AGAIN,
    async ({ app, newPerson }) => {
      test.setTimeout(800_000)
      const created = await dispatch(app.url).createDelivery()
      const http = dispatch(app.url)
      const over = await http.createDelivery()
      await http.pickUp(over)
      for (const [seq, at] of [over.delivery.store, over.delivery.destination].entries())
        await http.report(over, seq + 1, { lat: at.lat, lng: at.lng })
      await http.deliver(over)
      const page = await newPerson({ ...phone, expects: / 40[14] / })
      await page.goto('/')
      await page.getByRole('button', { name: home[0] }).click()
      await page.getByText(home[1], { exact: true }).click()
      await expect(page.getByTestId('another-device').locator('[role=img]')).toHaveCount(2)
      await expectAccessible(page, 'the first page')
      await page.goto((await page.getByTestId('side-by-side-link').getAttribute('href')) ?? '')
      await expect(page.frameLocator('iframe').first().getByTestId('rider-page')).toBeVisible()
      await expectAccessible(page, 'side by side')

      await page.goto('/dispatch')
      await page.getByRole('button', { name: board[0] }).click()
      await expect(
        page
          .getByRole('dialog')
          .getByRole('application')
          .or(page.getByRole('dialog').locator('.leaflet-container')),
      ).toBeVisible()
      await expectAccessible(page, 'new deliveries, on the map')
      await page.getByText(board[1], { exact: true }).click()
      await expectAccessible(page, 'new deliveries, as lines')
      await page.getByRole('button', { name: board[2] }).click()
      await page.locator(`[role=option][data-delivery="${created.delivery.id}"]`).click()
      await page.getByRole('button', { name: board[4] }).click()
      await page.getByTestId('sheet').getByRole('button', { name: board[3] }).click()
      await expectAccessible(
        page,
        'the sheet of a delivery with its code and the question before a cancellation',
      )

      await page.reload()
      await page.getByText(replay[0], { exact: true }).click()
      await page.locator(`[role=option][data-delivery="${over.delivery.id}"]`).click()
      await page.getByRole('button', { name: replay[1] }).click()
      await expect(page.getByTestId('replay').getByTestId('rider-marker')).toBeVisible()
      await expectAccessible(page, 'the replay of a ride')

      for (const path of [
        `/track/${created.delivery.id}`,
        `/rider/${created.delivery.id}`,
        expired(created.customer.url),
        expired(created.rider.url),
        '/nowhere',
      ]) {
        // Only the fragment may differ: the page is to begin anew.
        await page.goto('about:blank')
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessible(page, path)
      }
    },
  )
}
