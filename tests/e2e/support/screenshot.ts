import type { Page } from '@playwright/test'

export const TAKES_PICTURES = process.env.UPDATE_SCREENSHOTS === '1'

/** Renews a picture of the documentation, only when UPDATE_SCREENSHOTS=1 asks for it. */
export async function takeScreenshot(page: Page, name: string, { dark = false } = {}): Promise<void> {
  if (!TAKES_PICTURES) return
  if (dark) await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: `docs/screenshots/${name}.png` })
  if (dark) await page.emulateMedia({ colorScheme: 'light' })
}

/** A page with a map on a desktop and on a phone, in both themes: `name`, `name-dark`, `name-phone`, `name-phone-dark`. */
export async function takeMapScreenshots(page: Page, name: string): Promise<void> {
  if (!TAKES_PICTURES) return
  const desktop = page.viewportSize() ?? { width: 1280, height: 800 }
  for (const [suffix, size] of [
    ['', desktop],
    ['-phone', { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      // The map draws its tiles one after the other, and nothing says when it has drawn the last.
      await page.waitForTimeout(6_000)
      await takeScreenshot(page, `${name}${suffix}${colorScheme === 'dark' ? '-dark' : ''}`)
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(desktop)
}

/** One chapter of /inside, whole, without the bar that stays at the top. */
export async function takeChapterScreenshot(page: Page, id: string): Promise<void> {
  if (!TAKES_PICTURES) return
  const bar = page.getByRole('banner')
  await bar.evaluate((element) => element.style.setProperty('position', 'static'))
  await page.locator(`#${id}`).screenshot({ path: `docs/screenshots/inside-${id}.png` })
  await bar.evaluate((element) => element.style.removeProperty('position'))
}
