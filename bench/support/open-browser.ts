import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../scripts/setup/find-browser.mjs'
import { atEnd } from '../../tests/support/at-end.ts'

/** A phone of the middle class, as Lighthouse takes it. */
export const SLOW_PHONE = 4

/** The path of the browser that the tests take, too. */
export const browserPath = (): string | undefined => findBrowser(chromium.executablePath())

/** Closed at the bench's end. */
export async function openBrowser(): Promise<Browser> {
  const found = browserPath()
  const browser = await chromium.launch({
    ...(found === undefined || found === chromium.executablePath() ? {} : { executablePath: found }),
    args: ['--disable-dev-shm-usage', '--disable-gpu'],
  })
  atEnd(() => browser.close())
  return browser
}

/** Does the work while the page's processor is that many times as slow. */
export async function slowedDown<T>(page: Page, times: number, work: () => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: times })
  try {
    return await work()
  } finally {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await session.detach()
  }
}

/** What `measure` finds in an empty page of the same browser: what this machine has to give at this moment. */
export async function inEmptyPage<T>(
  context: BrowserContext,
  times: number,
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await context.newPage()
  try {
    return await slowedDown(page, times, () => measure(page))
  } finally {
    await page.close()
  }
}
