import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../../scripts/setup/find-browser.mjs'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'

/** On a machine that is busy with other tests. */
const COMES_WITHIN_MS = 120_000
const NEW_POINTS = 3

export type CustomerPage = {
  /** Where it has asked for a socket, in order. */
  sockets: string[]
  /** What the page threw, and what the browser or the page printed as an error: a policy's refusal, too. */
  complaints: string[]
  /** Waits until the page is connected, shows the rider live, and has got new points since. */
  isLive(): Promise<void>
}

/** Why no page can be opened here; undefined when one can. */
export const whyNoBrowser = () => (browserPath() ? undefined : 'No Chromium was found')

const browserPath = () => findBrowser(chromium.executablePath())

/** A customer's link, opened in a real browser. */
export async function openCustomerPage(link: string): Promise<CustomerPage> {
  const browser = await chromium.launch({
    executablePath: browserPath() as string,
    args: ['--disable-dev-shm-usage', '--disable-gpu'],
  })
  atEnd(() => browser.close())
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
  const page = await context.newPage()
  const sockets: string[] = []
  const complaints: string[] = []
  page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname))
  page.on('pageerror', (error) => complaints.push(String(error.stack)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
  })
  await page.goto(link)
  return { sockets, complaints, isLive: () => isLive(page) }
}

async function isLive(page: Page): Promise<void> {
  const root = page.getByTestId('track-page')
  const read = async () => ({
    connection: await root.getAttribute('data-connection', { timeout: 5_000 }),
    freshness: await root.getAttribute('data-freshness'),
    seq: Number(await root.getAttribute('data-seq')),
  })
  let seen = await read().catch(() => null)
  const from = seen?.seq ?? 0
  await pollUntil(
    async () => {
      seen = await read()
      return seen.connection === 'connected' && seen.freshness === 'live' && seen.seq >= from + NEW_POINTS
    },
    { withinMs: COMES_WITHIN_MS, what: 'the page shows the rider live' },
  ).catch((cause: unknown) => {
    throw new Error(`The page showed ${JSON.stringify(seen)}, from point ${from} on`, { cause })
  })
}
