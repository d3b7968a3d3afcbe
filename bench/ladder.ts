import { createTokens } from '#server/access/tokens.ts'
import { runTeardowns } from '../tests/support/at-end.ts'
import type { Ladder } from './floors/ladder.ts'
import { FLOOR, STEPS, type Step } from './floors/ladder-steps.ts'
import type { Poster } from './load/poster.ts'
import { readCounts } from './support/counts.ts'
import { ownCpuSecondsOf } from './support/cpu.ts'
import { startGatedBroker } from './support/kafka-gate.ts'
import { median } from './support/percentile.ts'
import { TOKEN_SECRET } from './support/product.ts'
import { table } from './support/table.ts'
import { startWorker } from './support/worker.ts'

/**
 * Where the cost of a rider's post goes: CPU time of one process that does ever more of what the product's post does, in turns with the
 * floor, 256 posts under way. Nothing reads the log. `npm run bench -- ladder [--rounds 5] [--seconds 2]`
 */
const { rounds, seconds } = readCounts({ rounds: 5, seconds: 2 })
const AT_ONCE = 256
const RIDERS = 600

try {
  const brokers = [await startGatedBroker(), await startGatedBroker()]
  const ladder = await startWorker<Ladder>(
    'floors/ladder',
    brokers.map(({ address }) => address),
    { quiet: true },
  )
  const poster = await startWorker<Poster>('load/poster')
  const tokens = createTokens(TOKEN_SECRET)
  const order: Step[] = [FLOOR, ...STEPS]
  const riders = Array.from({ length: RIDERS }, (_, i) => {
    const id = `ladder-${i}`
    const riderToken = tokens.issue({ deliveryId: id, role: 'rider', version: 1 })
    return {
      id,
      riderToken,
      way: [
        [37.5, 127.03],
        [37.52, 127.03],
      ] as [[number, number], [number, number]],
    }
  })
  await poster.call('riders', riders)

  const took = new Map<string, number[]>()
  for (let round = 0; round <= rounds; round += 1) {
    for (const step of order) {
      const port = await ladder.call('take', step)
      const before = ownCpuSecondsOf(ladder.pid)
      const { posts, statuses } = await poster.call('closed', { port, atOnce: AT_ONCE, seconds })
      if (statuses[202] !== posts) throw new Error(`${step}: ${JSON.stringify(statuses)}`)
      const us = ((ownCpuSecondsOf(ladder.pid) - before) * 1e6) / posts
      // In the first round code is compiled, and deliveries are looked up.
      if (round > 0) took.set(step, [...(took.get(step) ?? []), us])
    }
  }
  const of = (step: string) => median(took.get(step) ?? [])
  const row = (step: string, before: number) => [
    step,
    of(step).toFixed(1),
    before > 0 ? (of(step) - before).toFixed(1) : '',
    `${(of(step) / of(FLOOR)).toFixed(2)} ×`,
  ]
  const rows = STEPS.map((step, i) => row(step, i > 0 ? of(STEPS[i - 1] as string) : 0))
  console.log(`\n${table(['', 'µs a post', 'more', 'to the floor'], [row(FLOOR, 0), ...rows])}`)
} finally {
  await runTeardowns()
}
process.exit()
