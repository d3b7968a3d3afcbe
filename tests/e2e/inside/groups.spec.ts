import type { Locator, Page } from '@playwright/test'
import { lookOn } from '../../support/kafka-admin.ts'
import { expect, test } from '../support/fixtures.ts'
import { lookAtChapter } from '../support/look-at-chapter.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'

/** A session is over after 6 s; the rest is for a machine that is busy. */
const SOON = { timeout: 40_000 }

async function openLab(page: Page, partitions: number): Promise<{ chapter: Locator; topic: string }> {
  await page.goto('/inside#groups')
  const chapter = page.getByTestId('chapter-groups')
  await lookAtChapter(chapter)
  await chapter.getByText(String(partitions), { exact: true }).click()
  await chapter.getByRole('button', { name: 'Open a lab' }).click()
  await expect(chapter.getByTestId('groups-live')).toHaveAttribute('data-topic', /^inside-lab-/, SOON)
  return { chapter, topic: (await chapter.getByTestId('groups-live').getAttribute('data-topic')) ?? '' }
}

const choose = (chapter: Locator, legend: string, option: string) =>
  chapter.getByRole('group', { name: legend }).getByText(option, { exact: true }).click()
const start = (chapter: Locator) => chapter.getByRole('button', { name: 'Start a consumer' }).click()
const datasets = (found: Locator) =>
  found.evaluateAll((all) => all.map((element) => ({ ...(element as HTMLElement).dataset })))
const toNumbers = (text: string | undefined) => (text ? text.split(',').map(Number) : [])

test('[LAB4] [LAB5] what the page counts is what the broker has; who is too many is idle; all is gone after', async ({
  app,
  newPerson,
}) => {
  const onlooker = lookOn(app)
  const page = await newPerson({ viewport: { width: 1280, height: 1_500 } })
  const { chapter, topic } = await openLab(page, 2)
  for (const _ of [1, 2, 3]) await start(chapter)
  await choose(chapter, 'Group id', 'B')
  await choose(chapter, 'Milliseconds per message', '20')
  await start(chapter)
  await expect(chapter.locator('[data-testid=lab-member][data-state=working]')).toHaveCount(3, SOON)
  await expect(chapter.locator('[data-testid=lab-member][data-state=idle]')).toHaveCount(1, SOON)

  await chapter.getByRole('button', { name: 'Send 24 messages' }).click()
  for (const name of ['A', 'B'])
    await expect(chapter.locator(`[data-testid=lab-group][data-group=${name}]`)).toHaveAttribute(
      'data-once',
      '24',
      SOON,
    )
  for (const name of ['A', 'B']) {
    const rows = chapter.locator(`[data-testid=lab-row][data-group=${name}]`)
    await expect
      .poll(async () => (await datasets(rows)).map(({ committed }) => committed).join(), SOON)
      .toBe('12,12')
    const [group] = await datasets(chapter.locator(`[data-testid=lab-group][data-group=${name}]`))
    expect(await onlooker.committed(group?.id ?? '', topic)).toEqual([12, 12])
    expect((await datasets(rows)).map(({ end }) => Number(end))).toEqual(
      (await onlooker.ends(topic)).map(({ high }) => high),
    )
    const members = await datasets(chapter.locator(`[data-testid=lab-member][data-group=${name}]`))
    expect(Object.fromEntries(members.map((each) => [each.member, toNumbers(each.partitions)]))).toEqual(
      (await onlooker.group(group?.id ?? '', topic)).members,
    )
    expect(members.reduce((sum, { done }) => sum + Number(done), 0)).toBe(24)
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280)
  await chapter.evaluate((element) => element.scrollIntoView())
  await takeChapterScreenshot(page, 'groups')

  await chapter.getByRole('button', { name: 'Close the lab' }).click()
  await expect(chapter.getByRole('button', { name: 'Open a lab' })).toBeVisible(SOON)
  await expect
    .poll(
      async () =>
        [...(await onlooker.topics()), ...(await onlooker.groups())].filter((each) => each.startsWith(topic)),
      SOON,
    )
    .toEqual([])
})

/** Integration tests show both; one is looked at in `npm test`, the other again (playwright.config.ts). */
const COMMITS = [
  { commit: 'after', repeated: true, lost: false },
  { commit: 'before', repeated: false, lost: true, tag: '@again' },
] as const

for (const { commit, repeated, lost, ...details } of COMMITS) {
  test(`[LAB2] the crash button, with commits ‘${commit}’ the work`, details, async ({ newPerson }) => {
    const page = await newPerson({ viewport: { width: 1280, height: 1_500 } })
    const { chapter } = await openLab(page, 1)
    await choose(chapter, 'Commit', commit)
    // So slow that most of the messages are still to be done when it crashes, however late the click comes.
    await choose(chapter, 'Milliseconds per message', '1000')
    await start(chapter)
    const first = chapter.locator('[data-testid=lab-member][data-number="1"]')
    await expect(first).toHaveAttribute('data-state', 'working', SOON)
    await choose(chapter, 'Milliseconds per message', '20')
    await chapter.getByRole('button', { name: 'Send 24 messages' }).click()
    await expect.poll(async () => Number((await datasets(first))[0]?.done), SOON).toBeGreaterThan(1)
    await first.getByRole('button', { name: 'Crash' }).click()
    await expect(first).toHaveAttribute('data-state', 'crashed', SOON)
    await start(chapter)
    await expect(chapter.getByTestId('lab-row')).toHaveAttribute('data-committed', '24', SOON)
    const group = chapter.getByTestId('lab-group')
    await expect
      .poll(async () => {
        const [counts] = await datasets(group)
        const [once, twice, never] = [counts?.once, counts?.repeated, counts?.lost].map(Number)
        return {
          all: (once ?? 0) + (twice ?? 0) + (never ?? 0),
          repeated: (twice ?? 0) > 0,
          lost: (never ?? 0) > 0,
        }
      }, SOON)
      .toEqual({ all: 24, repeated, lost })
  })
}
