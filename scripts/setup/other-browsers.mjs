import { spawnSync } from 'node:child_process'
import { runQuietly } from '../child.mjs'
import { mayInstall } from './debian.mjs'
import { debianPackages } from './debian-packages.mjs'
import { findGeckodriver } from './find-geckodriver.mjs'

const answers = (command, flag) => spawnSync(command, [flag], { stdio: 'ignore' }).status === 0

export const otherBrowsers = debianPackages('Firefox and WebKit', {
  'firefox-esr': () => answers('firefox-esr', '--version'),
  'webkit2gtk-driver': () => answers('WebKitWebDriver', '--help'),
  xvfb: () => answers('Xvfb', '-help'),
})

/** Mozilla's own, of which Debian has no package. Built once for the user, not for each checkout: it takes two minutes. */
const BUILD = ['install', '--locked', 'geckodriver@0.37.1']

export const geckodriver = {
  title: 'geckodriver',
  doing: `Build geckodriver, once (cargo ${BUILD.join(' ')})`,
  isDone: () => findGeckodriver() !== undefined || !mayInstall() || !answers('cargo', '--version'),
  // What cannot be built is skipped by its tests, loudly.
  run: () => runQuietly('cargo', BUILD).catch((error) => console.warn(`\n${error.message}\n`)),
  missing: () =>
    findGeckodriver() ? '' : `Not here: geckodriver, by which Firefox is driven: cargo ${BUILD.join(' ')}`,
}
