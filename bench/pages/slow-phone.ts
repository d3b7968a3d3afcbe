import type { Browser, Page } from '@playwright/test'
import { inEmptyPage, SLOW_PHONE, slowedDown } from '../support/open-browser.ts'

export type Smoothness = {
  framesPerSecond: number
  /** Of the frames that a screen of 60 Hz had asked for, in %. */
  droppedPercent: number
  /** Over 50 ms, as browsers count them. */
  longTasks: number
  longestTaskMs: number
  /** Of the page's main thread, a second of the measurement, on this machine's processor at its own pace. */
  busyMsPerSecond: number
}

/** The customer's page on a phone of the middle class, once the rider is on its map, and an empty page beside it. */
export async function measureSmoothness(
  browser: Browser,
  link: string,
  seconds: number,
): Promise<{ ours: Smoothness; empty: Smoothness }> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  })
  const empty = await inEmptyPage(context, SLOW_PHONE, (page) => watch(page, seconds / 4))
  const page = await context.newPage()
  await page.goto(link)
  await page.getByTestId('rider-marker').waitFor()
  // The ground is drawn, and what is kept for later has been fetched.
  await page.waitForTimeout(6_000)
  const ours = await slowedDown(page, SLOW_PHONE, () => watch(page, seconds))
  await context.close()
  return { ours, empty }
}

async function watch(page: Page, seconds: number): Promise<Smoothness> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busyS = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await busyS()
  const seen = await page.evaluate<Omit<Smoothness, 'busyMsPerSecond'>>(watching(seconds))
  const busyMsPerSecond = (((await busyS()) - before) * 1_000) / seconds
  await session.detach()
  return { ...seen, busyMsPerSecond }
}

/** As text: what tsx makes of a function has names that a page does not know. */
const watching = (seconds: number) => `new Promise((resolve) => {
  const tasks = []
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  })
  observer.observe({ type: 'longtask' })
  let frames = 0
  let dropped = 0
  let lastMs = null
  const startedMs = performance.now()
  requestAnimationFrame(function onFrame(nowMs) {
    if (lastMs !== null) dropped += Math.max(0, Math.round((nowMs - lastMs) / (1000 / 60)) - 1)
    lastMs = nowMs
    frames += 1
    if (nowMs - startedMs < ${seconds * 1_000}) return requestAnimationFrame(onFrame)
    observer.disconnect()
    resolve({
      framesPerSecond: (frames * 1000) / (nowMs - startedMs),
      droppedPercent: (100 * dropped) / (frames + dropped),
      longTasks: tasks.length,
      longestTaskMs: Math.max(0, ...tasks),
    })
  })
})`
