import { lookOn } from '../../support/kafka-admin.ts'
import { dispatch } from '../support/dispatch.ts'
import { expect, test } from '../support/fixtures.ts'
import { lookAtChapter } from '../support/look-at-chapter.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'

test('[READ4] the page prints what the receiver was sent, and what waits while it is down', async ({
  app,
  newPerson,
}) => {
  const page = await newPerson({ viewport: { width: 1280, height: 1100 } })
  const chapter = page.getByTestId('chapter-reader')
  const live = chapter.getByTestId('reader-live')
  const figure = async (name: string) =>
    Number(await live.getByTestId(`reader-${name}`).getAttribute('data-value'))
  const rows = chapter.getByTestId('reader-printed').locator('tr')

  await page.goto('/inside')
  await lookAtChapter(chapter)
  await live.getByTestId('add-reader').click()
  await expect(live).toHaveAttribute('data-reading', 'true', { timeout: 30_000 })
  const { createDelivery, pickUp, deliver } = dispatch(app.url)
  const created = await createDelivery()
  await pickUp(created)
  const mine = (event: string) =>
    chapter.locator(`[data-delivery="${created.delivery.id}"]`, { hasText: event })
  await expect(mine('Created').and(chapter.locator('[data-answered="204"]'))).toHaveCount(1, {
    timeout: 30_000,
  })
  await expect(mine('Picked up')).toHaveCount(1, { timeout: 30_000 })

  // The group has committed each change of status that is in the log.
  const [group = ''] = ((await live.getAttribute('data-groups')) ?? '').split(' ')
  const topic = 'delivery-status-changed'
  const ends = await lookOn(app).ends(topic)
  await expect
    .poll(async () =>
      (await lookOn(app).committed(group, topic)).reduce((sum: number, at) => sum + (at ?? 0), 0),
    )
    .toBeGreaterThanOrEqual(ends.reduce((sum, { high }) => sum + high, 0))

  await live.getByRole('switch').click()
  const before = await figure('taken')
  const url = (await live.getAttribute('data-url')) ?? ''
  // A stranger's request is printed as such.
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400)
  await expect(rows.filter({ hasText: 'not valid' })).toHaveCount(1)
  await deliver(created)
  await expect(mine('503').first()).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => figure('waiting'), { timeout: 30_000 }).toBeGreaterThanOrEqual(1)
  await expect(
    live
      .getByTestId('reader-waiting-list')
      .getByText(/tried \d+ ×/)
      .first(),
  ).toBeVisible()
  await chapter.evaluate((element) => element.scrollIntoView())
  await takeChapterScreenshot(page, 'reader')
  await live.getByRole('switch').click()
  await expect.poll(() => figure('waiting'), { timeout: 60_000 }).toBe(0)
  await expect(mine('Delivered').and(chapter.locator('[data-answered="204"]'))).toHaveCount(1)
  expect(await figure('taken')).toBeGreaterThanOrEqual(before + 1)
  expect(await figure('requests')).toBeGreaterThanOrEqual(await rows.count())

  await live.getByTestId('remove-reader').click()
  await expect(live).toHaveAttribute('data-reading', 'false', { timeout: 30_000 })
})
