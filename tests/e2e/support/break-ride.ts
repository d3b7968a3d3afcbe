import type { FrameLocator, Page } from '@playwright/test'
import type { Lever } from '../../../contracts/inside/faults.ts'
import { readMetric } from '../../support/read-metric.ts'
import { expect } from './fixtures.ts'
import { historyOf } from './history-of.ts'

export type RideToBreak = {
  page: Page
  rider: FrameLocator
  customer: FrameLocator
  pull(lever: Lever): Promise<void>
  /** Until it has gone back by itself. */
  goesBack(lever: Lever): Promise<void>
  acknowledged(): Promise<number>
  waiting(): Promise<number>
  /** The seq of the newest point on the customer's map. */
  shown(): Promise<number>
  /** What the page has counted since it was opened. */
  counted(id: string): Promise<number>
  /** Nothing is lost: acknowledged = stored = shown, and the page counts as /metrics does. */
  nothingIsLost(): Promise<void>
}

type Metrics = Record<string, readonly [name: string, labels: string]>

const COUNTS: Metrics = {
  'posts-202': ['rider_live_http_request_duration_seconds_count', 'method="POST",status="202"'],
  'posts-503': ['rider_live_http_request_duration_seconds_count', 'method="POST",status="503"'],
  'posts-499': ['rider_live_http_request_duration_seconds_count', 'method="POST",status="499"'],
  accepted: ['rider_live_locations_accepted_total', ''],
  stored: ['rider_live_locations_stored_total', ''],
  pushed: ['rider_live_locations_pushed_total', ''],
  late: ['rider_live_locations_late_total', ''],
  duplicate: ['rider_live_locations_duplicate_total', ''],
  'repeated-push': ['rider_live_locations_repeated_total', 'group="push"'],
  'repeated-history': ['rider_live_locations_repeated_total', 'group="history"'],
}

const BREAKER: Metrics = {
  successes: ['rider_live_publishes_total', ''],
  failures: ['rider_live_log_breaker_failures_in_row', ''],
  refused: ['rider_live_publish_failures_total', 'reason="breaker_open"'],
}

const seqs = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

/** Opens the chapter and starts its ride: the rider's page rides by itself, the customer's follows. */
export async function openRideToBreak(url: string, page: Page): Promise<RideToBreak> {
  await page.goto('/inside')
  // Chapters above grow when they are first looked at, and push this one away.
  await expect(async () => {
    await page.getByTestId('chapter-faults').evaluate((chapter) => chapter.scrollIntoView())
    await expect(page.getByTestId('counts')).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  const read = (name: string, labels = '') => readMetric(url, name, labels)
  const metrics = () =>
    Promise.all(Object.entries(COUNTS).map(async ([id, given]) => [id, await read(...given)] as const))
  const before = new Map(await metrics())
  await page.getByRole('button', { name: 'Start a ride to break' }).click()
  const [rider, customer] = [
    page.frameLocator('[data-testid="phone-rider"]'),
    page.frameLocator('[data-testid="phone-customer"]'),
  ]
  const text = async (testId: string) => Number(await rider.getByTestId(testId).textContent())
  const shown = async () => Number(await customer.getByTestId('track-page').getAttribute('data-seq'))
  await expect.poll(shown, { timeout: 60_000 }).toBeGreaterThanOrEqual(3)
  const counted = async (id: string) =>
    Number(await page.getByTestId(`count-${id}`).getAttribute('data-since'))
  const linkIn = async (phone: string) => {
    const link = (await page.getByTestId(`phone-${phone}`).getAttribute('src')) ?? ''
    return { url: link, token: link.split('#')[1] ?? '' }
  }

  return {
    page,
    rider,
    customer,
    shown,
    counted,
    acknowledged: () => text('counter-acknowledged'),
    waiting: () => text('counter-waiting'),
    async pull(lever) {
      const row = page.getByTestId(`lever-${lever}`)
      await row.getByRole('button', { name: 'Pull' }).click()
      await expect(row).toHaveAttribute('data-pulled', 'true')
    },
    async goesBack(lever) {
      await expect(page.getByTestId(`lever-${lever}`)).toHaveAttribute('data-pulled', 'false', {
        timeout: 60_000,
      })
    },
    async nothingIsLost() {
      // By the keyboard: where to click in a page that is shown smaller is not known to everybody.
      await rider.getByRole('switch', { name: 'Share location' }).press('Space')
      const links = { rider: await linkIn('rider'), customer: await linkIn('customer') }
      const stored = async (link: { url: string; token: string }) =>
        (await historyOf(url, link)).map(({ seq }) => seq)
      // All of it again each time: a point that was being recorded when the sharing ended still comes.
      await expect(async () => {
        await expect(rider.getByTestId('counter-waiting')).toHaveText('0', { timeout: 60_000 })
        const made = await text('counter-acknowledged')
        expect(await stored(links.rider), 'what is stored').toEqual(seqs(made))
        expect(await stored(links.customer), 'what the customer may see').toEqual(seqs(made))
        expect(await shown(), 'what is shown').toBe(made)
        const points = await customer.getByTestId('track-page').getAttribute('data-points')
        expect(Number(points), 'each point once').toBe(made)
      }).toPass({ timeout: 90_000 })
      await expect(page.getByTestId('breaker')).toHaveAttribute('data-state', 'Closed')
      await expect.poll(() => read('rider_live_log_breaker_state', 'state="Closed"')).toBe(1)

      // With nobody on the road the counts rest.
      await page.getByRole('button', { name: 'End the ride' }).click()
      await expect(async () => {
        const shown = await Promise.all(
          [...before.keys()].map(async (id) => [id, await counted(id)] as const),
        )
        const grown = (await metrics()).map(([id, value]) => [id, value - (before.get(id) ?? 0)] as const)
        expect(shown, 'what the page counted').toEqual(grown)
        for (const [id, given] of Object.entries(BREAKER))
          expect(await page.getByTestId(`breaker-${id}`).textContent()).toBe(String(await read(...given)))
      }).toPass({ timeout: 60_000 })
    },
  }
}
