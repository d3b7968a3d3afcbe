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

/** The box of what moves when the window gets another size, once three frames of the new window agree on it. */
async function restingBoxOf(page: Page, testId: string) {
  const rests = (height: number | undefined) =>
    page.getByTestId(testId).evaluate(async (element, height) => {
      const tops = new Set<number>()
      for (let frame = 0; frame < 3; frame++) {
        await new Promise(requestAnimationFrame)
        tops.add(element.getBoundingClientRect().top)
      }
      return innerHeight === height && tops.size === 1
    }, height)
  await expect.poll(() => rests(page.viewportSize()?.height)).toBe(true)
  return await boxOf(page, testId)
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

/** As the setting of the browser does it. */
async function doubleType(page: Page): Promise<void> {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
}

/** Words that do not fit what they stand in, and what reaches beyond the window. */
function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isCut = (element: Element) =>
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
    const isOfPage = (element: Element) =>
      element.checkVisibility() && !element.closest('.sr-only, .leaflet-container')
    const words = document.querySelectorAll(
      'main h1, main h2, main p, main li span, main dd, main button, main a, main label, main summary, main legend',
    )
    return [...words]
      .filter((each) => isOfPage(each) && each.textContent?.trim() && isCut(each))
      .map((each) => `${each.tagName} ${each.textContent}`)
      .concat(
        [...document.querySelectorAll('main *:not(svg *)')]
          .filter((each) => isOfPage(each) && each.getBoundingClientRect().right > innerWidth + 1)
          .map((each) => `beyond the edge: ${each.tagName} ${each.textContent?.slice(0, 40)}`),
      )
  })
}

test('[TRK24] [TRK25] [TRK26] P8 P9 P20: at 200 and 400 % zoom the sheet is folded, the map shows all, and the choice stays', async ({
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
  // P20: the pin makes room for the rider who stands at it, and names stand above the way.
  await expect(page.getByTestId('store-marker')).toHaveClass(/is-lifted/)
  await expect(page.getByTestId('home-marker')).not.toHaveClass(/is-lifted/)
  const levels = await page.evaluate(() =>
    ['overlay', 'names', 'marker'].map((name) =>
      Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`) as Element).zIndex),
    ),
  )
  expect(levels).toEqual(levels.toSorted((a, b) => a - b))
  await expect(page.locator('.leaflet-names-pane canvas').first()).toBeAttached()

  await handle.focus()
  await page.keyboard.press('Enter')
  await expect(handle).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByTestId('steps')).toBeVisible()
  await page.reload()
  await expect(handle).toHaveAttribute('aria-expanded', 'true')
  // Pulled down, and up again.
  const pull = async (byPx: number) => {
    const { x, y, width, height } = await restingBoxOf(page, 'sheet-handle')
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
  await pull(40)
  // What is in view moves to the middle of the room that the folded sheet leaves.
  await expect
    .poll(async () => {
      const ys = await Promise.all(
        ['rider-marker', 'home-marker'].map(async (id) => (await boxOf(page, id)).y),
      )
      const { y: room } = await boxOf(page, 'sheet-handle')
      return (Math.min(...ys) + Math.max(...ys)) / 2 / room
    })
    .toBeGreaterThan(0.35)
})

test('[UI5] [TRK25] P7: with twice the size of type the page grows, and what the folded sheet says is not cut', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery('tteokbokki')
  await http.pickUp(created)
  await http.report(created, 1)
  const page = await newPerson({ viewport: { width: 390, height: 844 } })
  await openCustomer(page, created.customer.url)
  // Open by choice: large type makes a window low, and the sheet would fold.
  for (let press = 0; press < 2; press++) await page.getByTestId('sheet-handle').click()
  await page.evaluate(() => {
    const sized = [...document.querySelectorAll('main h1, main p, main li, main dd, main button')].map(
      (element) => ({
        ...{ element, role: element.className },
        px: Number.parseFloat(getComputedStyle(element).fontSize),
      }),
    )
    Object.assign(window, { sized })
  })
  await doubleType(page)
  const notDoubled = () =>
    page.evaluate(() =>
      (window as unknown as { sized: { element: Element; role: string; px: number }[] }).sized
        // What has become another thing since, such as the range of a rider who is silent, has another size.
        .filter(({ element, role }) => element.isConnected && element.className === role)
        .map(({ element, px }) => Number.parseFloat(getComputedStyle(element).fontSize) / px)
        .filter((factor) => Math.abs(factor - 2) > 0.05),
    )
  await expect.poll(notDoubled).toEqual([])
  await page.getByTestId('sheet-handle').click()
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 })
    expect(await cutWords(page), `${width} px`).toEqual([])
  }
})

test('[UI5] P7: with twice the size of type nothing of the first and the rider’s page is cut at 320 px', {
  tag: '@again',
}, async ({ newPerson }) => {
  for (const locale of ['en-GB', 'ko-KR']) {
    const page = await newPerson({ viewport: { width: 320, height: 844 }, locale })
    await page.goto('/')
    await doubleType(page)
    await page.getByRole('button', { name: /^(Start a demo delivery|데모 배달 시작하기)$/ }).click()
    await page.getByTestId('another-device').locator('summary').click()
    await expect(page.getByTestId('another-device').locator('[role=img]')).toHaveCount(2)
    expect(await cutWords(page), `the first page, ${locale}`).toEqual([])
    await page.goto((await page.getByTestId('rider-link').getAttribute('href')) ?? '')
    await page.getByTestId('lab').locator('summary').click()
    expect(await cutWords(page), `the rider’s page, ${locale}`).toEqual([])
    await page.getByRole('button', { name: /^(Start ride|배달 시작)$/ }).click()
    await expect(page.getByTestId('rider-page')).toHaveAttribute('data-status', 'picked_up')
    await page.getByRole('button', { name: /^(Not delivered|배달 실패)$/ }).click()
    expect(await cutWords(page), `the question before an end, ${locale}`).toEqual([])
  }
})
