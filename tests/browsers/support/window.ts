import { mkdirSync, writeFileSync } from 'node:fs'
import { By, type WebDriver, type WebElement } from 'selenium-webdriver'
import { pollUntil } from '../../support/poll-until.ts'

/** Seconds on a machine that does nothing else. */
export const COMES_WITHIN_MS = 150_000
const PICTURES = '.cache/test-reports'

/** What a page has to say of itself: the data attributes of one of its elements. */
type Looks = Record<string, string>

/** One window of a browser, with a page in it. */
export type Window = {
  /** Waits until the element has these data attributes. */
  shows(testId: string, looks: Looks): Promise<void>
  /** Waits until there is such an element. */
  sees(css: string): Promise<WebElement>
  press(css: string): Promise<void>
  /** Runs a function's body in the page. */
  run<T>(body: string): Promise<T>
  takePicture(name: string): Promise<void>
  /** Errors that the page has thrown or logged. */
  complaints(): Promise<string[]>
}

/** Neither driver tells what a page logs: https://w3c.github.io/webdriver/ has no command for it. */
const LISTEN = `
  if (document.documentElement === null || location.href !== arguments[0]) return false
  if (window.complaints) return true
  const complaints = window.complaints = []
  const note = (kind, what) => complaints.push(kind + ': ' + what)
  addEventListener('error', (event) => note('error', event.message ?? event.target?.src), true)
  addEventListener('unhandledrejection', (event) => note('rejection', event.reason?.stack ?? event.reason))
  addEventListener('securitypolicyviolation', (event) => note('policy', event.violatedDirective + ' ' + event.blockedURI))
  const print = console.error
  console.error = (...words) => { note('console', words.join(' ')); print(...words) }
  return true`

export async function openWindow(
  driver: WebDriver,
  url: string,
  at: { x: number; y: number; width: number; height: number },
): Promise<Window> {
  const handle = await driver.getWindowHandle()
  await driver.manage().window().setRect(at)
  await driver.get(url)
  const inWindow = async <T>(act: () => Promise<T>): Promise<T> => {
    if ((await driver.getWindowHandle()) !== handle) await driver.switchTo().window(handle)
    return act()
  }
  const run = <T>(body: string, ...args: unknown[]) => inWindow(() => driver.executeScript<T>(body, ...args))
  const sees = (css: string) =>
    pollUntil<WebElement>(() => inWindow(async () => driver.findElement(By.css(css))), {
      withinMs: COMES_WITHIN_MS,
      what: css,
    })
  await pollUntil(() => run<boolean>(LISTEN, url), { withinMs: COMES_WITHIN_MS, what: `${url} begins` })
  return {
    run,
    async shows(testId, looks) {
      let seen: Looks | null = null
      await pollUntil(
        async () => {
          seen = await run<Looks | null>(
            'const found = document.querySelector(arguments[0]); return found && { ...found.dataset }',
            `[data-testid="${testId}"]`,
          )
          return seen !== null && Object.entries(looks).every(([name, value]) => seen?.[name] === value)
        },
        { withinMs: COMES_WITHIN_MS, what: `${testId} shows ${JSON.stringify(looks)}` },
      ).catch((cause: unknown) => {
        throw new Error(`${testId} showed ${JSON.stringify(seen)}, not ${JSON.stringify(looks)}`, { cause })
      })
    },
    sees,
    press: async (css) => {
      const button = await sees(css)
      await inWindow(async () => {
        // In the middle: a bar at the bottom would lie over it.
        await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', button)
        await button.click()
      })
    },
    takePicture: (name) =>
      inWindow(async () => {
        mkdirSync(PICTURES, { recursive: true })
        writeFileSync(`${PICTURES}/${name}.png`, await driver.takeScreenshot(), 'base64')
      }),
    complaints: () => run<string[]>('return window.complaints'),
  }
}
