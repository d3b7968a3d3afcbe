import type { Page } from '@playwright/test'

/** Renews a picture of the documentation, only when UPDATE_SCREENSHOTS=1 asks for it. */
export async function takeScreenshot(page: Page, name: string, { dark = false } = {}): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== '1') return
  if (dark) await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `docs/screenshots/${name}.png` })
  if (dark) await page.emulateMedia({ colorScheme: 'light' })
}

/** One chapter of /inside, whole, without the bar that stays at the top. */
export async function takeChapterScreenshot(page: Page, id: string): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== '1') return
  const bar = page.getByRole('banner')
  await bar.evaluate((element) => element.style.setProperty('position', 'static'))
  await page.locator(`#${id}`).screenshot({ path: `docs/screenshots/inside-${id}.png` })
  await bar.evaluate((element) => element.style.removeProperty('position'))
}
