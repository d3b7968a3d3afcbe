import type { Locator, Page } from '@playwright/test'
import { TOPIC } from '#contracts/topics.ts'
import { lookOn } from '../../support/kafka-admin.ts'
import { dispatch } from '../support/dispatch.ts'
import { expect, test } from '../support/fixtures.ts'
import { lookAtChapter } from '../support/look-at-chapter.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'

const SOON = { timeout: 30_000 }

async function openLog(page: Page): Promise<Locator> {
  await page.goto('/inside#log')
  const chapter = page.getByTestId('chapter-log')
  await lookAtChapter(chapter)
  await expect(chapter.getByTestId('log-live')).toHaveAttribute('data-topic', TOPIC.locationUpdated, SOON)
  await expect(chapter.getByTestId('lane')).toHaveCount(6, SOON)
  return chapter
}

/** What the page shows, as its reader sees it. */
async function shown(chapter: Locator) {
  const numbers = (text: string | undefined) => (text ? text.split(',').map(Number) : [])
  const lanes = await chapter
    .getByTestId('lane')
    .evaluateAll((all) => all.map((lane) => ({ ...(lane as HTMLElement).dataset })))
  const readers = await chapter
    .getByTestId('reader')
    .evaluateAll((all) => all.map((reader) => ({ ...(reader as HTMLElement).dataset })))
  const members = await chapter
    .getByTestId('log-member')
    .evaluateAll((all) => all.map((member) => ({ ...(member as HTMLElement).dataset })))
  return {
    ends: lanes.map(({ partition, low, high }) => ({
      partition: Number(partition),
      low: Number(low),
      high: Number(high),
    })),
    committed: (group: string) =>
      readers
        .filter((reader) => reader.group === group)
        .map((reader) => (reader.committed === undefined ? null : Number(reader.committed))),
    lags: (group: string) =>
      readers.filter((reader) => reader.group === group).map(({ lag }) => Number(lag ?? 0)),
    members: (group: string) =>
      Object.fromEntries(
        members
          .filter((member) => member.group === group)
          .map((member) => [member.member, numbers(member.partitions)]),
      ),
  }
}

/** Some records in several partitions. */
async function fillLog(url: string): Promise<void> {
  const { createDelivery, pickUp, report } = dispatch(url)
  for (const count of [12, 25, 40, 8, 30, 18]) {
    const created = await createDelivery()
    await pickUp(created)
    for (let seq = 1; seq <= count; seq++) await report(created, seq)
  }
}

/** The six partitions of locations in equal parts: `3 + 3`. */
const dealtAmong = (workers: number) => Array.from({ length: workers }, () => 6 / workers).join(' + ')

test('[LANE1] [LANE2] the lanes show what the broker has; a second worker makes the group rebalance, and goes', async ({
  app,
  newPerson,
}) => {
  await fillLog(app.url)
  const onlooker = lookOn(app)
  const page = await newPerson({ viewport: { width: 1280, height: 900 } })
  const chapter = await openLog(page)
  const history = chapter.locator('[data-testid=log-group][data-group=history]')
  await expect(history).toHaveAttribute('data-state', 'Stable', SOON)

  // As many as there are instances: one, or two behind the gateway.
  const workers = Object.keys((await onlooker.group('history', TOPIC.locationUpdated)).members).length
  const [before, after] = [dealtAmong(workers), dealtAmong(workers + 1)]
  await chapter.getByRole('button', { name: 'Start another history worker' }).click()
  await expect(chapter.getByTestId('rebalances')).toContainText(`${before} → ${after}`, SOON)
  await expect(history).toHaveAttribute('data-state', 'Stable', SOON)
  // Both are asked anew each time: the last commits, and the page, come a moment after the partitions are divided.
  await expect(async () => {
    const seen = await shown(chapter)
    expect(seen.ends).toEqual(await onlooker.ends(TOPIC.locationUpdated))
    expect(seen.committed('history')).toEqual(await onlooker.committed('history', TOPIC.locationUpdated))
    const { members } = await onlooker.group('history', TOPIC.locationUpdated)
    expect(seen.members('history')).toEqual(members)
  }).toPass(SOON)
  const ends = await onlooker.ends(TOPIC.locationUpdated)
  await page.setViewportSize({ width: 1280, height: 1_320 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
  await chapter.evaluate((element) => element.scrollIntoView())
  await takeChapterScreenshot(page, 'log')

  // A ride goes on while the worker leaves: the lanes grow, and nobody falls behind.
  const total = (each: { high: number }[]) => each.reduce((sum, { high }) => sum + high, 0)
  await page.getByRole('button', { name: 'Start a ride' }).click()
  await chapter.getByRole('button', { name: 'Stop it' }).click()
  await expect(chapter.getByTestId('rebalances')).toContainText(`${after} → ${before}`, SOON)
  await expect(chapter.getByTestId('worker-lever')).toHaveAttribute('data-workers', '0')
  await expect
    .poll(async () => (await shown(chapter)).lags('history').every((lag) => lag <= 2), SOON)
    .toBe(true)
  await expect.poll(async () => total((await shown(chapter)).ends), SOON).toBeGreaterThan(total(ends) + 2)
})
