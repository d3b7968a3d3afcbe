import { runTeardowns } from '../tests/support/at-end.ts'
import { readMetric } from '../tests/support/read-metric.ts'
import type { PostFloor } from './floors/post.ts'
import type { Posted, Poster } from './load/poster.ts'
import { readCounts } from './support/counts.ts'
import { ownCpuSecondsOf } from './support/cpu.ts'
import { startGatedBroker } from './support/kafka-gate.ts'
import { historyAtTheEnd, startProduct } from './support/product.ts'
import { createResults, type Line } from './support/results.ts'
import { seedDeliveries } from './support/seed-deliveries.ts'
import { startWorker } from './support/worker.ts'

/**
 * What a rider's post costs the app's process, beside bare `node:http` + kafkajs, in turns: while it accepts alone (its
 * readers of the log are kept waiting), and with all at work.
 * `npm run bench -- post [--rounds 3] [--seconds 3]`
 */
const { rounds, seconds } = readCounts({ rounds: 3, seconds: 3 })
const AT_ONCE = [1, 50, 256]
const RIDERS = 600
const FRESH = 256
const WARM_SECONDS = 5
const MODES = ['floor', 'alone', 'all in'] as const

const results = createResults('post')
let refused = 0
let busiestLoad = 0
try {
  const floorBroker = await startGatedBroker()
  const floor = await startWorker<PostFloor>('floors/post', [floorBroker.address])
  const gate = await startGatedBroker()
  const product = await startProduct(gate.address)
  const riders = await seedDeliveries(product, RIDERS + FRESH)
  const poster = await startWorker<Poster>('load/poster')
  const newcomers = await startWorker<Poster>('load/poster')
  await poster.call('riders', riders.slice(0, RIDERS))
  await newcomers.call('riders', riders.slice(RIDERS))
  const sides = {
    floor: { pid: floor.pid, port: await floor.call('port') },
    product: { pid: product.pid, port: product.port },
  }
  const measure = async (side: keyof typeof sides, atOnce: number, forSeconds = seconds) => {
    const { pid, port } = sides[side]
    const before = ownCpuSecondsOf(pid)
    const posted = await poster.call('closed', { port, atOnce, seconds: forSeconds })
    const cpuUs = ((ownCpuSecondsOf(pid) - before) * 1e6) / posted.posts
    return { ...posted, cpuUs }
  }
  const readStored = () => readMetric(product.url, 'rider_live_locations_stored_total')

  // Warm: each delivery is looked up at its first post, and V8 goes on compiling for half a minute of load.
  for (const atOnce of AT_ONCE)
    for (const mode of MODES) {
      if (mode === 'alone') gate.close()
      await measure(mode === 'floor' ? 'floor' : 'product', atOnce, WARM_SECONDS)
      gate.open()
      if (mode !== 'floor') await historyAtTheEnd(product)
    }
  for (let round = 1; round <= rounds; round += 1) {
    for (const atOnce of AT_ONCE) {
      for (const mode of MODES) {
        if (mode === 'alone') gate.close()
        const storedBefore = await readStored()
        const posted = await measure(mode === 'floor' ? 'floor' : 'product', atOnce)
        if (mode === 'alone' && (await readStored()) - storedBefore > posted.posts / 2)
          throw new Error('The readers were to wait, and have read')
        gate.open()
        note(`${atOnce}/${mode}`, posted)
        if (mode !== 'floor') await historyAtTheEnd(product)
      }
    }
    for (const side of ['floor', 'product'] as const) {
      const saturating = measure(side, 256)
      await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000) / 3))
      const fresh = await newcomers.call('fresh', { port: sides[side].port, connections: FRESH })
      note(`fresh/${side}`, { ...fresh, cpuUs: Number.NaN })
      results.note(`used/${side}/p99`, (await saturating).p99Ms)
    }
    await historyAtTheEnd(product)
  }
  results.note('refused', refused)
  results.note('load', busiestLoad)
  report()
} finally {
  await runTeardowns()
}

function note(
  key: string,
  { cpuUs, posts, seconds: took, p50Ms, p99Ms, statuses, generatorCore }: Posted & { cpuUs: number },
) {
  results.note(`${key}/cpu`, cpuUs)
  results.note(`${key}/rate`, posts / took)
  results.note(`${key}/p50`, p50Ms)
  results.note(`${key}/p99`, p99Ms)
  refused += posts - (statuses[202] ?? 0)
  busiestLoad = Math.max(busiestLoad, generatorCore)
  console.log(
    `${key.padEnd(14)} ${cpuUs.toFixed(0).padStart(5)} µs  ${(posts / took).toFixed(0).padStart(6)}/s  p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms  load ${generatorCore.toFixed(2)} of a core  ${JSON.stringify(statuses)}`,
  )
}

function report() {
  const lines = AT_ONCE.flatMap((atOnce): Line[] => {
    const when = atOnce === 1 ? 'one at a time' : `${atOnce} at once`
    return (['alone', 'all in'] as const).flatMap((mode): Line[] => {
      const [what, ours, floor] = [
        `${when}, ${mode === 'alone' ? 'accepting alone' : mode}`,
        `${atOnce}/${mode}`,
        `${atOnce}/floor`,
      ]
      const line = (figure: string, unit: string, limit: Pick<Line, 'most' | 'least'>): Line => ({
        what: `${what}: ${figure}`,
        unit,
        ours: `${ours}/${figure}`,
        floor: `${floor}/${figure}`,
        ...limit,
      })
      if (atOnce === 1) return [line('cpu', 'µs', { most: 2 }), line('p99', 'ms', {})]
      return [
        line('cpu', 'µs', { most: mode === 'alone' ? 1.5 : 2.5 }),
        line('rate', '/s', { least: 0.5 }),
        line('p99', 'ms', { most: 2 }),
      ]
    })
  })
  lines.push(
    {
      what: `${FRESH} new connections while saturated: p99`,
      unit: 'ms',
      ours: 'fresh/product/p99',
      floor: 'fresh/floor/p99',
    },
    {
      what: 'the used connections meanwhile: p99',
      unit: 'ms',
      ours: 'used/product/p99',
      floor: 'used/floor/p99',
    },
    { what: 'posts not answered 202', unit: '', ours: 'refused', most: 0 },
    { what: 'the load itself, of a core, at most', unit: '', ours: 'load' },
  )
  results.report(lines)
}
