import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { CreateDeliveryAnswer } from '../../contracts/http.ts'
import { startApp } from '../support/app.ts'
import { tempDir } from '../support/temp-dir.ts'
import { chapters } from './support/chapters.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { lookAtChapter } from './support/look-at-chapter.ts'
import { order } from './support/order.ts'
import { TAKES_PICTURES } from './support/screenshot.ts'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#c2410c"/><path d="M9 20q7-14 14 0" stroke="#fff" stroke-width="4" fill="none"/></svg>'
const FILE = 'docs/screenshots/contact-sheet.jpg'
const MOST_BYTES = 2_000_000
const LANGUAGES = { ko: 'ko-KR', en: 'en-GB' } as const
const WINDOWS = {
  phone: { width: 390, height: 844, shownPx: 120 },
  desktop: { width: 1280, height: 800, shownPx: 270 },
} as const
const SCHEMES = ['light', 'dark'] as const
/** Nothing says when a map has drawn its last tile: two pictures that are the same do. A clock or a chart may never stand still. */
const STANDS_STILL = { everyMs: 250, withinMs: 6_000 }

type Status = 'accepted' | 'picked_up' | 'arriving' | 'delivered' | 'cancelled' | 'failed'
const STATUSES: readonly Status[] = ['accepted', 'picked_up', 'arriving', 'delivered', 'cancelled', 'failed']

/** A delivery that has come as far as this, as its rider tells it. */
async function deliveryAt(url: string, status: Status): Promise<CreateDeliveryAnswer> {
  const { pickUp, report, end } = dispatch(url)
  const created = await order(url, { pin: true, note: 'Second yard, ring twice' })
  const { delivery } = created
  if (status === 'accepted') return created
  if (status === 'cancelled') {
    await end(created, status, { reason: 'Sold out' })
    return created
  }
  await pickUp(created)
  const [lat = 0, lng = 0] = delivery.route[Math.floor(delivery.route.length / 2)] ?? []
  await report(created, 1, { lat, lng, accuracyM: 8 })
  if (status === 'failed') await end(created, status, { reason: 'Nobody opens the door' })
  if (status === 'arriving') {
    const { destination } = delivery
    await report(created, 2, { lat: destination.lat + 0.0006, lng: destination.lng, accuracyM: 8 })
  }
  if (status === 'delivered') await end(created, status, { pin: created.customer.pin ?? '' })
  return created
}

type State = {
  /** What it is called on the sheet. */
  name: string
  path: string
  /** What leads to it once the page is there. */
  act?: (page: Page) => Promise<void>
}

