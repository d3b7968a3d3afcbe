import { setTimeout as delay } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { createApi } from '../tests/support/api.ts'
import { startApp } from '../tests/support/app.ts'
import { runTeardowns } from '../tests/support/at-end.ts'
import { openBoardPage } from './board/board-page.ts'
import type { PostingRider } from './load/post-line.ts'
import type { Poster } from './load/poster.ts'
import { readCounts } from './support/counts.ts'
import { ownCpuSecondsOf } from './support/cpu.ts'
import { SLOW_PHONE } from './support/open-browser.ts'
import { percentile } from './support/percentile.ts'
import { createResults } from './support/results.ts'
import { startWorker } from './support/worker.ts'

/**
 * The board with all its riders: frames a second of the page on a desktop and on a slow device, each beside an empty page of
 * the same browser; how long a point takes from the server to the screen; and what one open board costs the server, beside
 * the same load without. `npm run bench -- board [--riders 500] [--every 5] [--seconds 20] [--rounds 3]`
 */
const {
  riders: count,
  every,
  seconds,
  rounds,
} = readCounts({ riders: 500, every: 5, seconds: 20, rounds: 3 })
const CREATED_AT_ONCE = 20

try {
  const results = createResults('board')
  const env = { RATE_LIMIT_TOKEN: '1000', RATE_LIMIT_ADDRESS: '100000', TILE_URL: 'off', LOG_LEVEL: 'warn' }
  const app = await startApp({ env })
  const riders = await createRiders(app.url)
  const poster = await startWorker<Poster>('load/poster')
  await poster.call('riders', riders)
  // Until all is measured: far longer than it takes.
  const load = poster.call('paced', { port: app.port, perSecond: count / every, seconds: 3_600 })
  await delay(every * 1_000)

  for (let round = 1; round <= rounds; round += 1) {
    results.note('cpu without', await cpuOf(app.pid))
    // A stock client instead of the browser, which would take the cores from the server.
    const board = io(`${app.url}/dispatch`, { transports: ['websocket'], forceNew: true })
    let updates = 0
    board.on('dispatch:delivery', () => {
      updates += 1
    })
    await new Promise<void>((resolve) => board.once('dispatch:snapshot', () => resolve()))
    await delay(1_000)
    updates = 0
    results.note('cpu with', await cpuOf(app.pid))
    results.note('updates', updates / seconds)
    board.disconnect()
    await delay(1_000)
  }

  const page = await openBoardPage(app.url, count)
  await delay(every * 1_000)
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, slower] of [
      ['desktop', 1],
      ['slow', SLOW_PHONE],
    ] as const) {
      results.note(`${name} empty`, await page.emptyPage(seconds / 4, slower))
      const { framesPerSecond, delaysMs } = await page.watch(seconds, slower)
      results.note(`${name} frames`, framesPerSecond)
      results.note(`${name} p50`, percentile(delaysMs, 0.5))
      results.note(`${name} p99`, percentile(delaysMs, 0.99))
    }
  }
  await page.close()
  poster.call('stop')
  const { statuses } = await load
  await poster.stop()

  results.report(
    [
      { what: 'frames/s, desktop', unit: '/s', ours: 'desktop frames', least: 55 },
      {
        what: 'frames/s, desktop, beside an empty page',
        unit: '/s',
        ours: 'desktop frames',
        floor: 'desktop empty',
      },
      { what: `frames/s at 1/${SLOW_PHONE} speed`, unit: '/s', ours: 'slow frames', least: 30 },
      {
        what: `frames/s at 1/${SLOW_PHONE} speed, beside an empty page`,
        ...{ unit: '/s', ours: 'slow frames', floor: 'slow empty' },
      },
      { what: 'server to screen, p50', unit: 'ms', ours: 'desktop p50' },
      { what: 'server to screen, p99', unit: 'ms', ours: 'desktop p99', most: 1_000 },
      { what: `server to screen at 1/${SLOW_PHONE} speed, p99`, unit: 'ms', ours: 'slow p99', most: 1_000 },
      { what: 'server CPU with a board, beside without', unit: '%', ours: 'cpu with', floor: 'cpu without' },
      { what: 'updates told a second', unit: '/s', ours: 'updates' },
    ],
    [
      `${count} riders, a point each ${every} s; medians of ${rounds} rounds of ${seconds} s; CPU in % of one core.`,
      `Answers to the riders: ${JSON.stringify(statuses)}.`,
    ],
  )
} finally {
  await runTeardowns()
}

async function cpuOf(pid: number): Promise<number> {
  const before = { cpu: ownCpuSecondsOf(pid), atMs: performance.now() }
  await delay(seconds * 1_000)
  return ((ownCpuSecondsOf(pid) - before.cpu) / ((performance.now() - before.atMs) / 1_000)) * 100
}

async function createRiders(url: string): Promise<Omit<PostingRider, 'seq'>[]> {
  const api = createApi(url)
  const riders: Omit<PostingRider, 'seq'>[] = []
  while (riders.length < count) {
    const batch = Math.min(CREATED_AT_ONCE, count - riders.length)
    const created = await Promise.all(Array.from({ length: batch }, () => api.createPickedUp()))
    for (const { delivery, rider } of created) {
      const { route } = delivery
      const [start, halfWay] = [route[0], route[Math.floor(route.length / 2)]]
      if (!start || !halfWay) throw new Error('The delivery has no route')
      riders.push({ id: delivery.id, riderToken: rider.token, way: [start, halfWay] })
    }
  }
  return riders
}
