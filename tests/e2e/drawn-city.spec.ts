import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer } from './support/people.ts'

/** How many colours the drawn ground has, at the size of a stamp. */
const coloursOf = (page: Page) =>
  page.locator('.leaflet-tile-pane canvas').evaluateAll((tiles) => {
    const stamp = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const colours = new Set<number>()
    for (const tile of tiles as HTMLCanvasElement[]) {
      stamp?.drawImage(tile, 0, 0, 64, 64)
      const { data } = stamp?.getImageData(0, 0, 64, 64) ?? { data: new Uint8ClampedArray() }
      for (const pixel of new Uint32Array(data.buffer)) colours.add(pixel)
    }
    return colours.size
  })

test('[MAP16] the drawn city is there, by a worker, and by the page where no worker can be had', async ({
  newPerson,
  app,
}) => {
  const { customer } = await dispatch(app.url).createDelivery('bibimbap')
  const page = await newPerson({ seesTiles: true })
  await openCustomer(page, customer.url)
  await expect.poll(() => coloursOf(page), { timeout: 30_000 }).toBeGreaterThan(20)
  expect(page.workers()).toHaveLength(1)

  const without = await newPerson({ seesTiles: true, expects: /net::ERR_FAILED/ })
  await without.route('**/turbopack-worker-*', (route) => route.abort())
  await openCustomer(without, customer.url)
  await expect.poll(() => coloursOf(without), { timeout: 30_000 }).toBeGreaterThan(20)
  expect(without.workers()).toHaveLength(0)
})