const press = (testId: string) => (page: Page) => page.getByTestId(testId).click()
/** The question that the rider's page asks before an end, by the place of its button among those. */
const askBeforeEnd = (nth: number) => async (page: Page) => {
  await page
    .locator(
      'section:is([aria-label="Other ends of the ride"], [aria-label="배달을 끝내는 다른 방법"]) button',
    )
    .nth(nth)
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
}
/** As one that was made two days ago: the server refuses it, and its own time has passed. */
function expired(link: string): string {
  const [path = '', token = ''] = link.split('#')
  const [header, payload = '', signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const past = Buffer.from(JSON.stringify({ ...claims, exp: 1_000 })).toString('base64url')
  return `${path}#${header}.${past}.${signature}`
}

async function statesOf(url: string, branded: string): Promise<State[]> {
  const customers: State[] = []
  const riders: State[] = []
  const others: State[] = []
  for (const status of STATUSES) {
    const { rider, customer } = await deliveryAt(url, status)
    customers.push({ name: `customer ${status}`, path: customer.url })
    riders.push({ name: `rider ${status}`, path: rider.url })
    if (status !== 'picked_up') continue
    const [path = ''] = customer.url.split('#')
    customers.push(
      { name: 'customer folded', path: customer.url, act: press('sheet-handle') },
      {
        name: 'customer offline',
        path: customer.url,
        async act(page) {
          await page.context().setOffline(true)
          await expect(page.getByTestId('track-page')).toHaveAttribute('data-connection', 'offline')
        },
      },
      { name: 'customer, expired link', path: expired(customer.url) },
      { name: 'customer, broken link', path: `${path}#nothing` },
    )
    riders.push(
      { name: 'rider, not delivered?', path: rider.url, act: askBeforeEnd(1) },
      { name: 'rider, expired link', path: expired(rider.url) },
      { name: 'rider, no token', path: path.replace('/track/', '/rider/') },
    )
    others.push({
      name: 'side by side',
      path: `/side-by-side/${rider.url.split('/').at(-1)?.split('#')[0]}#rider=${rider.token}&customer=${customer.token}`,
    })
  }
  const { customer } = await deliveryAt(branded, 'picked_up')
  customers.push({ name: 'customer, branded', path: branded + customer.url })
  return [
    { name: 'home', path: '/' },
    { name: 'home, branded', path: `${branded}/` },
    ...customers,
    ...riders,
    ...others,
    { name: 'dispatch', path: '/dispatch' },
    {
      name: 'dispatch, new deliveries',
      path: '/dispatch',
      async act(page) {
        await page.getByRole('button', { name: /^(New deliveries|새 배달)$/ }).click()
        await expect(page.getByRole('dialog').locator('.pick-map .leaflet-container')).toBeVisible()
      },
    },
    { name: 'inside', path: '/inside' },
    ...chapters.map((id) => ({
      name: `inside ${id}`,
      path: `/inside#${id}`,
      act: (page: Page) => lookAtChapter(page.locator(`#${id}`)),
    })),
    { name: 'docs', path: '/docs' },
    { name: 'nothing here', path: '/nowhere' },
  ]
}

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

async function takeAll(page: Page, { path, act }: State): Promise<Map<string, string>> {
  const taken = new Map<string, string>()
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(WINDOWS.phone)
    // Only the fragment may differ from the last address: the page is to begin anew.
    await page.goto('about:blank')
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeAttached()
    await takePicture(page)
    await act?.(page)
    for (const [window, { width, height }] of Object.entries(WINDOWS)) {
      await page.setViewportSize({ width, height })
      taken.set(`${window} ${colorScheme}`, (await takePicture(page)).toString('base64'))
    }
    await page.context().setOffline(false)
    // A sheet that was folded stays so for the next look.
    await page.evaluate(() => localStorage.clear())
  }
  return taken
}

test('one contact sheet: every page and state, in both languages, on phone and desktop, light and dark', async ({
  app,
  newPerson,
}) => {
  test.skip(!TAKES_PICTURES, 'UPDATE_SCREENSHOTS=1 takes it')
  test.setTimeout(1_800_000)
  const logo = join(tempDir(), 'logo.svg')
  writeFileSync(logo, LOGO)
  const brand = { BRAND_NAME: '봄 배달', BRAND_COLOR: '#c2410c', BRAND_LOGO: logo }
  const branded = await startApp({ env: { ...brand, TILE_URL: 'off', LOG_LEVEL: 'warn' } })
  const states = await statesOf(app.url, branded.url)
  const cells = new Map<string, string>()
  await Promise.all(
    Object.entries(LANGUAGES).map(async ([language, locale]) => {
      const page = await newPerson({ locale, losesNetwork: true, expects: / (401|404) / })
      for (const state of states)
        for (const [look, picture] of await takeAll(page, state))
          cells.set(`${state.name} ${language} ${look}`, picture)
    }),
  )

  const sheet = await newPerson()
  const rows = states.map(({ name }) => {
    const pictures = Object.entries(WINDOWS).flatMap(([window, { shownPx }]) =>
      Object.keys(LANGUAGES).flatMap((language) =>
        SCHEMES.map((scheme) => {
          const picture = cells.get(`${name} ${language} ${window} ${scheme}`)
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
  await sheet.screenshot({ path: FILE, type: 'jpeg', quality: 62, fullPage: true })
  expect(statSync(FILE).size).toBeLessThan(MOST_BYTES)
})
