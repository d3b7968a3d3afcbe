import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { projectRoot } from '../project-root.mjs'
import { StepError } from '../step-error.mjs'
import { aptInstall, aptUpdate, isRootOnDebian } from './debian.mjs'
import { findBrowser } from './find-browser.mjs'

export const browser = {
  title: 'Browser for the tests',
  doing: 'Install a browser for the tests (apt-get install chromium-headless-shell)',
  isDone: () => findBrowser(playwrightsOwn()) !== undefined,
  async run() {
    if (!isRootOnDebian()) throw new StepError(NO_BROWSER)
    await aptUpdate()
    // Older Debians have no package of the headless shell.
    await aptInstall('chromium-headless-shell').catch(() => aptInstall('chromium'))
    if (!browser.isDone()) throw new StepError(NO_BROWSER)
  },
}

const NO_BROWSER = `The end-to-end tests need Chromium, and none was found. Any of these will do:
  npx playwright install --with-deps chromium
  sudo apt-get install chromium              (Debian)
  CHROMIUM_PATH=/path/to/chrome npm test     (one that you have)
The other tests need no browser: npm run test:unit, npm run test:integration`

/** Asked for only when the packages may not be installed yet, hence not imported. */
function playwrightsOwn() {
  if (!existsSync(`${projectRoot}node_modules/playwright-core`)) return undefined
  return createRequire(import.meta.url)('playwright-core').chromium.executablePath()
}
