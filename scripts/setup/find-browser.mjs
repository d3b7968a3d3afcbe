import { existsSync } from 'node:fs'

const USUAL_PLACES = [
  // What Playwright's own download is, too: no window, no GPU process, half the work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The browser for the tests: Playwright's own when it is installed, else CHROMIUM_PATH, else one of the system's.
 * Answers undefined when there is none.
 */
export function findBrowser(playwrightsOwn) {
  const { CHROMIUM_PATH } = process.env
  return [playwrightsOwn, CHROMIUM_PATH, ...USUAL_PLACES].find((path) => path && existsSync(path))
}
