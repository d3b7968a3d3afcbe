import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver'
import { findGeckodriver } from '../../../scripts/setup/find-geckodriver.mjs'
import { atEnd } from '../../support/at-end.ts'
import { freePort } from '../../support/free-port.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { tempDir } from '../../support/temp-dir.ts'

export type OtherBrowser = {
  name: string
  /** What this machine lacks of it; empty when it is here. */
  missing: string
  open(): Promise<WebDriver>
}

const STARTS_WITHIN_MS = 90_000

export const OTHER_BROWSERS: readonly OtherBrowser[] = [
  {
    name: 'Firefox',
    missing: lacking({ 'firefox-esr': isHere('firefox-esr', '--version'), geckodriver: !!findGeckodriver() }),
    async open() {
      const port = await freePort()
      await startDriver(findGeckodriver() ?? 'geckodriver', [`--port=${port}`, '--log=error'], port)
      return openSession(port, {
        browserName: 'firefox',
        // https://firefox-source-docs.mozilla.org/testing/geckodriver/Capabilities.html
        'moz:firefoxOptions': {
          binary: '/usr/bin/firefox-esr',
          args: ['-headless'],
          prefs: { 'intl.accept_languages': 'en-GB, en' },
        },
      })
    },
  },
  {
    name: 'WebKit',
    missing: lacking({
      'webkit2gtk-driver': isHere('WebKitWebDriver', '--help') && miniBrowser() !== undefined,
      xvfb: isHere('Xvfb', '-help'),
    }),
    async open() {
      const port = await freePort()
      // Its pages have the language of the system.
      const env = { DISPLAY: await startScreen(), LANG: 'en_GB.UTF-8' }
      await startDriver('WebKitWebDriver', [`--port=${port}`], port, env)
      return openSession(port, {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
      })
    },
  },
]

function lacking(parts: Record<string, boolean>): string {
  return Object.keys(parts)
    .filter((name) => !parts[name])
    .join(', ')
}

function isHere(program: string, flag: string): boolean {
  return spawnSync(program, [flag], { stdio: 'ignore' }).status === 0
}

/** Debian keeps it beside the library, of which there are several versions. */
function miniBrowser(): string | undefined {
  const folder = '/usr/lib/x86_64-linux-gnu'
  if (!existsSync(folder)) return undefined
  return readdirSync(folder)
    .filter((name) => name.startsWith('webkit2gtk-'))
    .map((name) => `${folder}/${name}/MiniBrowser`)
    .findLast(existsSync)
}

async function startDriver(program: string, args: string[], port: number, env = {}): Promise<void> {
  const home = tempDir()
  const child = spawn(program, args, {
    env: { ...process.env, TMPDIR: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, ...env },
    stdio: 'ignore',
  })
  endWithTest(child)
  await pollUntil(async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok, {
    withinMs: STARTS_WITHIN_MS,
    what: `${program} answers`,
  })
}

/** Returns the name of a screen that nobody sees, large enough for two phones side by side. */
async function startScreen(): Promise<string> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1200x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  endWithTest(child)
  const [number] = await once(child.stdio[3] as NodeJS.ReadableStream, 'data')
  return `:${String(number).trim()}`
}

function endWithTest(child: ReturnType<typeof spawn>): void {
  const exited = once(child, 'exit')
  atEnd(async () => {
    child.kill('SIGTERM')
    await exited
  })
}

async function openSession(port: number, options: object): Promise<WebDriver> {
  // A page is looked at from its first moment, not only once it has loaded.
  const capabilities = new Capabilities({ ...options, pageLoadStrategy: 'none' })
  const driver = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities(capabilities)
    .build()
  atEnd(() => driver.quit())
  return driver
}
