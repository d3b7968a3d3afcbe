import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Points come every few seconds; the rest is for a machine that is busy. */
const COMES_WITHIN_MS = 60_000

export type RiderPage = {
  page: Page
  root: Locator
  /** Picks the order up, if that is still to be done, and rides. */
  start(): Promise<void>
  choose(settings: { speed?: 1 | 2 | 5 | 10; everyS?: 1 | 2 | 5 }): Promise<void>
  acknowledged(): Promise<number>
  /** Presses the button that ends the ride, and answers the question that it asks. */
  end(button: 'At the door: hand it over' | 'Delivered' | 'Cancel'): Promise<void>
}

export async function openRider(page: Page, link: string): Promise<RiderPage> {
  await page.goto(link)
  const root = page.getByTestId('rider-page')
  await expect(root).toBeVisible()
  await openLab(page)
  const pick = (group: string, option: string) =>
    page.getByRole('group', { name: group }).getByText(option, { exact: true }).click()
  return {
    page,
    root,
    start: () => page.getByRole('button', { name: /^(Start|Continue) ride$/ }).click(),
    async choose({ speed, everyS }) {
      if (speed) await pick('Speed', `×${speed}`)
      if (everyS) await pick('Report every', `${everyS} s`)
    },
    async end(button) {
      await page.getByRole('button', { name: button, exact: true }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Yes, / })
        .click()
    },
    acknowledged: async () => Number(await page.getByTestId('counter-acknowledged').textContent()),
  }
}

/** Unfolds the simulator's settings, the counters and the list of requests; a reload leaves them so. */
async function openLab(rider: Page): Promise<void> {
  const lab = rider.getByTestId('lab')
  if ((await lab.getAttribute('open')) !== null) return
  await lab.locator('summary').click()
  await expect(lab).toHaveAttribute('open')
}

/** Holds the button until what it does is to be seen, however slow the machine. */
export async function hold(button: Locator, until: () => Promise<void>): Promise<void> {
  const { mouse } = button.page()
  await button.hover()
  await mouse.down()
  await until()
  await mouse.up()
}

export type CustomerPage = {
  page: Page
  root: Locator
  marker: Locator
  /** The seq of the newest point on the map; 0 for none. */
  seq(): Promise<number>
  /** Waits until the page has seen `count` more points than now. */
  receives(count: number): Promise<void>
  zoomIn(levels: number): Promise<void>
}

export async function openCustomer(page: Page, link: string): Promise<CustomerPage> {
  await page.goto(link)
  const root = page.getByTestId('track-page')
  await expect(root).toHaveAttribute('data-connection', 'connected')
  await expect(page.getByTestId('home-marker')).toBeAttached()
  const seq = async () => Number(await root.getAttribute('data-seq'))
  return {
    page,
    root,
    marker: page.getByTestId('rider-marker'),
    seq,
    async receives(count) {
      const from = await seq()
      await expect.poll(seq, { timeout: COMES_WITHIN_MS }).toBeGreaterThanOrEqual(from + count)
    },
    async zoomIn(levels) {
      for (let level = 0; level < levels; level++) {
        await page.getByRole('button', { name: 'Zoom in' }).click()
        await expect(page.locator('.leaflet-zoom-anim')).toHaveCount(0)
      }
    },
  }
}
