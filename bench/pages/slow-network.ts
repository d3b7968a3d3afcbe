import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { pollUntil } from '../../tests/support/poll-until.ts'

/** "Slow 3G" as WebPageTest defines it: 400 kbit/s each way, 400 ms there and back. */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const WITHIN_MS = 60_000
const LOOK_AGAIN_MS = 200

export type Opening = { statusMs: number; rangeMs: number; markerMs: number }

/** From the tap on the link to the first frame with each of them, by a browser that has nothing of the page yet. */
export async function measureOpening(browser: Browser, link: string): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true })
  const page = await context.newPage()
  await page.addInitScript(noting)
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_3G)
  await page.goto(link, { waitUntil: 'commit' })
  const seen = await pollUntil(
    async () => {
      await delay(LOOK_AGAIN_MS)
      const { statusMs, rangeMs, markerMs } = await page.evaluate<Partial<Opening>>('window.seenAtMs')
      return statusMs && rangeMs && markerMs ? { statusMs, rangeMs, markerMs } : null
    },
    { withinMs: WITHIN_MS, what: 'status, range and marker on the screen' },
  )
  await context.close()
  return seen
}

/** As text: what tsx makes of a function has names that a page does not know. */
const noting = `(() => {
  const wanted = {
    statusMs: 'h1',
    rangeMs: '[data-testid=eta], [data-testid=first-range]',
    markerMs: '[data-testid=rider-marker]',
  }
  window.seenAtMs = {}
  const look = () => {
    for (const [name, selector] of Object.entries(wanted)) {
      const element = document.querySelector(selector)
      if (name in window.seenAtMs || !element || element.getClientRects().length === 0) continue
      window.seenAtMs[name] = NaN
      // After the frame that shows it.
      requestAnimationFrame(() => setTimeout(() => { window.seenAtMs[name] = performance.now() }))
    }
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
})()`
