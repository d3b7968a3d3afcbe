import { parseArgs } from 'node:util'
import { runTeardowns } from '../tests/support/at-end.ts'
import { startBundledBroker } from '../tests/support/bundled-broker.ts'
import { tempDir } from '../tests/support/temp-dir.ts'
import { measureCreated } from './fleet/created.ts'
import { measureDemo } from './fleet/demo.ts'
import { CUSTOMERS_EACH, measureRecords, RATES } from './fleet/fan.ts'
import { measureJitter } from './fleet/jitter.ts'
import { measureEnded, measureRiding } from './fleet/memory.ts'
import { startProduct } from './support/product.ts'
import { createResults, keptSeries, type Line } from './support/results.ts'

/**
 * What a whole fleet asks of one instance: a delivery created, the first start, memory of deliveries that end and of
 * riders who ride, the fan of Kafkorama's benchmark, the jitter of anycable's. `--full` in the sizes that they are
 * promised in (half an hour); without it smaller.
 * `npm run bench -- fleet [--full] [--only created,demo,ended,riding,records,jitter]`
 */
const PARTS = ['created', 'demo', 'ended', 'riding', 'records', 'jitter'] as const
const { values } = parseArgs({ options: { full: { type: 'boolean' }, only: { type: 'string' } } })
const wanted = values.only?.split(',') ?? PARTS
const SIZES = values.full
  ? { ended: 50_000, points: 200, rooms: 2_500, seconds: 20, clients: 10_000, messages: 120 }
  : { ended: 5_000, points: 40, rooms: 250, seconds: 4, clients: 2_000, messages: 50 }
const RIDERS = 10_000
const ROUNDS = 3
const KAFKORAMA_P99_MS = 34

const kept = `fleet${values.full ? '-full' : ''}`
// Parts that are measured alone join what was kept of the others.
const results = createResults(kept, values.only ? { onto: keptSeries(kept) } : {})
const parts: Record<(typeof PARTS)[number], () => Promise<void>> = {
  created: async () => measureCreated(await product(), ROUNDS, results),
  demo: () => measureDemo(ROUNDS, results),
  ended: async () => measureEnded(await product(), SIZES.ended, results),
  riding: async () => {
    const logDirectory = tempDir()
    const { address } = await startBundledBroker({ dataDir: logDirectory })
    const load = { riders: RIDERS, points: SIZES.points, logDirectory }
    await measureRiding(await product(address), load, results)
  },
  records: async () => {
    const { address } = await startBundledBroker()
    const load = { deliveries: SIZES.rooms, seconds: SIZES.seconds, mostMs: KAFKORAMA_P99_MS }
    await measureRecords(await product(address), address, load, results)
  },
  jitter: async () => measureJitter(await product(), SIZES, results),
}

for (const part of PARTS.filter((each) => wanted.includes(each))) {
  const started = performance.now()
  try {
    await parts[part]()
  } finally {
    // Each part has an instance of its own: the memory of one is no business of the next.
    await runTeardowns()
  }
  console.log(`${part}: ${((performance.now() - started) / 1_000).toFixed(0)} s`)
}
results.report(lines())

async function product(broker?: string) {
  return await startProduct(broker ?? (await startBundledBroker()).address)
}

function lines(): Line[] {
  const ended = `${SIZES.ended} deliveries of 20 points, ended`
  const riding = `${RIDERS} riders of ${SIZES.points} points`
  const fan = `records × ${CUSTOMERS_EACH} at ${SIZES.rooms * CUSTOMERS_EACH} customers`
  const jitter = `${SIZES.clients} clients cut every 15 s, ${SIZES.messages} messages`
  return [
    { what: 'a delivery created, CPU', unit: 'ms', ours: 'created', most: 3 },
    { what: 'first start of the demo', unit: 's', ours: 'demo/ready', most: 3 },
    { what: 'all of its processes', unit: 'MB', ours: 'demo/memory', most: 400 },
    { what: 'the same with a page opened', unit: 'MB', ours: 'demo/visited' },
    {
      what: `${ended}: memory, to the start`,
      unit: 'MB',
      ours: 'ended/end',
      floor: 'ended/start',
      most: 1.2,
    },
    { what: `${ended}: at most`, unit: 'MB', ours: 'ended/highest' },
    { what: `${ended}: calls refused`, unit: '', ours: 'ended/refused', most: 0 },
    { what: `${riding}: at most`, unit: 'MB', ours: 'riding/highest', most: 512 },
    { what: 'an instance that has just started', unit: 'MB', ours: 'riding/start' },
    { what: `${riding}: of each`, unit: 'KB', ours: 'riding/each' },
    { what: 'a location in the log', unit: 'B', ours: 'recordBytes' },
    { what: 'a location in PostgreSQL, with its index', unit: 'B', ours: 'rowBytes' },
    { what: `${riding}: posts refused`, unit: '', ours: 'riding/refused', most: 0 },
    ...RATES.map((rate) => ({
      what: `${rate} ${fan}: p99`,
      unit: 'ms',
      ours: `records/${rate}/p99`,
      ...(rate === RATES.at(-1) ? { most: KAFKORAMA_P99_MS } : {}),
    })),
    {
      what: `the highest of these rates within ${KAFKORAMA_P99_MS} ms`,
      unit: '/s',
      ours: 'records/furthest',
    },
    { what: 'a customer connected', unit: 'KB', ours: 'customer/kb' },
    { what: 'a customer connected, each second', unit: 'µs', ours: 'customer/idle' },
    { what: `${jitter}: delivered`, unit: '%', ours: 'jitter/delivered', least: 100 },
    { what: `${jitter}: by push alone`, unit: '%', ours: 'jitter/pushed' },
    { what: `${jitter}: twice`, unit: '', ours: 'jitter/twice', most: 0 },
    { what: `${jitter}: replay p99`, unit: 's', ours: 'jitter/replay' },
    { what: `${jitter}: posts refused`, unit: '', ours: 'jitter/refused', most: 0 },
  ]
}
