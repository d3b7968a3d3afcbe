import type { Page } from '@playwright/test'
import { chapters } from './support/chapters.ts'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { lookAtChapter } from './support/look-at-chapter.ts'
import { openCustomer, openRider } from './support/people.ts'

const SCHEMES = ['light', 'dark'] as const
const WIDTHS = [320, 390]

async function expectAccessible(
  page: Page,
  what: string,
  schemes: readonly ('light' | 'dark')[] = SCHEMES,
): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Polled: right after the change colours are still those of before.
    await expect.poll(() => findViolations(page), `${what}, ${colorScheme}`).toEqual([])
  }
}

const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** By the navigation to a chapter, of which nothing lies under what stays in view; and no offset is cut. */
async function expectNamedChapters(page: Page, name: string, chapter: string): Promise<void> {
  const nav = page.getByRole('navigation')
  const link = nav.getByRole('link', { name })
  await expect(async () => {
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'true', { timeout: 2_000 })
    await expect(link).toBeInViewport({ ratio: 1, timeout: 2_000 })
    const [bar, title] = [await nav.boundingBox(), await page.locator(`${chapter} h2`).boundingBox()]
    if (!bar || !title) throw new Error('not there')
    expect(bar.y, 'the bar stays').toBeLessThanOrEqual(1)
    expect(bar.height, 'the bar is low').toBeLessThan(60)
    expect(title.y, 'the title is below it').toBeGreaterThan(bar.y + bar.height)
    expect(title.y, 'the title is near the top').toBeLessThan(200)
  }).toPass({ timeout: 60_000 })
  const cut = page.getByTestId('journey-row').evaluateAll((rows) =>
    rows
      .flatMap((row) => [...row.querySelectorAll('span')])
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ textContent }) => textContent),
  )
  expect(await cut, 'cut offsets').toEqual([])
}

/** One language in one theme in `npm test`, the other in both again (playwright.config.ts). */
const LOOKS = [
  { language: 'ko', schemes: ['dark'] },
  { language: 'en', schemes: SCHEMES, tag: '@again' },
] as const

for (const { language, schemes, ...details } of LOOKS)
  test(
    `[INS20] [INS21] [UI3] P1 P16: the page inside fits a phone, and axe finds nothing: ${language}, ${schemes.join(' and ')}`,
    details,
    async ({ newPerson }) => {
      test.setTimeout(400_000)
      const page = await newPerson({ viewport: { width: 390, height: 844 } })
      await page.goto('/inside')
      await expect(page.getByTestId('inside-page')).toHaveAttribute('data-connection', 'connected')
      await page.getByRole('button', { name: 'Start a ride' }).click()
      await expect(page.getByTestId('delivery-bar')).toHaveAttribute('data-delivery', /.+/)
      if (language === 'ko') await page.getByRole('button', { name: '한국어' }).click()
      for (const id of chapters) await lookAtChapter(page.locator(`#${id}`))
      await lookAtChapter(page.locator('#journey'))
      await page.getByTestId('journey-row').first().click()
      await expect(page.locator('#journey').getByTestId('record-value')).toBeVisible()
      await expectNamedChapters(page, language === 'ko' ? '6 장애가 나면' : '6 When things break', '#faults')
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 })
        for (const id of chapters) {
          await lookAtChapter(page.locator(`#${id}`))
          expect(await overflowPx(page), `${id}, ${width} px`).toBeLessThanOrEqual(0)
        }
      }
      // All chapters at once, as if all were in the window: what is not has no colours to judge.
      await page.locator('.inside-picture').evaluateAll((pictures) => {
        for (const picture of pictures)
          (picture as HTMLElement).style.setProperty('content-visibility', 'visible')
      })
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 })
        expect(await overflowPx(page), `all chapters, ${width} px`).toBeLessThanOrEqual(0)
      }
      await expectAccessible(page, `/inside, ${language}`, schemes)
      // The look that the other one leaves out.
      if (language === 'ko') return
      await page.getByRole('button', { name: '한국어' }).click()
      await expect(page.getByRole('heading', { level: 1, name: '내부 들여다보기' })).toBeVisible()
      await expectAccessible(page, '/inside, ko', ['light'])
    },
  )

test('[UI3] [E2E20] [E2E22] P11 P12: on a phone the first page leads to the rider’s page and lists what runs; axe finds nothing there, side by side, and where a link does not work', async ({
  app,
  newPerson,
}) => {
  const page = await newPerson({ viewport: { width: 390, height: 844 } })
  await page.goto('/')
  await page.getByRole('button', { name: 'Start a demo delivery' }).click()
  await expect(page.getByRole('heading', { name: 'Your delivery is ready' })).toBeVisible()
  await expect(page.getByTestId('side-by-side-link')).toBeHidden()
  await expect(page.getByRole('link', { name: 'Open the rider’s page' })).toBeVisible()
  const elsewhere = page.getByTestId('another-device')
  await elsewhere.getByText('On another device').click()
  await expect(elsewhere.getByRole('img', { name: /^Code to scan: / })).toHaveCount(2)
  // The tests' own address is the computer's alone.
  await expect(elsewhere).toContainText('works on this computer only')
  const later = await dispatch(app.url).createDelivery()
  await expectAccessible(page, 'the first page')
  await expect(page.locator(`[data-delivery="${later.delivery.id}"]`)).toContainText(/for \d+ (s|min)/)
  const sideBySide = (await page.getByTestId('side-by-side-link').getAttribute('href')) ?? ''
  await page.goto(sideBySide)
  await expect(page.getByRole('heading', { name: 'Customer' })).toBeVisible()
  await expectAccessible(page, 'side by side')
  const { delivery } = await dispatch(app.url).createDelivery()
  const broken = await newPerson()
  await broken.goto(`/track/${delivery.id}#nothing`)
  await expect(broken.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await expectAccessible(broken, 'a link that does not work')
})

test('[UI3] axe finds nothing on the pages of rider and customer, before, on the way and after', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery()
  const phone = { viewport: { width: 390, height: 844 } }
  const customer = await openCustomer(await newPerson(phone), created.customer.url)
  const rider = await openRider(await newPerson(phone), created.rider.url)
  await expectAccessible(customer.page, 'the customer’s page before pick-up')
  await expectAccessible(rider.page, 'the rider’s page before pick-up')
  // With the number, as riders' pages tell it: the position of half a minute ago is the store's.
  await http.pickUp(created, { atSeq: 1 })
  await http.report(created, 1, { recordedAtMs: Date.now() - 30_000 })
  await expect(customer.root).toHaveAttribute('data-seq', '1')
  await expectAccessible(customer.page, 'the customer’s page on the way')
  await expectAccessible(rider.page, 'the rider’s page on the way')
  await http.deliver(created)
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')
  await expectAccessible(customer.page, 'the customer’s page after the end')
})
