import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { writeCityArchive } from '../support/city-archive.ts'
import { tempDir } from '../support/temp-dir.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer, openRider } from './support/people.ts'
import { TAKES_PICTURES, takeMapScreenshots, takeScreenshot } from './support/screenshot.ts'

/** Around the prepared ride with the bibimbap. */
const PART = { south: 37.496, west: TAKES_PICTURES ? 127.008 : 127.024, north: 37.516, east: 127.053 }
/** So that no rider is at the door before the last picture. */
const SLOW = TAKES_PICTURES ? 1 : 10

/** No name resolves, no other host answers. What is asked of them is noted. */
async function withoutInternet(page: Page, own: string): Promise<string[]> {
  const asked: string[] = []
  await page.context().route('**/*', async (route) => {
    const url = route.request().url()
    if (new URL(url).host === new URL(own).host) return route.continue()
    asked.push(url)
    await route.abort('internetdisconnected')
  })
  return asked
}

/** How many colours the tiles of the map have; 0 while nothing is drawn. */
const coloursOf = (page: Page) =>
  page.locator('.leaflet-tile-pane canvas').evaluateAll((canvases) => {
    const colours = new Set<number>()
    for (const canvas of canvases as HTMLCanvasElement[]) {
      if (canvas.width === 0) continue
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
      const pixels = new Uint32Array(data?.buffer ?? new ArrayBuffer(0))
      for (let i = 0; i < pixels.length; i += 97) colours.add(pixels[i] ?? 0)
    }
    return colours.size
  })

test('[DEMO11] [MAP17] [MAP18] anywhere without internet: two clicks in Busan and a ride to the door; a ride on an archive where there is one', async ({
  newPerson,
}) => {
  test.setTimeout(300_000)
  const file = join(tempDir(), 'town.pmtiles')
  writeCityArchive(file, PART)
  // The archive is of Seoul: in Busan there is no map.
  const app = await startApp({ env: { MAP_FILE: file, LOG_LEVEL: 'warn' } })

  const dispatcher = await newPerson({ seesTiles: true })
  const asked = [await withoutInternet(dispatcher, app.url)]
  await dispatcher.goto(app.url)
  await dispatcher.getByRole('button', { name: 'Open the map' }).click()
  await dispatcher.getByRole('button', { name: 'Busan' }).click()
  const map = dispatcher.getByRole('region', { name: 'Map to choose the store and the door on' })
  await expect(map).toHaveClass(/is-quiet/)
  await map.click({ position: { x: 220, y: 300 } })
  await expect(map.getByTestId('store-marker')).toBeVisible()
  // The second place by keyboard: the map moves, and Enter takes its middle.
  await map.focus()
  await map.press('ArrowRight')
  await map.press('Enter')
  await expect(map.getByTestId('home-marker')).toBeVisible()
  await dispatcher.getByLabel('Name of the store').fill('해운대 밀면')
  await takeScreenshot(dispatcher, 'anywhere')
  await dispatcher.getByRole('button', { name: 'Create this delivery' }).click()
  const link = async (testId: string) =>
    app.url + (await dispatcher.getByTestId('anywhere').getByTestId(testId).getAttribute('href'))

  const customerPage = await newPerson({ seesTiles: true })
  // What draws archives says so where it has nothing to draw with.
  const riderPage = await newPerson({ seesTiles: true, viewport: { width: 390, height: 844 } })
  asked.push(await withoutInternet(customerPage, app.url), await withoutInternet(riderPage, app.url))
  const customer = await openCustomer(customerPage, await link('customer-link'))
  const rider = await openRider(riderPage, await link('rider-link'))
  await expect(customerPage.locator('.map-frame')).toHaveClass(/is-quiet/)
  await expect(customerPage.locator('.place-name', { hasText: '해운대 밀면' })).toBeVisible()
  await expect(customerPage.locator('.leaflet-control-scale-line')).toBeVisible()
  expect(await coloursOf(customerPage), 'no city is drawn in Busan').toBe(0)
  await rider.choose({ speed: SLOW, everyS: 1 })
  await rider.start()
  await customer.receives(3)
  await takeMapScreenshots(customerPage, 'busan')
  await rider.choose({ speed: 10 })
  await expect(rider.root).toHaveAttribute('data-at-door', 'true', { timeout: 90_000 })
  await rider.end('At the door: hand it over')
  await expect(customer.root).toHaveAttribute('data-status', 'delivered')

  const seoul = await dispatch(app.url).createDelivery('bibimbap')
  // A small window has few tiles, and what the archive holds is drawn anew as the map follows the rider.
  const inSeoul = await newPerson({
    seesTiles: true,
    viewport: TAKES_PICTURES ? { width: 1280, height: 800 } : { width: 640, height: 480 },
  })
  await riderPage.goto('about:blank')
  asked.push(await withoutInternet(inSeoul, app.url))
  const follower = await openCustomer(inSeoul, app.url + seoul.customer.url)
  await expect.poll(() => coloursOf(inSeoul), { timeout: 30_000 }).toBeGreaterThan(20)
  await expect(inSeoul.locator('.map-frame')).not.toHaveClass(/is-quiet/)
  await expect(inSeoul.locator('.leaflet-control-scale-line')).toBeHidden()
  const throughSeoul = await openRider(riderPage, app.url + seoul.rider.url)
  await throughSeoul.choose({ speed: 10, everyS: 1 })
  await throughSeoul.start()
  await follower.receives(3)
  await takeMapScreenshots(inSeoul, 'archive')
  await throughSeoul.end('Delivered')
  await expect(follower.root).toHaveAttribute('data-status', 'delivered')
  expect(asked.flat(), 'asked of others').toEqual([])
})
