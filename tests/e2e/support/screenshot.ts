import type { Page } from '@playwright/test'

/** Renews a picture of the documentation, only when UPDATE_SCREENSHOTS=1 asks for it. */
export async function takeScreenshot(page: Page, name: string, { dark = false } = {}): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== '1') return
  if (dark) await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `docs/screenshots/${name}.png` })
  if (dark) await page.emulateMedia({ colorScheme: 'light' })
}
