import { type BrowserContextOptions, test as base, type Page } from '@playwright/test'
import { startStack } from '../../stack/support/stack.ts'
import { type RunningApp, startApp } from '../../support/app.ts'
import { APP_KAFKA } from '../../support/app-log.ts'
import { runTeardowns, teardownCount } from '../../support/at-end.ts'
import { ON_APACHE_KAFKA } from '../../support/e2e-apache-kafka.ts'
import { TAKES_PICTURES } from './screenshot.ts'

type Person = Pick<
  BrowserContextOptions,
  'viewport' | 'permissions' | 'geolocation' | 'colorScheme' | 'locale'
> & {
  /** Sees the markers glide. Drawing each frame takes most of a core, so only tests about motion look at it. */
  seesMotion?: boolean
  /**
   * Sees the tiles under the markers. Drawing them is half of the work of opening a page with a map, so only tests about
   * the ground look at it; ways, markers and the names of places are there all the same.
   */
  seesTiles?: boolean
  /** Keeps pages for the time without network. */
  keepsPages?: boolean
  /** Loses the network in the course of the test, which browsers print as errors. */
  losesNetwork?: boolean
  /** Sees what was broken on purpose, which browsers print as errors. */
  expects?: RegExp
}
type ForEachTest = {
  /** Opens a browser context of its own: another person on another device. */
  newPerson(options?: Person): Promise<Page>
  /** What the test started beside the worker's app ends with the test: an app that idles takes a twentieth of a core. */
  ownServers: undefined
}
type ForEachWorker = { app: Pick<RunningApp, 'url' | 'logs' | 'broker' | 'inKafka'> }
/** Set by `npm run test:stack`: the pages come through nginx, from two instances. */
const ON_STACK = 'TEST_ON_STACK'
/**
 * Tiles of a server elsewhere would make the tests depend on it; the basemap is the app's own. And messages go to a push
 * service of ours.
 */
const SETTINGS = { TILE_URL: 'off', LOG_LEVEL: 'warn', PUSH_HOSTS: 'localhost', PUSH_ALLOW_PRIVATE: '1' }

/** A report that was on its way when the delivery ended. Chromium prints every answer from 400 on. */
const ENDED = /^Failed to load resource: .* 410 /
/**
 * Kafka or the database did not answer in time, as on a machine that stood still for a moment: the rider's page sends the report
 * again, and the customer's page opens without its first look.
 */
const NOT_IN_TIME = /^Failed to load resource: .* 503 /
const GOES_ON_WITHOUT = /\/locations$|\/api\/deliveries\/[\da-f-]+$/
/** These pages ask for their delivery before their scripts are there (first-look.ts): a link may not work any more. */
const REFUSED_LINK = /^Failed to load resource: .* 40[134] /
const ASKED_FIRST = /\/api\/deliveries\/[\da-f-]+$/
const WITHOUT_NETWORK = /net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED)|ERR_NETWORK_IO_SUSPENDED/

/**
 * Tests against the real app. Whatever a page throws or logs as an error fails the test.
 *
 * Which server a test gets: `app` is one for each of Playwright's workers, started with the first test of the worker as
 * `npm run demo` would start it. The tests of one worker use it one after the other, in any order and any selection. So a
 * test may pull levers, kill the broker and compare the app's counters before and after; it makes deliveries of its own,
 * does not expect an empty list or a counter at zero, and leaves the server as it found it. A test that needs other
 * settings, or a server that it need not leave in order, starts one with `startApp({ env })` of tests/support/app.ts, and
 * opens its pages by their whole address; that server ends with the test.
 */
export const test = base.extend<ForEachTest, ForEachWorker>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from it.
    async ({}, use) => {
      const wanted = process.env[ON_APACHE_KAFKA] !== undefined
      base.skip(wanted && process.env[APP_KAFKA] === undefined, 'Apache Kafka is not to be had here')
      await use(process.env[ON_STACK] ? await wholeStack() : await startApp({ env: SETTINGS }))
      await runTeardowns()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: async ({ app }, use) => use(app.url),

  ownServers: [
    // After the app, which stays.
    async ({ app: _ }, use) => {
      const kept = teardownCount()
      await use(undefined)
      await runTeardowns(kept)
    },
    { auto: true },
  ],

  newPerson: async ({ browser, baseURL }, use) => {
    const complaints: string[] = []
    const pages: Page[] = []
    await use(async ({ losesNetwork, keepsPages, expects, seesMotion, seesTiles, ...options } = {}) => {
      const reducedMotion = seesMotion ? 'no-preference' : 'reduce'
      const serviceWorkers = keepsPages ? 'allow' : 'block'
      const context = await browser.newContext({ baseURL, reducedMotion, serviceWorkers, ...options })
      if (!seesTiles && !TAKES_PICTURES) await context.addInitScript(leaveTilesEmpty)
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack}`))
      page.on('console', (message) => {
        const text = message.text()
        const expected =
          ENDED.test(text) ||
          (NOT_IN_TIME.test(text) && GOES_ON_WITHOUT.test(message.location().url)) ||
          (REFUSED_LINK.test(text) &&
            ASKED_FIRST.test(message.location().url) &&
            /\/(track|rider)\//.test(page.url())) ||
          (losesNetwork === true && WITHOUT_NETWORK.test(text)) ||
          (expects?.test(text) ?? false)
        if (message.type() === 'error' && !expected)
          complaints.push(`${page.url()}: ${text} (${message.location().url})`)
      })
      pages.push(page)
      return page
    })
    for (const page of pages) await page.context().close()
    base.expect(complaints, 'errors in the pages').toEqual([])
  },
})

export const { expect } = test

/** In the page: no worker can draw tiles, and the page is given nothing to draw them with, as when memory has run out. */
function leaveTilesEmpty(): void {
  const { getContext } = HTMLCanvasElement.prototype
  Object.assign(window, { OffscreenCanvas: undefined })
  Object.assign(HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, ...words: Parameters<typeof getContext>) {
      return this.classList.contains('leaflet-tile') ? null : getContext.apply(this, words)
    },
  })
}

async function wholeStack(): Promise<ForEachWorker['app']> {
  const skip = (reason?: string): never => {
    base.skip(true, reason)
    throw new Error(reason)
  }
  const { gateway, instances, broker, prefix } = await startStack({ skip: skip as never }, SETTINGS)
  return {
    url: gateway.url,
    logs: () => instances.map((app) => app.logs()).join('\n'),
    broker,
    inKafka: (name) => prefix + name,
  }
}
