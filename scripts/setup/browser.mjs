import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { projectRoot } from '../project-root.mjs'
import { aptInstall, aptUpdate, mayInstall } from './debian.mjs'
import { findBrowser } from './find-browser.mjs'

const isHere = () => findBrowser(playwrightsOwn()) !== undefined

/** Installs one where that is asked for; without one the browser tests are skipped, loudly. */
export const browser = {
  title: 'Browser for the tests',
  doing: 'Install a browser for the tests (apt-get install chromium-headless-shell)',
  isDone: () => isHere() || !mayInstall(),
  async run() {
    await aptUpdate()
    // Older Debians have no package of the headless shell.
    await aptInstall('chromium-headless-shell').catch(() => aptInstall('chromium'))
  },
  missing: () => (isHere() ? '' : NO_BROWSER),
}

const NO_BROWSER = `The browser tests need Chromium, and none was found. Any of these will do:
  npx playwright install --with-deps chromium
  sudo apt-get install chromium              (Debian; APT_INSTALL=1 before this command does it, as root)
  CHROMIUM_PATH=/path/to/chrome npm test     (one that you have)`

/** Asked for only when the packages may not be installed yet, hence not imported. */
function playwrightsOwn() {
  if (!existsSync(`${projectRoot}node_modules/playwright-core`)) return undefined
  return createRequire(import.meta.url)('playwright-core').chromium.executablePath()
}
