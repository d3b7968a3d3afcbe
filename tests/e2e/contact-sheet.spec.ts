import { statSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { CreateDeliveryAnswer } from '../../contracts/http.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { order } from './support/order.ts'
import { TAKES_PICTURES } from './support/screenshot.ts'

const FILE = 'docs/screenshots/contact-sheet.jpg'
const MOST_BYTES = 2_000_000
const LANGUAGES = { ko: 'ko-KR', en: 'en-GB' } as const
const WINDOWS = {
  phone: { width: 390, height: 844, shownPx: 120 },
  desktop: { width: 1280, height: 800, shownPx: 270 },
} as const
const SCHEMES = ['light', 'dark'] as const
/** Nothing says when a map has drawn its last tile. */
const DRAWN_WITHIN_MS = { first: 3_000, next: 1_500 }

type Status = 'accepted' | 'picked_up' | 'arriving' | 'delivered' | 'cancelled' | 'failed'
const STATUSES: readonly Status[] = ['accepted', 'picked_up', 'arriving', 'delivered', 'cancelled', 'failed']

/** A delivery that has come as far as this, as its rider tells it. */
async function deliveryAt(url: string, status: Status): Promise<CreateDeliveryAnswer> {
  const { pickUp, report } = dispatch(url)
  const created = await order(url, { pin: true, note: 'Second yard, ring twice' })
  const { delivery, rider } = created
  const tell = async (body: object) => {
    const answer = await fetch(`${url}/api/deliveries/${delivery.id}/status`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rider.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${status}: ${answer.status} ${await answer.text()}`)
  }
  if (status === 'accepted') return created
  if (status === 'cancelled') {
    await tell({ status, reason: 'Sold out' })
    return created
  }
  await pickUp(created)
  const [lat = 0, lng = 0] = delivery.route[Math.floor(delivery.route.length / 2)] ?? []
  await report(created, 1, { lat, lng, accuracyM: 8 })
  if (status === 'failed') await tell({ status, reason: 'Nobody opens the door' })
  if (status === 'arriving') {
    const { destination } = delivery
    await report(created, 2, { lat: destination.lat + 0.0006, lng: destination.lng, accuracyM: 8 })
  }
  if (status === 'delivered') await tell({ status, pin: created.customer.pin })
  return created
}

/** What is to be seen, by what it is called on the sheet. */
async function statesOf(url: string): Promise<[name: string, path: string][]> {
  const states: [string, string][] = [['home', '/']]
  for (const status of STATUSES) {
    const { rider, customer } = await deliveryAt(url, status)
    states.push([`customer ${status}`, customer.url], [`rider ${status}`, rider.url])
    if (status === 'picked_up')
      states.push([
        'side by side',
        `/side-by-side/${rider.url.split('/').at(-1)?.split('#')[0]}#rider=${rider.token}&customer=${customer.token}`,
      ])
  }
  const [, withoutToken = ''] = /^([^#]*)/.exec(states[1]?.[1] ?? '') ?? []
  return [
    ...states.sort(([a], [b]) => (a.split(' ')[0] ?? '').localeCompare(b.split(' ')[0] ?? '')),
    ['customer, broken link', `${withoutToken}#nothing`],
    ['rider, no token', withoutToken.replace('/track/', '/rider/')],
    ['dispatch', '/dispatch'],
    ['inside', '/inside'],
    ['docs', '/docs'],
    ['nothing here', '/nowhere'],
  ]
}

async function takeAll(page: Page, path: string): Promise<Map<string, string>> {
  const taken = new Map<string, string>()
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme })
    // Only the fragment may differ from the last address: the page is to begin anew.
    await page.goto('about:blank')
    await page.goto(path)
    await expect(page.locator('h1').first()).toBeAttached()
    await page.waitForTimeout(DRAWN_WITHIN_MS.first)
    for (const [window, { width, height }] of Object.entries(WINDOWS)) {
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(DRAWN_WITHIN_MS.next)
      const bytes = await page.screenshot({ type: 'jpeg', quality: 70 })
      taken.set(`${window} ${colorScheme}`, bytes.toString('base64'))
    }
  }
  return taken
}

test('one contact sheet: every page and state, in both languages, on phone and desktop, light and dark', async ({
  app,
  newPerson,
}) => {
  test.skip(!TAKES_PICTURES, 'UPDATE_SCREENSHOTS=1 takes it')
  test.setTimeout(900_000)
  const states = await statesOf(app.url)
  const cells = new Map<string, string>()
  await Promise.all(
    Object.entries(LANGUAGES).map(async ([language, locale]) => {
      const page = await newPerson({ locale, seesMotion: true, expects: / (401|404) / })
      for (const [name, path] of states)
        for (const [look, picture] of await takeAll(page, path))
          cells.set(`${name} ${language} ${look}`, picture)
    }),
  )

  const sheet = await newPerson()
  const rows = states.map(([name]) => {
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
