import type { Page } from '@playwright/test'
import { openBrowser, SLOW_PHONE, slowedDown } from '../support/open-browser.ts'

export type WatchedBy = { name: string; input: unknown }
export type VisitorPage = {
  chapters: string[]
  /** Scrolls there, and resolves once it is looked at. */
  lookAt(chapter: string): Promise<void>
  /** Frames a second over so long, with the processor slowed down. */
  framesPerSecond(seconds: number): Promise<number>
  /** What the page watches at the moment. */
  watching(): WatchedBy[]
  close(): Promise<void>
}

/** The page /inside in a real browser. */
export async function openVisitorPage(url: string): Promise<VisitorPage> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const watching = noteWatches(page)
  await page.goto(`${url}/inside`)
  await page.locator('[data-testid=inside-page][data-connection=connected]').waitFor()
  const chapters = await page
    .locator('[data-testid^=chapter-]')
    .evaluateAll((sections) => sections.map(({ id }) => id))
  return {
    chapters,
    async lookAt(chapter) {
      await page.locator(`#${chapter}`).evaluate((section) => section.scrollIntoView({ block: 'start' }))
      await page.locator(`#${chapter}[data-active=true]`).waitFor()
    },
    framesPerSecond: (seconds) => slowedDown(page, SLOW_PHONE, () => countFrames(page, seconds)),
    watching: () => [...watching.values()],
    close: () => browser.close(),
  }
}

/** From the frames of the socket: what a stock client has to ask for to see the same. */
function noteWatches(page: Page): Map<string, WatchedBy> {
  const watching = new Map<string, WatchedBy>()
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const words = /^42\/inside,\d*(\[.*\])$/s.exec(String(payload))?.[1]
      if (!words) return
      const [kind, watchId, name, input] = JSON.parse(words) as [string, string, string, unknown]
      if (kind === 'watch') watching.set(watchId, { name, input })
      if (kind === 'unwatch') watching.delete(watchId)
    })
  })
  return watching
}

/** As text: what tsx makes of a function has names that a page does not know. */
const countFrames = (page: Page, seconds: number): Promise<number> =>
  page.evaluate(`new Promise((resolve) => {
    let frames = 0
    const startedMs = performance.now()
    requestAnimationFrame(function onFrame(nowMs) {
      frames += 1
      if (nowMs - startedMs < ${seconds * 1_000}) requestAnimationFrame(onFrame)
      else resolve((frames * 1000) / (nowMs - startedMs))
    })
  })`)
