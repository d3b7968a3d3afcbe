import { startApp } from '../tests/support/app.ts'
import { runTeardowns } from '../tests/support/at-end.ts'
import { type Form, lighthouse } from './pages/lighthouse.ts'
import { startRide } from './pages/ride.ts'
import { measureOpening } from './pages/slow-network.ts'
import { measureSmoothness } from './pages/slow-phone.ts'
import { readCounts } from './support/counts.ts'
import { openBrowser } from './support/open-browser.ts'
import { createResults, type Line } from './support/results.ts'

/**
 * How light the pages are: Lighthouse on four of them as a phone opens them, and once as a desktop does, while a ride goes on; the
 * customer's map on a phone with a slow processor, beside an empty page; and when that page says what it has to say on a slow
 * network, also as the first page that a new server is asked for. Lighthouse computes from what it observes, so it needs a machine that does nothing else.
 * `--quick 1` leaves Lighthouse out. `npm run bench -- pages [--rounds 3] [--seconds 20] [--quick 1]`
 */
const { rounds, seconds, quick } = readCounts({ rounds: 3, seconds: 20, quick: 0 })
const FORMS: readonly Form[] = ['mobile', 'desktop']
const PAGES = ['home', 'track', 'rider', 'inside'] as const

try {
  const results = createResults('pages')
  const start = () => startApp({ env: { TILE_URL: 'off', LOG_LEVEL: 'warn', PRELOAD_PAGES: '1' } })
  const app = await start()
  const browser = await openBrowser()
  const faults = new Set<string>()

  for (let round = 1; round <= rounds; round += 1) {
    let ride = await startRide(app.url)
    const { ours, empty } = await measureSmoothness(browser, ride.customer, seconds)
    ride.stop()
    for (const [name, value] of Object.entries(ours)) results.note(name, value)
    results.note('empty frames', empty.framesPerSecond)

    ride = await startRide(app.url)
    for (const [name, value] of Object.entries(await measureOpening(browser, ride.customer)))
      results.note(name, value)
    ride.stop()

    const fresh = await start()
    ride = await startRide(fresh.url)
    results.note('first rangeMs', (await measureOpening(browser, ride.customer)).rangeMs)
    ride.stop()
    await fresh.stop()

    if (quick) continue
    for (const form of round === 1 ? FORMS : (['mobile'] as const))
      for (const page of PAGES) {
        ride = await startRide(app.url)
        const links = { home: app.url, track: ride.customer, rider: ride.rider, inside: `${app.url}/inside` }
        const { faults: found, ...marks } = await lighthouse(links[page], form)
        ride.stop()
        for (const [name, value] of Object.entries(marks)) results.note(`${form} ${page} ${name}`, value)
        for (const fault of found) faults.add(`${form} ${page}: ${fault}`)
        const told = Object.entries(marks).map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
        console.log(`${round}/${rounds} ${form} ${page}: ${told.join(', ')}`)
      }
  }

  results.report(
    [
      { what: 'track at 1/4 speed: frames', unit: '/s', ours: 'framesPerSecond', least: 50 },
      {
        what: 'the same beside an empty page',
        ...{ unit: '/s', ours: 'framesPerSecond', floor: 'empty frames' },
      },
      { what: 'track at 1/4 speed: frames dropped', unit: '%', ours: 'droppedPercent', most: 3 },
      { what: 'track at 1/4 speed: longest task', unit: 'ms', ours: 'longestTaskMs', most: 200 },
      { what: `track at 1/4 speed: tasks over 50 ms in ${seconds} s`, unit: '', ours: 'longTasks' },
      { what: 'track at 1/4 speed: main thread busy, a second', unit: 'ms', ours: 'busyMsPerSecond' },
      { what: 'slow 3G: status on screen', unit: 'ms', ours: 'statusMs' },
      { what: 'slow 3G: range on screen', unit: 'ms', ours: 'rangeMs', most: 3_000 },
      { what: 'slow 3G: range, a new server’s first page', unit: 'ms', ours: 'first rangeMs', most: 3_000 },
      { what: 'slow 3G: marker on screen', unit: 'ms', ours: 'markerMs' },
      ...FORMS.flatMap((form) => PAGES.flatMap((page) => linesOf(form, page))),
    ],
    [
      `Medians of ${rounds} rounds, of the desktop one; a report each second. Slow 3G: 400 kbit/s, 400 ms there and back.`,
      faults.size > 0 ? `Lighthouse found wanting: ${[...faults].join(', ')}.` : 'Lighthouse found no fault.',
    ],
  )
} finally {
  await runTeardowns()
}

function linesOf(form: Form, page: string): Line[] {
  const line = (what: string, name: string, unit: string, limit: Pick<Line, 'least'> = {}): Line => ({
    ...{ what: `${form} ${page}: ${what}`, unit, ours: `${form} ${page} ${name}`, ...limit },
  })
  return [
    line('performance', 'performance', '', form === 'mobile' ? { least: 90 } : {}),
    line('accessibility', 'accessibility', '', { least: 100 }),
    line('best practices', 'bestPractices', '', { least: 95 }),
    line('blocked', 'blockedMs', 'ms'),
    line('largest paint', 'largestPaintMs', 'ms'),
    line('scripts', 'scriptKb', 'KB'),
  ]
}
