import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { saying, startRouterStub } from '../support/router-stub.ts'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { takeScreenshot } from './support/screenshot.ts'

const rowOf = (page: Page, id: string) => page.locator(`[role=option][data-delivery="${id}"]`)
const connected = (page: Page) =>
  expect(page.getByTestId('board')).toHaveAttribute('data-connection', 'connected', { timeout: 20_000 })

test('[BOARD12] by keyboard alone: found, opened, its story read, cancelled for a reason, and gone', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery('noodles')
  const { id } = created.delivery
  const page = await newPerson({ viewport: { width: 1280, height: 800 } })
  await page.goto('/')
  await page.getByRole('link', { name: 'Dispatch board' }).click()
  await connected(page)
  await page.getByRole('textbox', { name: 'Order, name or place' }).fill(id.slice(0, 13))
  await expect(rowOf(page, id)).toContainText('Waiting for pick-up')
  await http.pickUp(created)
  await http.report(created, 1)
  await expect(rowOf(page, id)).toContainText('On the way')

  // From the search to the list: the choices of the filter are one stop.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('listbox')).toBeFocused()
  await page.keyboard.press('Enter')
  const sheet = page.getByTestId('sheet')
  await expect(sheet.getByTestId('story')).toContainText('Picked up')
  await expect(sheet.getByTestId('customer-card')).toBeVisible()
  await takeScreenshot(page, 'dispatch')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(page.getByRole('listbox')).toBeFocused()

  await page.keyboard.press('Enter')
  await sheet.getByRole('button', { name: 'Cancel the delivery' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('The shop has run out of noodles')
  await page.keyboard.press('Enter')
  await expect(sheet).toContainText('no longer running')
  await expect(rowOf(page, id)).toHaveCount(0)
  expect((await http.snapshot(created.customer.url)).delivery.status).toBe('cancelled')
})

test('[BOARD13] a rider is selected on the map by a click and by its buttons, and the customer’s link is replaced', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery('bakery')
  const { id } = created.delivery
  await http.pickUp(created)
  await http.report(created, 1)
  const page = await newPerson({ viewport: { width: 1280, height: 800 } })
  await page.goto('/dispatch')
  await connected(page)
  await page.getByRole('textbox', { name: 'Order, name or place' }).fill(id)
  await page.getByRole('button', { name: 'Show all' }).click()
  const sheet = page.getByTestId('sheet')
  const map = page.getByRole('region', { name: 'Map of all running deliveries' })
  const box = await map.boundingBox()
  if (!box) throw new Error('The map is not shown')
  // The only one that is found stands in the middle.
  await expect(async () => {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await expect(sheet).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Next rider on the map' }).press('Enter')
  await expect(sheet).toBeVisible()
  await sheet.getByRole('button', { name: 'Customer’s link: New link' }).click()
  await sheet.getByRole('button', { name: 'Yes, make a new one' }).click()
  const open = sheet.getByRole('link', { name: 'Customer’s link: Open' })
  await expect(open).not.toHaveAttribute('href', created.customer.url)
  await sheet.getByRole('button', { name: 'Customer’s link: QR code' }).click()
  await expect(sheet.getByRole('img', { name: 'Customer’s link: QR code' })).toBeVisible()
  expect((await http.snapshot((await open.getAttribute('href')) ?? '')).delivery.id).toBe(id)
})

test('[BOARD20] pasted lines are looked through, the faulty one is named, the others are on the board', async ({
  newPerson,
}) => {
  const page = await newPerson({ viewport: { width: 1280, height: 800 } })
  await page.goto('/dispatch')
  await connected(page)
  await page.getByRole('button', { name: 'New deliveries' }).click()
  await page.getByText('Paste lines', { exact: true }).click()
  const number = `pasted-${Date.now()}`
  const lines = [
    'number;store;storeLat;storeLng;destination;lat;lng;rider',
    `${number}-1;Zur Post;52.52;13.405;Torstr. 1;52.53;13.4;Ada`,
    `${number}-2;Zur Post;52.52;13.405;Torstr. 2;152.53;13.4;Ada`,
    `${number}-3;Zur Post;52.52;13.405;Torstr. 3;52.531;13.41;Grace`,
  ]
  await page.getByRole('textbox', { name: 'Lines' }).fill(lines.join('\n'))
  const preview = page.getByTestId('preview').getByRole('listitem')
  await expect(preview).toHaveCount(3)
  await expect(preview.first()).toContainText('Line 3: Zur Post → Torstr. 2')
  await expect(preview.first()).toContainText('lat:')
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Make 2 deliveries' }).click()
  await expect(page.getByText('2 deliveries are made.')).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('textbox', { name: 'Order, name or place' }).fill(number)
  await expect(page.getByRole('option')).toHaveCount(2)
  await expect(page.getByRole('option').nth(1)).toContainText('Torstr. 3')
})

test('[BOARD14] outside the demo the token is asked for once a tab, and a wrong one is told in words', async ({
  newPerson,
}) => {
  const app = await startApp({
    env: {
      DEMO: '0',
      DISPATCH_TOKEN: 'the-word',
      TOKEN_SECRET: 'a secret of this test alone',
      TILE_URL: 'off',
    },
  })
  const page = await newPerson()
  await page.goto(`${app.url}/dispatch`)
  await page.getByLabel('Dispatch token').fill('guessed')
  await page.getByRole('button', { name: 'Open the board' }).click()
  await expect(page.getByText('This is not the dispatch token.')).toBeVisible()
  for (const [colorScheme, other] of [
    ['light', '한국어'],
    ['dark', 'English'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect
      .poll(() => findViolations(page), `the page that asks for the token, ${colorScheme}`)
      .toEqual([])
    await page.getByRole('button', { name: other }).click()
    await expect.poll(() => findViolations(page), `the same after ${other}, ${colorScheme}`).toEqual([])
  }
  await page.getByLabel('Dispatch token').fill('the-word')
  await page.getByRole('button', { name: 'Open the board' }).click()
  await connected(page)
  await page.reload()
  await connected(page)
})

test('[BOARD21] [BOARD22] [BOARD23] a delivery is made by a click, a key and an address; in a demo with a dispatch token it is asked for once', async ({
  newPerson,
}) => {
  const place = { lat: '37.5061', lon: '127.0371', display_name: '152 Teheran-ro, Seoul' }
  const geocoder = await startRouterStub(saying(JSON.stringify([place])))
  const app = await startApp({
    env: { DISPATCH_TOKEN: 'the-word', GEOCODER_URL: geocoder.url, TILE_URL: 'off', LOG_LEVEL: 'warn' },
  })
  // Browsers print the answer that asks for the token.
  const page = await newPerson({ viewport: { width: 1280, height: 800 }, expects: / 401 / })
  await page.goto(`${app.url}/dispatch`)
  await connected(page)
  await page.getByRole('button', { name: 'New deliveries' }).click()
  const map = page.getByRole('region', { name: 'Map to choose the shop and the door on' })
  await map.click({ position: { x: 150, y: 200 } })
  await expect(map.getByTestId('store-marker')).toBeVisible()
  await map.focus()
  await map.press('ArrowRight')
  await map.press('Enter')
  await expect(map.getByTestId('home-marker')).toBeVisible()
  // The door is moved to its address.
  await page.getByLabel('Or the door by its address').fill('Teheran-ro 152')
  await page.getByLabel('Or the door by its address').press('Enter')
  await page.getByTestId('found-places').getByRole('button').click()
  await expect(page.getByLabel('Address of the door')).toHaveValue(place.display_name)
  await page.getByLabel('Name of the shop').fill('Noodle house')
  await page.getByLabel('The rider asks for a PIN').check()
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Make this delivery' }).click()
  const made = page.getByTestId('order-made')
  await expect(made).toContainText('Noodle house → 152 Teheran-ro, Seoul')
  await made.getByRole('button', { name: 'Rider’s link: QR code' }).click()
  await expect(made.getByRole('img', { name: 'Rider’s link: QR code' })).toBeVisible()
  const link = await made.getByRole('link', { name: 'Customer’s link: Open' }).getAttribute('href')
  const { delivery, pin } = await dispatch(app.url).snapshot(link ?? '')
  expect(delivery.destination).toEqual({ name: place.display_name, lat: 37.5061, lng: 127.0371 })
  expect(pin).toMatch(/^\d{4}$/)
  await page.getByRole('button', { name: 'Close' }).click()

  await rowOf(page, delivery.id).click()
  await page.getByLabel('Dispatch token', { exact: true }).fill('guessed')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByText('This is not the dispatch token.')).toBeVisible()
  await page.getByLabel('Dispatch token', { exact: true }).fill('the-word')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByTestId('story')).toContainText('Accepted')
  await page.reload()
  await rowOf(page, delivery.id).click()
  await expect(page.getByTestId('story')).toContainText('Accepted')
})

test('[BOARD26] [BOARD27] a ride that ends stays open, is listed as ended, and is replayed by keyboard and saved', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery('coffee')
  const { id, route, createdAtMs } = created.delivery
  await http.pickUp(created)
  const page = await newPerson({ viewport: { width: 1280, height: 800 } })
  await page.goto('/dispatch')
  await connected(page)
  // Older readings than the delivery would be given the time at which they came.
  await expect.poll(() => Date.now() - createdAtMs).toBeGreaterThan(6_000)
  const [lat, lng] = route[0] ?? [37.5, 127]
  const firstMs = Date.now() - 5_000
  for (let seq = 1; seq <= 6; seq += 1)
    await http.report(created, seq, {
      lat: lat + seq * 0.00009,
      lng,
      recordedAtMs: firstMs + seq * 1_000 - 500,
    })
  await rowOf(page, id).click()
  const sheet = page.getByTestId('sheet')
  await expect(sheet.getByTestId('story')).toContainText('Picked up')
  await http.deliver(created)
  await expect(sheet).toContainText('no longer running')
  await expect(sheet.getByTestId('story')).toContainText('Delivered')
  await page.keyboard.press('Escape')

  await page.getByText('Ended', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Order, name or place' }).fill(id)
  await expect(rowOf(page, id)).toContainText('Delivered')
  await page.getByRole('listbox', { name: 'Deliveries that have ended' }).press('Enter')
  await sheet.getByRole('button', { name: 'Replay' }).press('Enter')
  const replay = page.getByTestId('replay')
  await expect(replay.getByTestId('rider-marker')).toBeVisible()
  const slider = replay.getByRole('slider', { name: 'Time of the ride' })
  await slider.press('End')
  await expect(replay.getByTestId('moment')).toContainText('Way50 m / 50 m')
  await slider.press('Home')
  await expect(replay.getByTestId('moment')).toContainText('Way0 m / 50 m')
  await replay.getByRole('radio', { name: '×8' }).press('ArrowRight')
  await replay.getByRole('button', { name: 'Play' }).press('Enter')
  await expect(replay.getByTestId('moment')).toContainText('Way50 m / 50 m')
  await expect(replay.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  const saved = page.waitForEvent('download')
  await replay.getByRole('button', { name: 'Save as GPX' }).press('Enter')
  expect((await saved).suggestedFilename()).toBe(`ride-${id}.gpx`)
  await page.keyboard.press('Escape')
  await expect(replay).toBeHidden()
  await expect(sheet).toBeVisible()
})

for (const { language, ...details } of [{ language: 'ko' }, { language: 'en', tag: '@again' }] as const)
  test(
    `[UI3] [BOARD15] the board fits 320, 390 and 1280 px, and axe finds nothing, in both themes: ${language}`,
    details,
    async ({ app, newPerson }) => {
      test.setTimeout(240_000)
      const http = dispatch(app.url)
      const created = await http.createDelivery('coffee')
      await http.pickUp(created)
      await http.report(created, 1)
      const page = await newPerson({ viewport: { width: 1280, height: 800 } })
      await page.goto('/dispatch')
      await connected(page)
      await rowOf(page, created.delivery.id).click()
      await expect(page.getByTestId('story')).toContainText('Picked up')
      if (language === 'ko') await page.getByRole('button', { name: '한국어' }).click()
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        const overflowPx = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflowPx, `${width} px`).toBeLessThanOrEqual(0)
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        // Polled: right after the change colours are still those of before.
        await expect.poll(() => findViolations(page), `the board, ${colorScheme}`).toEqual([])
        await page.setViewportSize({ width: 390, height: 800 })
        await expect.poll(() => findViolations(page), `its sheet, ${colorScheme}`).toEqual([])
        await page.setViewportSize({ width: 1280, height: 800 })
      }
    },
  )
