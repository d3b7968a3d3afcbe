import { setTimeout as delay } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { startApp } from '../tests/support/app.ts'
import { runTeardowns } from '../tests/support/at-end.ts'
import { startCrowd } from './inside/crowd.ts'
import { openVisitorPage, type WatchedBy } from './inside/visitor-page.ts'
import { readCounts } from './support/counts.ts'
import { cpuSecondsOf } from './support/cpu.ts'
import { median, percentile } from './support/percentile.ts'
import { table } from './support/table.ts'

/**
 * What it costs to look inside, chapter by chapter, each beside the same server with nobody looking, in turns:
 * processor time of the server, the way of a point to its customer, and the frames of the page on a slow phone.
 * `npm run bench -- inside [--seconds 10] [--rounds 2] [--deliveries 50]`
 */
const { seconds, rounds, deliveries } = readCounts({ seconds: 10, rounds: 2, deliveries: 50 })

type Figures = { cpu: number[]; p99Ms: number[] }
type Cost = { quiet: Figures; watched: Figures; fps: number; watches: number }

try {
  const app = await startApp({
    env: { RATE_LIMIT_TOKEN: '1000', RATE_LIMIT_ADDRESS: '10000', TILE_URL: 'off', LOG_LEVEL: 'warn' },
  })
  const crowd = await startCrowd(app.url, { deliveries, everyMs: 1_000 })
  const page = await openVisitorPage(app.url)
  const costs = new Map<string, Cost>()
  const watched = new Map<string, WatchedBy[]>()
  for (const chapter of page.chapters) {
    await page.lookAt(chapter)
    await delay(3_000)
    const fps = await page.framesPerSecond(seconds)
    watched.set(chapter, page.watching())
    const figures = () => ({ cpu: [], p99Ms: [] })
    costs.set(chapter, { quiet: figures(), watched: figures(), fps, watches: page.watching().length })
  }
  await page.close()

  // Without the browser, which would take the cores from the server: a stock client watches what the page watched.
  for (let round = 1; round <= rounds; round += 1) {
    for (const [chapter, { quiet, watched: looked }] of costs) {
      await measure(quiet)
      const stop = lookAsThePageDid(app.url, watched.get(chapter) ?? [])
      await delay(1_000)
      await measure(looked)
      stop()
      await delay(1_000)
    }
  }
  report(costs)

  async function measure(into: Figures): Promise<void> {
    crowd.takeLatencies()
    const before = { cpu: cpuSecondsOf(app.pid), at: performance.now() }
    await delay(seconds * 1_000)
    const tookSeconds = (performance.now() - before.at) / 1_000
    into.cpu.push(((cpuSecondsOf(app.pid) - before.cpu) / tookSeconds) * 100)
    into.p99Ms.push(percentile(crowd.takeLatencies(), 0.99))
  }
} finally {
  await runTeardowns()
}

function lookAsThePageDid(url: string, watches: WatchedBy[]): () => void {
  const socket = io(`${url}/inside`, { transports: ['websocket'], forceNew: true })
  for (const [index, { name, input }] of watches.entries())
    socket.emit('watch', String(index), name, input, () => {})
  return () => socket.disconnect()
}

function report(costs: Map<string, Cost>): void {
  const rows = [...costs].map(([chapter, { quiet, watched, fps, watches }]) => {
    const [without, withIt] = [median(quiet.cpu), median(watched.cpu)]
    return [
      chapter,
      String(watches),
      without.toFixed(1),
      withIt.toFixed(1),
      (withIt - without).toFixed(1),
      median(quiet.p99Ms).toFixed(1),
      median(watched.p99Ms).toFixed(1),
      fps.toFixed(0),
    ]
  })
  console.log(
    `\n${deliveries} deliveries, a point a second each; medians of ${rounds} rounds of ${seconds} s; CPU in % of one core\n`,
  )
  console.log(
    table(
      [
        'chapter',
        'watches',
        'CPU alone',
        'CPU watched',
        'more',
        'p99 ms alone',
        'p99 ms watched',
        'frames/s at ¼ speed',
      ],
      rows,
    ),
  )
}
