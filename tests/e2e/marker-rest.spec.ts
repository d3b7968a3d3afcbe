import type { Page } from '@playwright/test'
import { seededRandom } from '#demo-city/random.ts'
import { turnDeg } from '../../app/_map/glide.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer } from './support/people.ts'

const M_PER_DEG = 111_195

/** Each position of the marker on the screen, and each way it looked, from now on. */
async function recordTransforms(page: Page) {
  await page.evaluate(() => {
    const seen: { x: number; headingDeg: number }[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => {
      const marker = document.querySelector<HTMLElement>('[data-testid="rider-marker"]')
      const move = marker?.closest<HTMLElement>('.leaflet-marker-icon')?.style.transform ?? ''
      const turn = marker?.querySelector<HTMLElement>('.rider-turn')?.style.transform ?? ''
      const [x, headingDeg] = [/-?[\d.]+(?=px)/.exec(move)?.[0], /-?[\d.]+(?=deg)/.exec(turn)?.[0]]
      if (x !== undefined && headingDeg !== undefined)
        seen.push({ x: Number(x), headingDeg: Number(headingDeg) })
    }).observe(document.body, { attributes: true, attributeFilter: ['style'], subtree: true })
  })
  return () => page.evaluate(() => (window as unknown as { seen: { x: number; headingDeg: number }[] }).seen)
}

test('[GLIDE7] R13: the marker of a rider who stands does not turn', async ({ app, newPerson }) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery()
  const { lat, lng } = created.delivery.store
  const lngScale = Math.cos((lat * Math.PI) / 180)
  const random = seededRandom('a rider who waits')
  /** Off the route, and up to 6 m off. */
  const standing = () => {
    const [offM, angle] = [6 * random(), 2 * Math.PI * random()]
    return {
      lat: lat + (150 + offM * Math.cos(angle)) / M_PER_DEG,
      lng: lng + (150 + offM * Math.sin(angle)) / M_PER_DEG / lngScale,
      accuracyM: 12,
      speedMps: 0,
      headingDeg: 360 * random(),
    }
  }
  await http.pickUp(created)
  await http.report(created, 1, standing())
  const customer = await openCustomer(await newPerson({ seesMotion: true }), created.customer.url)
  await expect(customer.marker).toBeAttached()
  const seen = await recordTransforms(customer.page)
  for (let seq = 2; seq <= 16; seq++) {
    await http.report(created, seq, standing())
    await expect(customer.root).toHaveAttribute('data-seq', String(seq))
  }
  await expect.poll(async () => (await seen()).length).toBeGreaterThan(15)
  const turns = (await seen()).map(({ headingDeg }) => headingDeg)
  const turnedDeg = turns
    .slice(1)
    .reduce((sum, each, index) => sum + Math.abs(turnDeg(turns[index] ?? each, each)), 0)
  expect(turnedDeg, 'degrees of turning').toBe(0)
})

test('[GLIDE8] R15: the marker and its trail go over the date line, not round the globe', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery()
  await http.pickUp(created)
  const at = (lng: number) => ({ lat: 37.5, lng })
  await http.report(created, 1, at(179.999))
  const customer = await openCustomer(await newPerson({ seesMotion: true }), created.customer.url)
  await expect(customer.marker).toBeAttached()
  const seen = await recordTransforms(customer.page)
  const lngs = [179.9995, -179.9995, -179.999]
  for (const [index, lng] of lngs.entries()) {
    await http.report(created, index + 2, at(lng))
    await expect(customer.root).toHaveAttribute('data-seq', String(index + 2))
    const before = (await seen()).length
    await expect.poll(async () => (await seen()).length, 'movements').toBeGreaterThan(before + 5)
  }
  // Once round the globe is at least 512 px, at any zoom that a window like this one can show.
  const xs = (await seen()).map(({ x }) => x)
  const steps = xs.slice(1).map((x, index) => Math.abs(x - (xs[index] ?? x)))
  expect(Math.max(...steps), `widest step in px of ${xs.join(' ')}`).toBeLessThan(50)
  const widths = await customer.page
    .locator('.line-trail')
    .evaluateAll((lines) => lines.map((line) => (line as SVGPathElement).getBBox().width))
  expect(widths.length).toBeGreaterThan(0)
  expect(Math.max(...widths), 'width of the trail in px').toBeLessThan(50)
})
