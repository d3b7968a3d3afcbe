import type { Page } from '@playwright/test'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'

const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

type Described = { paths: Record<string, object>; channels: Record<string, { address: string }> }

test('[DOC3] the page of the API tells every call, event and topic', async ({ app, newPerson }) => {
  const page = await newPerson({ viewport: { width: 390, height: 844 } })
  const described = async (path: string): Promise<Described> => await (await fetch(app.url + path)).json()
  const { paths } = await described('/openapi.json')
  const { channels } = await described('/asyncapi.json')
  const names = [...Object.keys(paths), ...Object.values(channels).map(({ address }) => address)]

  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(app.url)) foreign.push(request.url())
  })
  await page.goto('/')
  await page.getByRole('link', { name: 'Read the API' }).click()
  await expect(page.getByRole('heading', { name: 'The API', level: 1 })).toBeVisible()
  const told = await page.getByTestId('docs-page').locator('summary code, h3 code').allTextContents()
  expect(names.filter((name) => !told.includes(name))).toEqual([])

  // A link to a problem leads there, one to a closed call opens it.
  await page.goto('/docs#POST-api-deliveries-deliveryId-locations')
  const post = page.locator('#POST-api-deliveries-deliveryId-locations')
  await expect(post.getByText('recordedAtMs')).toBeVisible()
  await post.getByRole('link', { name: 'other_device' }).click()
  await expect(page.locator('#problem-other_device')).toBeInViewport()

  expect(foreign).toEqual([])
})

/** One language in one theme in `npm test`, the other in both again (playwright.config.ts). */
const LOOKS = [
  { language: 'ko', schemes: ['light'], topics: 'Kafka 토픽', nothing: '요청한 것을 찾을 수 없습니다' },
  {
    language: 'en',
    schemes: ['light', 'dark'],
    topics: 'Kafka topics',
    nothing: 'Nothing is here',
    tag: '@again',
  },
] as const

for (const { language, schemes, topics, nothing, ...details } of LOOKS)
  test(
    `[DOC3] [UI3] the page of the API fits a phone, and axe finds nothing: ${language}, ${schemes.join(' and ')}`,
    details,
    async ({ newPerson }) => {
      const page = await newPerson({ viewport: { width: 390, height: 844 } })
      await page.goto('/docs')
      if (language === 'ko') await page.getByRole('button', { name: '한국어' }).click()
      await expect(page.getByRole('heading', { name: topics })).toBeVisible()
      await page.locator('details').evaluateAll((all) => {
        for (const each of all) (each as HTMLDetailsElement).open = true
      })
      await expect(page.locator('#problem-not_found')).toContainText(nothing)
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 844 })
        expect(await overflowPx(page), `${width} px`).toBeLessThanOrEqual(0)
      }
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expect.poll(() => findViolations(page), colorScheme).toEqual([])
      }
      // The look that the other one leaves out.
      if (language === 'ko') return
      await page.getByRole('button', { name: '한국어' }).click()
      await expect(page.getByRole('heading', { name: LOOKS[0].topics })).toBeVisible()
      await expect.poll(() => findViolations(page), 'ko, dark').toEqual([])
    },
  )

test('[DOC3] the page of the API is read without scripts as well', async ({ app, browser }) => {
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/docs')
  await page.locator('#GET-api-deliveries-deliveryId > summary').click()
  await expect(
    page.locator('#GET-api-deliveries-deliveryId').getByText('What', { exact: false }).first(),
  ).toBeVisible()
  await context.close()
})
