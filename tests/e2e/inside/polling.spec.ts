import type { Page, Request } from '@playwright/test'
import type { CreateDeliveryAnswer } from '../../../contracts/http.ts'
import { readMetric } from '../../support/read-metric.ts'
import { dispatch } from '../support/dispatch.ts'
import { expect, test } from '../support/fixtures.ts'
import { lookAtChapter } from '../support/look-at-chapter.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'
import { type WatchedFrame, watchSockets } from '../support/watch-sockets.ts'

/** What Resource Timing says of the headers of any answer. */
const HEADERS_BYTES = 300
const WINDOW = { width: 1280, height: 1460 }

/** What the chapter says, as it is read. */
function chapterOf(page: Page) {
  const section = page.getByTestId('chapter-polling')
  const side = (id: 'polled' | 'pushed') => section.getByTestId(id)
  const figure = async (id: 'polled' | 'pushed', name: string) =>
    Number(await side(id).getByTestId(name).getAttribute('data-value'))
  const count = async (id: 'polled' | 'pushed', words: RegExp) =>
    Number(words.exec(await side(id).getByTestId('detail').innerText())?.[1])
  return {
    side,
    figure,
    withBody: () => count('polled', /^(\d+) answered with a body/),
    unchanged: () => count('polled', /(\d+) with 304/),
    messages: () => count('pushed', /then (\d+) messages/),
    ask: (option: string) =>
      page.getByRole('group', { name: 'Ask every' }).getByText(option, { exact: true }).click(),
    async look() {
      await page.setViewportSize(WINDOW)
      await lookAtChapter(section)
    },
    /** To a window so low that no chapter is in its middle. Then everything stands still, and can be compared. */
    async lookAway() {
      await page.setViewportSize({ ...WINDOW, height: 300 })
      await page.evaluate(() => window.scrollTo(0, 0))
      await expect(section).toHaveAttribute('data-active', 'false')
    },
  }
}

/** Every question for the location that a page asked, and how many of them have been answered. */
function watchPolls(page: Page) {
  let polls: Request[] = []
  const finished = new Set<Request>()
  const isPoll = (request: Request) => request.url().endsWith('/location')
  page.on('request', (request) => isPoll(request) && polls.push(request))
  page.on('requestfinished', (request) => {
    if (isPoll(request)) finished.add(request)
  })
  return {
    all: () => polls,
    settled: () => expect.poll(() => polls.filter((request) => !finished.has(request)).length).toBe(0),
    forget() {
      polls = []
    },
  }
}

/** No other path of the API answers 304. */
const served304 = (url: string) =>
  readMetric(url, 'rider_live_http_request_duration_seconds_count', 'path="/api",method="GET",status="304"')

/** What the server sent on a customer's socket until the page said goodbye. */
function receivedOn(socket: readonly WatchedFrame[]): WatchedFrame[] {
  const goodbye = socket.findIndex(({ from, text }) => from === 'page' && text === '41/tracking,')
  return socket.slice(0, goodbye === -1 ? undefined : goodbye).filter(({ from }) => from === 'server')
}

test('[POLL1] [POLL3] requests, messages, bytes and ages are those of the network', async ({ newPerson }) => {
  const page = await newPerson({ viewport: WINDOW })
  const sockets = await watchSockets(page)
  const polls = watchPolls(page)
  const chapter = chapterOf(page)
  await page.goto('/inside')
  await page.getByRole('button', { name: 'Start a ride' }).click()
  await chapter.look()
  await expect(chapter.side('pushed')).not.toHaveAttribute('data-seq', '0')
  await chapter.ask('5 s')
  await chapter.lookAway()
  await polls.settled()

  // Looked at again, both sides count from zero.
  polls.forget()
  const socketsBefore = sockets.length
  await chapter.look()
  await expect.poll(() => chapter.figure('polled', 'requests'), { timeout: 60_000 }).toBeGreaterThanOrEqual(4)
  await takeChapterScreenshot(page, 'polling')
  await chapter.lookAway()
  await polls.settled()

  // The page says so a moment after the network did.
  await expect.poll(() => chapter.figure('polled', 'requests')).toBe(polls.all().length)
  const responses = await Promise.all(polls.all().map((request) => request.response()))
  const statuses = responses.map((response) => response?.status())
  await expect
    .poll(async () => [await chapter.withBody(), await chapter.unchanged()])
    .toEqual([200, 304].map((wanted) => statuses.filter((status) => status === wanted).length))
  const bodies = await Promise.all(responses.map(async (response) => (await response?.body())?.length ?? 0))
  await expect
    .poll(() => chapter.figure('polled', 'bytes'))
    .toBe(bodies.reduce((sum, size) => sum + size + HEADERS_BYTES, 0))

  const tracking = sockets
    .slice(socketsBefore)
    .filter((frames) => frames.some(({ text }) => text.startsWith('40/tracking,')))
  expect(await chapter.figure('pushed', 'requests')).toBe(tracking.length)
  const received = tracking.flatMap(receivedOn)
  await expect.poll(() => chapter.messages()).toBe(received.length)
  await expect
    .poll(() => chapter.figure('pushed', 'bytes'))
    .toBe(received.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0))

  // Reported each second, asked for every five.
  const [polledWorst, pushedWorst] = [
    await chapter.figure('polled', 'worst-age'),
    await chapter.figure('pushed', 'worst-age'),
  ]
  expect(polledWorst).toBeGreaterThan(4_500)
  expect(pushedWorst).toBeLessThan(polledWorst)
  expect(await chapter.figure('pushed', 'mean-age')).toBeLessThan(await chapter.figure('polled', 'mean-age'))
  // The page notes a location when it is drawn, a busy machine some time after it came; asked for, it is 5 s old.
  expect(Math.abs(pushedWorst - worstAgeMs(received, goodbyeAtMs(tracking)))).toBeLessThan(2_000)
})

