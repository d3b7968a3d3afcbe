import type { Locator } from '@playwright/test'
import { expect } from './fixtures.ts'

/**
 * Until a chapter of /inside is looked at. Those above grow when they are first passed, or when something runs, and
 * push it away again: once scrolled to is not enough.
 */
export async function lookAtChapter(chapter: Locator): Promise<void> {
  await expect(async () => {
    await chapter.evaluate((section) => section.scrollIntoView())
    await expect(chapter).toHaveAttribute('data-active', 'true', { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
}
