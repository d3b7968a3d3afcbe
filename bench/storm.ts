import { setTimeout as delay } from 'node:timers/promises'
import { runTeardowns } from '../tests/support/at-end.ts'
import { startBundledBroker } from '../tests/support/bundled-broker.ts'
import type { Rooms } from './floors/rooms.ts'
import type { Crowd } from './load/crowd.ts'
import type { Poster } from './load/poster.ts'
import { readCounts } from './support/counts.ts'
import { startLoopProbe } from './support/loop-probe.ts'
import { percentile } from './support/percentile.ts'
import { startProduct } from './support/product.ts'
import { createResults, type Line } from './support/results.ts'
import { seedDeliveries } from './support/seed-deliveries.ts'
import { startWorker, type Worker } from './support/worker.ts'

/**
 * Thousands of customers come back at once while riders go on posting: when all are greeted, how long the event loop
 * stands, which posts are refused, which points lost. Beside it Socket.IO alone, which greets with one word.
 * `npm run bench -- storm [--rounds 3]`
 */
const { rounds } = readCounts({ rounds: 3 })
const SIZES = [
  { customers: 2_000, withinS: 2.5 },
  { customers: 4_000, withinS: 6 },
] as const
const DELIVERIES = 100
const POSTS_PER_SECOND = 50
const AWAY_MS = 1_500
const TITLES: Record<string, string> = {
  greeted: 'all greeted after',
  p50: 'half of them after',
  loop: 'the loop stands at most',
  refused: 'posts refused',
  lost: 'points lost',
  twice: 'points that came twice',
  posts: 'posts meanwhile, p99',
  refusals: 'told to come again',
}
const SETTLED_WITHIN_MS = 20_000

const results = createResults('storm')
try {
  const { address: broker } = await startBundledBroker()
  const probe = await startLoopProbe()
  const product = await startProduct(broker, { env: probe.env })
  const deliveries = await seedDeliveries(product, DELIVERIES)
  const poster = await startWorker<Poster>('load/poster')
  await poster.call('riders', deliveries)
  const crowds = [await startWorker<Crowd>('load/crowd'), await startWorker<Crowd>('load/crowd')]
  const floor = await startWorker<Rooms>('floors/rooms', ['socket.io'])
  const floorCrowds = [await startWorker<Crowd>('load/crowd'), await startWorker<Crowd>('load/crowd')]
  const sides = {
    product: { crowds, port: product.port, loop: probe.read },
    floor: { crowds: floorCrowds, port: await floor.call('port'), loop: () => floor.call('loop') },
  }

  let here = 0
  for (const { customers } of SIZES) {
    for (const { crowds, port } of Object.values(sides)) await gather(crowds, port, customers - here)
    here = customers
    for (let round = 1; round <= rounds; round += 1) {
      await storm('floor', customers, false)
      if (customers === SIZES[0].customers) await storm('product', customers, false)
      await storm('product', customers, true)
    }
  }
  results.report(lines())

  /** So many more customers, each delivery with as many. */
  async function gather(crowds: Worker<Crowd>[], port: number, count: number): Promise<void> {
    await Promise.all(
      crowds.map((crowd, i) => {
        const own = Array.from(
          { length: count },
          (_, n) => deliveries[n % DELIVERIES] as (typeof deliveries)[number],
        )
        const customers = own
          .filter((_, n) => n % crowds.length === i)
          .map(({ id, customerToken }) => ({ id, token: customerToken, room: id }))
        return crowd.call('come', { port, customers })
      }),
    )
  }

  async function storm(side: keyof typeof sides, customers: number, withAfterSeq: boolean): Promise<void> {
    const { crowds, loop } = sides[side]
    const posting = poster.call('paced', { port: product.port, perSecond: POSTS_PER_SECOND, seconds: 120 })
    await delay(2_000)
    await Promise.all(crowds.map((crowd) => crowd.call('cut')))
    await delay(AWAY_MS)
    await loop()
    const came = await Promise.all(crowds.map((crowd) => crowd.call('comeBack', { withAfterSeq })))
    const { mostMs } = await loop()
    await delay(500)
    await poster.call('stop')
    const { statuses, p99Ms, posts } = await posting
    const key = `${customers}/${side}/${withAfterSeq ? 'after' : 'fresh'}`
    const greetedS = Math.max(...came.flatMap(({ greetedAfterMs }) => greetedAfterMs)) / 1_000
    const refusals = came.reduce((sum, each) => sum + each.refusals, 0)
    results.note(`${key}/greeted`, greetedS)
    results.note(
      `${key}/p50`,
      percentile(
        came.flatMap(({ greetedAfterMs }) => greetedAfterMs),
        0.5,
      ) / 1_000,
    )
    results.note(`${key}/loop`, mostMs)
    results.note(`${key}/refusals`, refusals)
    let told = ''
    if (side === 'product') {
      const { lost, twice, held } = await settle(crowds)
      results.note(`${key}/posts`, p99Ms)
      results.note(`${key}/refused`, posts - (statuses[202] ?? 0))
      results.note(`${key}/lost`, lost)
      results.note(`${key}/twice`, twice)
      told = `, posts p99 ${p99Ms.toFixed(0)} ms ${JSON.stringify(statuses)}, ${lost} of ${held} points lost, ${twice} twice`
    }
    console.log(
      `${key}: all greeted after ${greetedS.toFixed(2)} s, sent away ${refusals} times, loop stood ${mostMs.toFixed(0)} ms${told}`,
    )
  }

  /** Whatever was acknowledged is to come by itself. */
  async function settle(crowds: Worker<Crowd>[]): Promise<{ lost: number; twice: number; held: number }> {
    const acknowledged = await poster.call('acknowledged')
    const until = performance.now() + SETTLED_WITHIN_MS
    for (;;) {
      const accounts = await Promise.all(crowds.map((crowd) => crowd.call('account', acknowledged)))
      const sum = (of: (account: (typeof accounts)[number]) => number) =>
        accounts.reduce((total, each) => total + of(each), 0)
      const all = {
        lost: sum(({ lost }) => lost),
        twice: sum(({ twice }) => twice),
        held: sum(({ held }) => held),
      }
      if (all.lost === 0 || performance.now() > until) return all
      await delay(250)
    }
  }
} finally {
  await runTeardowns()
}

function lines(): Line[] {
  return SIZES.flatMap(({ customers, withinS }): Line[] => {
    const line = (how: string, figure: string, unit: string, limit: Pick<Line, 'most'> = {}): Line => ({
      what: `${customers} ${how === 'after' ? 'with afterSeq' : how}: ${TITLES[figure]}`,
      unit,
      ours: `${customers}/product/${how}/${figure}`,
      ...limit,
    })
    return [
      line('after', 'greeted', 's', { most: withinS }),
      line('after', 'p50', 's'),
      line('after', 'loop', 'ms', { most: 50 }),
      line('after', 'refused', '', { most: 0 }),
      line('after', 'lost', '', { most: 0 }),
      line('after', 'twice', '', { most: 0 }),
      line('after', 'posts', 'ms'),
      line('after', 'refusals', ''),
      line('fresh', 'greeted', 's'),
      line('fresh', 'loop', 'ms'),
      {
        what: `${customers} at Socket.IO alone: all greeted after`,
        unit: 's',
        ours: `${customers}/floor/fresh/greeted`,
      },
      {
        what: `${customers} at Socket.IO alone: the loop stands`,
        unit: 'ms',
        ours: `${customers}/floor/fresh/loop`,
      },
    ]
  })
}
