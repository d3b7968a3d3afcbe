import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer } from './support/people.ts'

/** What 1280 × 800 leaves at 400 % and at 200 %. */
const ZOOMED = [
  { width: 320, height: 200 },
  { width: 640, height: 400 },
]

const boxOf = async (page: Page, testId: string) => {
  const box = await page.getByTestId(testId).boundingBox()
  if (!box) throw new Error(`${testId} is not there`)
  return box
}

/** Whether markers of the map are within what is seen of it, and apart from one another. */
async function expectFramed(page: Page, testIds: readonly string[]): Promise<void> {
  const sheet = page.getByRole('region', { name: 'Delivery', exact: true })
  await expect
    .poll(async () => {
      const top = (await sheet.boundingBox())?.y ?? 0
      const boxes = await Promise.all(testIds.map((id) => boxOf(page, id)))
      const middles = boxes.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const)
      const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = middles
      const away = middles.filter(
        ([x, y]) => x < 0 || x > (page.viewportSize()?.width ?? 0) || y < 0 || y > top,
      )
      return { away, areApart: Math.hypot(x1 - x2, y1 - y2) > 16 }
    })
    .toEqual({ away: [], areApart: true })
}

test('[TRK24] [TRK25] P8 P9: at 200 and 400 % zoom the sheet is folded, the map shows all, and the choice stays', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery('coffee')
  const page = await newPerson({ viewport: { width: 390, height: 844 } })
  await openCustomer(page, created.customer.url)
  const handle = page.getByTestId('sheet-handle')
  await expect(handle).toHaveAttribute('aria-expanded', 'true')
  // P9: on a phone the whole way is in view before the pick-up, not its ends alone.
  const route = page.locator('.line-route')
  await expect
    .poll(async () => {
      const [way, map] = [await route.boundingBox(), await page.locator('.map-frame').boundingBox()]
      return way && map && way.x >= map.x && way.y >= map.y && way.x + way.width <= map.x + map.width
        ? way.y + way.height <= map.y + map.height - 20
        : false
    })
    .toBe(true)

  for (const size of ZOOMED) {
    await page.setViewportSize(size)
    await expect(handle, `${size.width} px`).toHaveAttribute('aria-expanded', 'false')
    await expect(page.getByTestId('expected')).toBeInViewport({ ratio: 1 })
    await expectFramed(page, ['store-marker', 'home-marker'])
    expect(await findViolations(page)).toEqual([])
  }
  await page.setViewportSize(ZOOMED[0] ?? { width: 320, height: 200 })
  await http.pickUp(created)
  await http.report(created, 1)
  await expectFramed(page, ['rider-marker', 'home-marker'])

  await handle.focus()
  await page.keyboard.press('Enter')
  await expect(handle).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByTestId('steps')).toBeVisible()
  await page.reload()
  await expect(handle).toHaveAttribute('aria-expanded', 'true')
  // Pulled down, and up again.
  const pull = async (byPx: number) => {
    const { x, y, width, height } = await boxOf(page, 'sheet-handle')
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width / 2, y + height / 2 + byPx, { steps: 4 })
    await page.mouse.up()
  }
  await pull(40)
  await expect(handle).toHaveAttribute('aria-expanded', 'false')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(handle).toHaveAttribute('aria-expanded', 'false')
  await pull(-40)
  await expect(handle).toHaveAttribute('aria-expanded', 'true')
})

test('[UI5] [TRK25] P7: with twice the size of type the pages grow, nothing is cut, and nothing leaves its pin', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery('tteokbokki')
  await http.pickUp(created)
  await http.report(created, 1)
  const page = await newPerson({ viewport: { width: 390, height: 844 } })
  await openCustomer(page, created.customer.url)
  const sizes = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('main h1, main p, main li, main dd, main button')].map((element) =>
        Number.parseFloat(getComputedStyle(element).fontSize),
      ),
    )
  const before = await sizes()
  // As the setting of the browser does it, media queries included.
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
  await expect.poll(async () => (await sizes())[0]).toBe((before[0] ?? 0) * 2)
  for (const [index, px] of (await sizes()).entries()) expect(px).toBeCloseTo((before[index] ?? 0) * 2, 0)
  for (const url of [created.customer.url]) {
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 844 })
      const cut = await page.evaluate(() => {
        const isCut = (element: Element) =>
          element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
        const words = [
          ...document.querySelectorAll('main h1, main p, main li span, main dd, main button, main a'),
        ]
        return words
          .filter(
            (each) => each.checkVisibility() && !each.closest('.sr-only, .leaflet-container') && isCut(each),
          )
          .map((each) => `${each.tagName} ${each.textContent}`)
          .concat(
            [...document.querySelectorAll('main *')]
              .filter((each) => !each.closest('.leaflet-container') && each.checkVisibility())
              .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
              .map((each) => `beyond the edge: ${each.tagName} ${each.textContent?.slice(0, 40)}`),
          )
      })
      expect.soft(cut, `${url.slice(0, 7)} at ${width} px`).toEqual([])
    }
  }
})
