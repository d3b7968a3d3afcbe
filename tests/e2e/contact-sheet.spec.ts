import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startWebhookReceiver, WEBHOOK_SECRET } from '../support/webhook-receiver.ts'
import { expect, test } from './support/fixtures.ts'
import { openSite } from './support/open-site.ts'
import { TAKES_PICTURES } from './support/screenshot.ts'
import { LANGUAGES, type State, sheetStates } from './support/sheet-states.ts'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#c2410c"/><path d="M9 20q7-14 14 0" stroke="#fff" stroke-width="4" fill="none"/></svg>'
const FILE = 'docs/screenshots/contact-sheet.jpg'
const MOST_BYTES = 2_000_000
/** Each picture by itself, in its own size, to be looked at. */
const EACH = '.cache/contact-sheet'
const NAMES = join(EACH, 'names.json')
const WINDOWS = {
  phone: { width: 390, height: 844, shownPx: 120 },
  desktop: { width: 1280, height: 800, shownPx: 270 },
} as const
const SCHEMES = ['light', 'dark'] as const
/** Nothing says when a map has drawn its last tile: two pictures that are the same do. A clock or a chart may never stand still. */
const STANDS_STILL = { everyMs: 250, withinMs: 4_000 }

/** The page once it stands still, or as it is when the time for that is up. */
async function takePicture(page: Page): Promise<Buffer> {
  const deadline = Date.now() + STANDS_STILL.withinMs
  let before: Buffer | undefined
  for (;;) {
    const now = await page.screenshot({ type: 'jpeg', quality: 70 })
    if ((before && now.equals(before)) || Date.now() > deadline) return now
    before = now
    await page.waitForTimeout(STANDS_STILL.everyMs)
  }
}

type Taken = { window: string; scheme: string; picture: Buffer }

async function takeAll(page: Page, { path, act }: State): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize(WINDOWS.phone)
    // Only the fragment may differ from the last address: the page is to begin anew.
    await page.goto('about:blank')
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeAttached()
    if (act) {
      await takePicture(page)
      await act(page)
    }
    for (const [window, { width, height }] of Object.entries(WINDOWS)) {
      await page.setViewportSize({ width, height })
      taken.push({ window, scheme, picture: await takePicture(page) })
    }
    await page.context().setOffline(false)
    // A sheet that was folded stays so for the next look.
    await page.evaluate(() => localStorage.clear())
  }
  return taken
}

const fileOf = (name: string, language: string, window: string, scheme: string) =>
  join(EACH, `${`${name} ${language} ${window} ${scheme}`.replaceAll(/[^a-z]+/g, '-')}.jpg`)
/** Of the pages as they were last built: a run that was broken off goes on where it was. */
function isTaken(name: string, language: string): boolean {
  const builtMs = statSync('dist/server.js').mtimeMs
  return Object.keys(WINDOWS).every((window) =>
    SCHEMES.every((scheme) => {
      const taken = statSync(fileOf(name, language, window, scheme), { throwIfNoEntry: false })
      return taken !== undefined && taken.mtimeMs > builtMs
    }),
  )
}

test.describe.configure({ mode: 'serial' })
test.skip(!TAKES_PICTURES, 'UPDATE_SCREENSHOTS=1 takes it')

for (const [language, locale] of Object.entries(LANGUAGES))
  test(`pictures of every page and state, on phone and desktop, light and dark: ${language}`, async ({
    app,
    newPerson,
  }) => {
    test.setTimeout(1_800_000)
    mkdirSync(EACH, { recursive: true })
    const logo = join(tempDir(), 'logo.svg')
    writeFileSync(logo, LOGO)
    const brand = { BRAND_NAME: '봄 배달', BRAND_COLOR: '#c2410c', BRAND_LOGO: logo }
    const env = { TILE_URL: 'off', LOG_LEVEL: 'warn' }
    const [site, shop] = [await openSite(), await startWebhookReceiver()]
    const told = { EMBED_ORIGINS: site.origin, WEBHOOK_URL: shop.url, WEBHOOK_SECRET }
    const branded = await startApp({ env: { ...env, ...brand, ...told } })
    const closed = await startApp({
      env: { ...env, DEMO: '0', DISPATCH_TOKEN: 'the-word', TOKEN_SECRET: 'a secret of this sheet alone' },
    })
    const states = await sheetStates({ url: app.url, branded: branded.url, site, shop, closed: closed.url })
    writeFileSync(NAMES, JSON.stringify(states.map(({ name }) => name)))
    const page = await newPerson({ locale, losesNetwork: true, expects: / (401|404|409) / })
    page.setDefaultTimeout(60_000)
    for (const state of states) {
      if (isTaken(state.name, language)) continue
      for (const { window, scheme, picture } of await takeAll(page, state))
        writeFileSync(fileOf(state.name, language, window, scheme), picture)
    }
  })

/** Of the pictures that lie there: each of the three can be run by itself (`-g ': ko'`, `-g ': en'`, `-g sheet`). */
test('one contact sheet of them all', async ({ newPerson }) => {
  const sheet = await newPerson()
  const names = JSON.parse(readFileSync(NAMES, 'utf8')) as string[]
  const rows = names.map((name) => {
    const pictures = Object.entries(WINDOWS).flatMap(([window, { shownPx }]) =>
      Object.keys(LANGUAGES).flatMap((language) =>
        SCHEMES.map((scheme) => {
          const picture = readFileSync(fileOf(name, language, window, scheme)).toString('base64')
          return `<td><img width="${shownPx}" src="data:image/jpeg;base64,${picture}"></td>`
        }),
      ),
    )
    return `<tr><th>${name}</th>${pictures.join('')}</tr>`
  })
  await sheet.setContent(
    `<style>body{margin:12px;background:#888;font:600 13px sans-serif}th{width:90px;text-align:left}td{padding:2px}img{display:block}</style><table>${rows.join('')}</table>`,
  )
  const table = sheet.locator('table')
  const box = await table.boundingBox()
  await sheet.setViewportSize({ width: Math.ceil((box?.width ?? 1_600) + 24), height: 800 })
  await sheet.screenshot({ path: FILE, type: 'jpeg', quality: 55, fullPage: true })
  expect(statSync(FILE).size).toBeLessThan(MOST_BYTES)
})
