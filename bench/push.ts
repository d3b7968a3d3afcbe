import { startFaultProxy } from '../tests/faults/support/fault-proxy.ts'
import { runTeardowns } from '../tests/support/at-end.ts'
import { startBundledBroker } from '../tests/support/bundled-broker.ts'
import { startCentrifugo } from './floors/centrifugo.ts'
import type { Rooms } from './floors/rooms.ts'
import type { Listener } from './load/listener.ts'
import type { Publisher } from './load/publisher.ts'
import { centrifugoSide, floorSide, measureFan, measureWithout, productSide, SHAPES } from './push/fan.ts'
import { openWay, RATES } from './push/way.ts'
import { readCounts } from './support/counts.ts'
import { historyAtTheEnd, startProduct } from './support/product.ts'
import { createResults, type Line, type Results } from './support/results.ts'
import { seedDeliveries } from './support/seed-deliveries.ts'
import { startWorker } from './support/worker.ts'

/**
 * What pushing costs the app's process, beside Socket.IO alone, `ws` alone and Centrifugo; and how long it takes from a
 * post to its customer's socket, beside bare kafkajs + Socket.IO. All in turns.
 * `npm run bench -- push [--rounds 3] [--seconds 2]`
 */
const { rounds, seconds } = readCounts({ rounds: 3, seconds: 2 })
const WARM_SECONDS = 15
const results = createResults('push')
try {
  const { address: broker } = await startBundledBroker()
  const database = await startFaultProxy()
  const product = await startProduct(broker, { database })
  const publisher = await startWorker<Publisher>('load/publisher', [broker])
  const listener = await startWorker<Listener>('load/listener')
  const centrifugo = await startCentrifugo(broker)
  const ours = productSide(product, publisher)
  const others = [
    await floorSide('socket.io', await startWorker<Rooms>('floors/rooms', ['socket.io'])),
    await floorSide('ws', await startWorker<Rooms>('floors/rooms', ['ws'])),
    ...(centrifugo ? [centrifugoSide(centrifugo, publisher)] : []),
  ]
  const deliveries = await seedDeliveries(product, Math.max(...SHAPES.map(({ rooms }) => rooms)))
  const way = await openWay(product, (await startBundledBroker()).address, results)
  // Every event is stored as well, which is no part of pushing it: without its database the history waits.
  const pushingAlone = {
    name: 'alone',
    begin: database.down,
    async end() {
      database.pass()
      await historyAtTheEnd(product)
    },
  }

  const measureShapes = async (fan: { seconds: number; results: Results }) => {
    for (const shape of SHAPES) {
      const all = { ...fan, listener, deliveries }
      await measureFan(ours, shape, { ...all, sample: '', also: pushingAlone })
      const { sample } = await listener.call('heard')
      for (const side of others) await measureFan(side, shape, { ...all, sample })
    }
  }

  // Not kept: V8 goes on compiling for half a minute of events, of which one large room brings few.
  await measureShapes({ seconds: WARM_SECONDS, results: createResults('push') })
  for (let round = 1; round <= rounds; round += 1) {
    await measureWithout(ours, { deliveries, seconds, results, alone: pushingAlone })
    await measureShapes({ seconds, results })
    if (centrifugo) noteBetterOfTwo()
    await way.measure(seconds)
  }
  results.note('missed', way.missed())
  results.report(lines(), centrifugo ? [] : ['Centrifugo was not at hand.'])
} finally {
  await runTeardowns()
}

/** It is to be less than Centrifugo's in one of the two shapes. */
function noteBetterOfTwo(): void {
  const ratios = SHAPES.map(({ key }) => results.last(`${key}/product`) / results.last(`${key}/centrifugo`))
  results.note('better', Math.min(...ratios))
}

function lines(): Line[] {
  const fan = SHAPES.flatMap(({ name, key }, i): Line[] => {
    const most = i === 0 ? 1.1 : 1.5
    const line = (what: string, ours: string, floor: string, limit: Pick<Line, 'most'> = {}): Line => ({
      what: `${name}, a delivery: ${what}`,
      unit: 'µs',
      ours: `${key}/${ours}`,
      floor: `${key}/${floor}`,
      ...limit,
    })
    return [
      line('all in, to Socket.IO', 'product', 'socket.io', { most }),
      // Told only: to wait for its database costs the history something, too.
      line('history waiting, to Socket.IO', 'alone', 'socket.io'),
      line('all in, to Centrifugo', 'product', 'centrifugo'),
      line('history waiting, to Centrifugo', 'alone', 'centrifugo'),
      line('history waiting, to ws', 'alone', 'ws'),
    ]
  })
  const connecting = ['socket.io', 'ws', 'centrifugo'].map(
    (floor): Line => ({
      what: `connecting, to ${floor}`,
      unit: 'µs',
      ours: 'connect/product',
      floor: `connect/${floor}`,
    }),
  )
  const way = RATES.flatMap((rate) =>
    (['p50', 'p99'] as const).map(
      (share): Line => ({
        what: `post → socket at ${rate}/s: ${share}`,
        unit: 'ms',
        ours: `way/${rate}/product/${share}`,
        floor: `way/${rate}/floor/${share}`,
        ...(share === 'p99' ? { most: 1.5 } : {}),
      }),
    ),
  )
  return [
    ...fan,
    ...connecting,
    ...way,
    { what: 'a delivery, to Centrifugo, the better of the two', unit: '×', ours: 'better', most: 1 },
    { what: 'an update on the wire', unit: 'B', ours: 'bytes/product', most: 300 },
    { what: 'the same by Centrifugo', unit: 'B', ours: 'bytes/centrifugo' },
    { what: 'an event read, nobody in its room', unit: 'µs', ours: 'read' },
    { what: 'the same at the 2,000 a second of the 200 rooms', unit: 'µs', ours: 'read/2000' },
    { what: 'an instance with nothing to do, each second', unit: 'µs', ours: 'idle' },
    { what: 'points that did not come within 3 s', unit: '', ours: 'missed', most: 0 },
  ].filter(({ floor }: Line) => floor === undefined || results.has(floor))
}
