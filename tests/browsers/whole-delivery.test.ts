import { beforeAll, expect, test } from 'vitest'
import { order } from '../e2e/support/order.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { pollUntil } from '../support/poll-until.ts'
import { OTHER_BROWSERS } from './support/browsers.ts'
import { COMES_WITHIN_MS, openWindow, type Window } from './support/window.ts'

let app: RunningApp

beforeAll(async () => {
  app = await startApp({ env: { TILE_URL: 'off', LOG_LEVEL: 'warn' } })
})

const PHONE = { y: 0, width: 480, height: 900 }

/**
 * Notes in the page how much of the way, as the crow flies, lies before the marker on the customer's map: 1 at the store, 0 at
 * the door, null without a marker. From outside a ride of a quarter of a minute may be over before it was looked at four times.
 */
const NOTE_MARKER = `
  const middle = (testId) => {
    const box = document.querySelector('[data-testid="' + testId + '"]')?.getBoundingClientRect()
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const left = () => {
    const [store, home, rider] = ['store-marker', 'home-marker', 'rider-marker'].map(middle)
    if (!store || !home || !rider) return null
    return Math.hypot(rider.x - home.x, rider.y - home.y) / Math.hypot(store.x - home.x, store.y - home.y)
  }
  window.lefts = [left()]
  setInterval(() => {
    const now = left()
    const last = window.lefts.at(-1)
    const moved = now === null || last === null ? now !== last : Math.abs(now - last) >= 0.01
    if (moved) window.lefts.push(now)
  }, 50)`

/** Presses what confirms the end, if the question is still asked. */
const CONFIRM = `
  const button = document.querySelector('dialog[open] button[type="submit"]')
  button?.click()
  return button === null`

for (const { name, missing, open } of OTHER_BROWSERS) {
  if (missing) console.warn(`SKIPPED: ${name} is not here (${missing}); [E2E21] was not tested with it`)
  test.skipIf(missing !== '').concurrent(`[E2E21] ${name} rides and follows a whole delivery`, async () => {
    const { rider: riderLink, customer: customerLink } = await pollUntil(() => order(app.url), {
      withinMs: COMES_WITHIN_MS,
      what: 'an order is taken',
    })
    const driver = await open()
    const rider = await openWindow(driver, app.url + riderLink.url, { ...PHONE, x: 0 })
    await driver.switchTo().newWindow('window')
    const customer = await openWindow(driver, app.url + customerLink.url, { ...PHONE, x: 500 })
    await customer.shows('track-page', { connection: 'connected', status: 'accepted' })
    await rider.shows('rider-page', { status: 'accepted' })
    await customer.run(NOTE_MARKER)
    await rider.press('[data-testid="lab"] summary')
    await choose(rider, '×10')
    await choose(rider, '1 s')
    await rider.press('[data-testid="next-step"]')
    await rider.shows('rider-page', { status: 'picked_up' })
    await customer.shows('track-page', { status: 'picked_up', freshness: 'live' })
    await customer.takePicture(`${name}-customer`)
    await rider.takePicture(`${name}-rider`)

    await customer.shows('track-page', { status: 'arriving' })
    await rider.shows('rider-page', { status: 'arriving', atDoor: 'true' })
    const lefts = () => customer.run<(number | null)[]>('return window.lefts')
    await pollUntil(async () => ((await lefts()).at(-1) ?? 1) < 0.1, {
      withinMs: COMES_WITHIN_MS,
      what: 'the marker is at the door',
    })
    await pollUntil(
      async () => {
        if (await rider.run<boolean>(`return document.querySelector('dialog[open]') !== null`)) return true
        // Something above it may have come or gone under the press.
        await rider.press('[data-testid="next-step"]')
        return false
      },
      { withinMs: COMES_WITHIN_MS, what: 'the question before the end' },
    )
    // The first moment ignores every press: a double tap must not end a ride.
    await pollUntil(() => rider.run<boolean>(CONFIRM), {
      withinMs: COMES_WITHIN_MS,
      what: 'the end is confirmed',
    })
    await rider.shows('rider-page', { status: 'delivered' })
    await customer.shows('track-page', { status: 'delivered' })
    expect(await customer.run(`return document.querySelector('h1').textContent`)).toBe('Delivered. Enjoy!')
    await pollUntil(async () => (await lefts()).at(-1) === null, {
      withinMs: COMES_WITHIN_MS,
      what: 'the marker is gone after the end',
    })
    const [before, ...way] = await lefts()
    way.pop()
    expect(before, 'no rider before the pick-up').toBeNull()
    expect(way[0], 'from the store').toBeGreaterThan(0.7)
    expect(way.length, 'places on the way').toBeGreaterThan(5)
    expect(await rider.complaints()).toEqual([])
    expect(await customer.complaints()).toEqual([])
  })
}

/** Of the radio buttons that look like one control, as a person does: by the words. */
async function choose(rider: Window, words: string): Promise<void> {
  await rider.run(
    `[...document.querySelectorAll('[data-testid="lab"] label')].find((each) => each.textContent === ${JSON.stringify(words)}).click()`,
  )
}
