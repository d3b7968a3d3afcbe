import { inEmptyPage, openBrowser, slowedDown } from '../support/open-browser.ts'

export type Seen = {
  framesPerSecond: number
  /** From the server's receipt of a point to the frame with its row, ms. */
  delaysMs: number[]
}
export type BoardPage = {
  /** What a user sees in so long, with a processor that is `slower` times as slow. */
  watch(seconds: number, slower: number): Promise<Seen>
  /** Frames a second of an empty page of the same browser: what this machine has to give at this moment. */
  emptyPage(seconds: number, slower: number): Promise<number>
  close(): Promise<void>
}

/** The board in a real browser, once it shows so many deliveries. */
export async function openBoardPage(url: string, deliveries: number): Promise<BoardPage> {
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(`${url}/dispatch`)
  await page.locator(`[data-testid=board][data-connection=connected][data-count="${deliveries}"]`).waitFor()
  await page.locator('.fleet-canvas').waitFor({ state: 'attached' })

  return {
    watch: (seconds, slower) => slowedDown(page, slower, () => page.evaluate(watching(seconds))),
    async emptyPage(seconds, slower) {
      const { framesPerSecond } = await inEmptyPage(context, slower, (empty) =>
        empty.evaluate<Seen>(watching(seconds)),
      )
      return framesPerSecond
    },
    close: () => browser.close(),
  }
}

/** As text: what tsx makes of a function has names that a page does not know. */
const watching = (seconds: number) => `new Promise((resolve) => {
  const delaysMs = []
  const list = document.querySelector('[data-testid=board-list]')
  const observer = new MutationObserver((changes) => {
    const times = changes.map(({ target }) => Number(target.dataset.receivedAt)).filter(Boolean)
    // After the frame that shows it.
    requestAnimationFrame(() => setTimeout(() => {
      for (const atMs of times) delaysMs.push(Date.now() - atMs)
    }))
  })
  if (list) observer.observe(list, { subtree: true, attributeFilter: ['data-received-at'] })
  let frames = 0
  const startedMs = performance.now()
  requestAnimationFrame(function onFrame(nowMs) {
    frames += 1
    if (nowMs - startedMs < ${seconds * 1_000}) return requestAnimationFrame(onFrame)
    observer.disconnect()
    resolve({ framesPerSecond: (frames * 1000) / (nowMs - startedMs), delaysMs })
  })
})`