/** When the page let go of what it was pushed. */
function goodbyeAtMs(sockets: readonly WatchedFrame[][]): number {
  const goodbyes = sockets.flat().filter(({ from, text }) => from === 'page' && text === '41/tracking,')
  return Math.max(...goodbyes.map(({ atMs }) => atMs))
}

/** By the frames alone: each location is shown until the next one comes, the last one until the end. */
function worstAgeMs(frames: readonly WatchedFrame[], endedAtMs: number): number {
  const shown = frames.flatMap(({ text, atMs }) => {
    const recordedAtMs = Number(/"recordedAtMs":(\d+)/.exec(text)?.[1])
    return Number.isNaN(recordedAtMs) ? [] : [{ recordedAtMs, atMs }]
  })
  return Math.max(
    ...shown.map(({ recordedAtMs }, index) => (shown[index + 1]?.atMs ?? endedAtMs) - recordedAtMs),
  )
}

test('[POLL2] [POLL4] a rider who stands still is answered 304; at the end both sides stop and say so', async ({
  app,
  newPerson,
}) => {
  const standing = await standingRider(app.url)
  const page = await newPerson({ viewport: WINDOW })
  const polls = watchPolls(page)
  const chapter = chapterOf(page)
  await page.goto('/inside')
  await page.getByTestId('delivery-bar').getByRole('combobox').selectOption(standing.delivery.id)
  await chapter.look()
  await chapter.ask('1 s')
  await chapter.lookAway()
  await polls.settled()

  const servedBefore = await served304(app.url)
  await chapter.look()
  await expect.poll(() => chapter.unchanged()).toBeGreaterThanOrEqual(3)
  await chapter.lookAway()
  await polls.settled()
  await expect
    .poll(async () => (await chapter.unchanged()) - ((await served304(app.url)) - servedBefore))
    .toBe(0)
  expect(await chapter.withBody()).toBe(1)

  await chapter.look()
  await page.getByRole('switch', { name: 'With ETag' }).click()
  await expect.poll(() => chapter.withBody()).toBeGreaterThanOrEqual(3)
  expect(await chapter.unchanged()).toBe(0)

  await dispatch(app.url).deliver(standing)
  for (const side of ['polled', 'pushed'] as const) {
    await expect(chapter.side(side)).toHaveAttribute('data-ended', 'true')
    await expect(chapter.side(side).getByText('The ride has ended')).toBeVisible()
    await expect(chapter.side(side).getByTestId('rider-marker')).toHaveCount(0)
  }
  await polls.settled()
  const asked = polls.all().length
  await page.getByRole('button', { name: /Start a ride|Another ride/ }).click()
  await expect(chapter.side('pushed')).not.toHaveAttribute('data-seq', '0')
  expect(polls.all().filter((request) => request.url().includes(standing.delivery.id))).toHaveLength(asked)
})

test('[POLL6] a ride started after the end of another is followed, also when the list knows it before the answer comes', async ({
  app,
  newPerson,
}) => {
  const standing = await standingRider(app.url)
  const page = await newPerson({ viewport: WINDOW })
  const chapter = chapterOf(page)
  await page.goto('/inside')
  const bar = page.getByTestId('delivery-bar')
  await bar.getByRole('combobox').selectOption(standing.delivery.id)
  await chapter.look()
  await expect(chapter.side('pushed')).toHaveAttribute('data-seq', '1')
  await dispatch(app.url).deliver(standing)
  await expect(chapter.side('pushed')).toHaveAttribute('data-ended', 'true')

  await page.route('**/api/deliveries', async (route) => {
    const response = await route.fetch()
    const { delivery }: CreateDeliveryAnswer = await response.json()
    await expect(bar.locator(`option[value="${delivery.id}"]`)).toBeAttached()
    await expect(bar.locator(`option[value="${standing.delivery.id}"]`)).not.toBeAttached()
    await route.fulfill({ response })
  })
  await bar.getByRole('button', { name: 'Start a ride' }).click()
  await expect(chapter.side('pushed')).toHaveAttribute('data-ended', 'false')
  await expect(chapter.side('pushed')).not.toHaveAttribute('data-seq', '0')
})

/** Picked up, seen once, and not moving. */
async function standingRider(url: string): Promise<CreateDeliveryAnswer> {
  const http = dispatch(url)
  const created = await http.createDelivery()
  await http.pickUp(created)
  await http.report(created, 1)
  return created
}
