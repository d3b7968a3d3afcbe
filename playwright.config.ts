import { chromium, defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/setup/find-browser.mjs'

const own = chromium.executablePath()
const browser = findBrowser(own)

/** Each waits for a minute and leaves the processor to others: begun last, they would be waited for alone. */
const WAITING = ['**/reopened-offline.spec.ts', '**/rider-translated.spec.ts']

export default defineConfig({
  // What only repeats another test at another pace or place bears the tag @again: `npm test` leaves it out,
  // `npm run test:e2e` does not.
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  projects: [
    { name: 'waiting', testMatch: WAITING },
    { name: 'pages', testIgnore: WAITING },
  ],
  globalSetup: ['./tests/support/build.ts', './tests/support/e2e-apache-kafka.ts'],
  // They mostly wait: for a report, for a rider to arrive, for a fault to pass. Each worker has an app of its own
  // (tests/e2e/support/fixtures.ts), which its tests use one after the other.
  fullyParallel: true,
  workers: 5,
  // Several times what the longest takes when nothing else runs; a ride takes as long as it takes.
  timeout: 240_000,
  // A page opens in a second; on a machine that is busy with other things it may take half a minute.
  expect: { timeout: 60_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: '.cache/test-reports/playwright.json' }]],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    // What a page keeps for the time without network costs time at each first visit; `keepsPages` of newPerson allows it.
    serviceWorkers: 'block',
    // Without pictures, which would be taken all the time and of every test.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      // Playwright starts its own by itself (and the lighter headless shell when that is what is installed).
      ...(browser === own ? {} : { executablePath: browser }),
      args: ['--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
})
