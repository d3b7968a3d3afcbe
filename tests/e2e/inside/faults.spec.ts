import { readMetric } from '../../support/read-metric.ts'
import { openRideToBreak, type RideToBreak } from '../support/break-ride.ts'
import { expect, test } from '../support/fixtures.ts'
import { recordMarker } from '../support/marker-recorder.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'

/** All of the chapter at once. */
const DESKTOP = { width: 1280, height: 1500 }
/** What is broken on purpose; Chromium prints every answer from 400 on, and every request without one. */
const BROKEN = {
  viewport: DESKTOP,
  expects:
    /^Failed to load resource: (.* (503|401) |net::ERR_(EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED))/,
}

/** What these levers do, integration tests show as well; the page with its ride is looked at under the other levers. */
const AGAIN = { tag: '@again' }

test.beforeEach(() => {
  test.setTimeout(400_000)
})

test('[LEVER6] [LEVER13] the broker stopped: the breaker opens, the rider keeps the points, and all of them come', async ({
  app,
  newPerson,
}) => {
  const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
  test.skip(
    await ride.page.getByTestId('lever-broker').getByRole('button', { name: 'Pull' }).isDisabled(),
    'the broker is not the app’s own here',
  )
  const refusedBefore = await ride.counted('posts-503')
  await ride.pull('broker')
  await breakerOpens(ride, app.url)
  await expect(ride.rider.getByTestId('sending-notice')).toContainText('The server takes no positions')
  await takeChapterScreenshot(ride.page, 'faults')
  await expect.poll(ride.waiting).toBeGreaterThanOrEqual(3)
  await expect.poll(() => ride.counted('posts-503')).toBeGreaterThan(refusedBefore)
  await ride.goesBack('broker')
  await expect(ride.page.getByTestId('breaker')).toHaveAttribute('data-state', 'Closed', { timeout: 60_000 })
  await expect(ride.rider.getByTestId('sending-notice')).toBeHidden({ timeout: 60_000 })
  await ride.nothingIsLost()
})

test('[LEVER7] the way to the broker slow: the breaker opens, what was given up is in the log all the same, and shown once', async ({
  app,
  newPerson,
}) => {
  const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
  await ride.page.getByLabel('Delay').selectOption('1500 ms')
  await ride.pull('slow')
  await breakerOpens(ride, app.url)
  await ride.goesBack('slow')
  await expect.poll(() => ride.counted('repeated-history'), { timeout: 30_000 }).toBeGreaterThan(0)
  await ride.nothingIsLost()
})

test('[LEVER14] S5: what everyone feels rests after it was pulled; the page says for how long, and lets one pull again', async ({
  newPerson,
}) => {
  const page = await newPerson({ viewport: DESKTOP })
  await page.goto('/inside')
  await page.getByTestId('chapter-faults').evaluate((chapter) => chapter.scrollIntoView())
  const [slow, consumer] = [page.getByTestId('lever-slow'), page.getByTestId('lever-consumer')]
  // Those before this one may have pulled as well.
  await slow.getByRole('button', { name: 'Pull' }).click({ timeout: 60_000 })
  await expect(consumer).toContainText('everyone feels it: one at a time')
  await slow.getByRole('button', { name: 'Undo' }).click()
  for (const lever of [slow, consumer]) {
    await expect(lever).toContainText(/everyone feels it, so it rests: \d s/)
    await expect(lever.getByRole('button', { name: 'Pull' })).toBeDisabled()
  }
  await expect(consumer.getByRole('button', { name: 'Pull' })).toBeEnabled({ timeout: 30_000 })
})

test(
  '[LEVER8] the push consumer killed: the customer waits, and gets what was missed',
  AGAIN,
  async ({ app, newPerson }) => {
    const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
    await ride.pull('consumer')
    await expect
      .poll(async () => (await ride.acknowledged()) - (await ride.shown()))
      .toBeGreaterThanOrEqual(5)
    await ride.goesBack('consumer')
    await expect
      .poll(async () => (await ride.acknowledged()) - (await ride.shown()), { timeout: 60_000 })
      .toBeLessThanOrEqual(2)
    await ride.nothingIsLost()
  },
)

test(
  '[LEVER9] each record twice: both groups leave out the second, and the customer has each once',
  AGAIN,
  async ({ app, newPerson }) => {
    const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
    await ride.pull('duplicate')
    for (const group of ['push', 'history'])
      await expect.poll(() => ride.counted(`repeated-${group}`)).toBeGreaterThanOrEqual(5)
    await ride.goesBack('duplicate')
    await ride.nothingIsLost()
  },
)

test(
  '[LEVER10] points in swapped pairs: counted late, and the marker never goes back',
  AGAIN,
  async ({ app, newPerson }) => {
    const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
    const frame = ride.page.frames().find((each) => each.url().includes('/track/'))
    if (!frame) throw new Error('the customer’s page is not there')
    const marker = await recordMarker(frame)
    await ride.pull('reorder')
    // A pair takes about three of the lever's twelve seconds, and more on a busy machine.
    await expect.poll(() => ride.counted('late')).toBeGreaterThanOrEqual(2)
    await ride.goesBack('reorder')
    const drawn = (await marker.read()).map(({ seq }) => seq)
    expect(drawn.length).toBeGreaterThan(3)
    expect(drawn, 'the marker’s points, in order').toEqual(drawn.toSorted((a, b) => a - b))
    await ride.nothingIsLost()
  },
)

test(
  '[LEVER11] the rider without network: the page says so, keeps the points, and sends them later',
  AGAIN,
  async ({ app, newPerson }) => {
    const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
    await ride.pull('network')
    await expect(ride.rider.getByTestId('sending-notice')).toContainText('The server cannot be reached')
    await expect.poll(ride.waiting, { intervals: [100] }).toBeGreaterThanOrEqual(3)
    // Before it goes back by itself, 12 s after it was pulled.
    await ride.page.getByTestId('lever-network').getByRole('button', { name: 'Undo' }).click()
    await ride.goesBack('network')
    await expect.poll(() => ride.counted('posts-499')).toBeGreaterThan(0)
    await expect(ride.rider.getByTestId('sending-notice')).toBeHidden({ timeout: 60_000 })
    await ride.nothingIsLost()
  },
)

test(
  '[LEVER12] the customer’s link expires: its page says so, and a new link opens',
  AGAIN,
  async ({ app, newPerson }) => {
    const ride = await openRideToBreak(app.url, await newPerson(BROKEN))
    await ride.pull('token')
    await expect(ride.customer.getByTestId('track-page')).toHaveAttribute('data-connection', 'connected')
    await expect(ride.customer.getByRole('heading', { name: 'This link has expired' })).toBeVisible({
      timeout: 60_000,
    })
    await ride.page.getByRole('button', { name: 'New link' }).click()
    await expect(ride.customer.getByTestId('track-page')).toHaveAttribute('data-connection', 'connected')
    await ride.nothingIsLost()
  },
)

/** It has opened, and the page says of it what the metrics say; on a busy machine it may be closed again by now. */
async function breakerOpens({ page }: RideToBreak, url: string): Promise<void> {
  const breaker = page.getByTestId('breaker')
  await expect(breaker.locator('[data-arrow="Closed Open"]')).not.toHaveAttribute('data-times', '0')
  await expect(async () => {
    const state = await breaker.getAttribute('data-state')
    expect(await readMetric(url, 'rider_live_log_breaker_state', `state="${state}"`)).toBe(1)
  }).toPass({ timeout: 30_000, intervals: [100] })
}
