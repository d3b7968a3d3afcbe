import { setTimeout as delay } from 'node:timers/promises'
import { pollUntil } from '../../tests/support/poll-until.ts'
import type { Centrifugo } from '../floors/centrifugo.ts'
import type { Rooms } from '../floors/rooms.ts'
import type { Dialect, Visitor } from '../load/dialects.ts'
import type { Listener } from '../load/listener.ts'
import type { Publisher } from '../load/publisher.ts'
import { ownCpuSecondsOf } from '../support/cpu.ts'
import type { Product } from '../support/product.ts'
import type { Results } from '../support/results.ts'
import type { Seeded } from '../support/seed-deliveries.ts'
import type { Worker } from '../support/worker.ts'

/** How customers are spread over rooms; each shape is 10,000 deliveries a second. */
export const SHAPES = [
  { name: 'one room of 1,000', key: '1x1000', rooms: 1, each: 1_000, perSecond: 10 },
  { name: '200 rooms of 5', key: '200x5', rooms: 200, each: 5, perSecond: 2_000 },
] as const
export type Shape = (typeof SHAPES)[number]

export type Pace = { perSecond: number; seconds: number }
/** One server that pushes, and how to make it push; `drive` resolves with how many events it was. */
export type Side = {
  name: string
  pid: number
  port: number
  dialect: Dialect
  visitor(delivery: Seeded): Visitor
  drive(deliveries: Seeded[], pace: Pace, sample: string): Promise<number>
}

const byRoom = ({ id }: Seeded): Visitor => ({ room: id })
const idsOf = (deliveries: Seeded[]) => deliveries.map(({ id }) => id)

export function productSide(product: Product, publisher: Worker<Publisher>): Side {
  return {
    ...{ name: 'product', pid: product.pid, port: product.port, dialect: 'socket.io' },
    visitor: ({ customerToken }) => ({ token: customerToken }),
    drive: (riders, pace) => publisher.call('toProduct', { riders, ...pace }),
  }
}

export async function floorSide(name: 'socket.io' | 'ws', floor: Worker<Rooms>): Promise<Side> {
  return {
    ...{ name, pid: floor.pid, port: await floor.call('port'), dialect: name, visitor: byRoom },
    drive: (deliveries, pace, text) => floor.call('emit', { rooms: idsOf(deliveries), text, ...pace }),
  }
}

export function centrifugoSide({ pid, port }: Centrifugo, publisher: Worker<Publisher>): Side {
  return {
    ...{ name: 'centrifugo', pid, port, dialect: 'centrifugo', visitor: byRoom },
    drive: (deliveries, pace, sample) =>
      publisher.call('toCentrifugo', { rooms: idsOf(deliveries), data: messageIn(sample), ...pace }),
  }
}

/** Out of a packet as it is on the wire. */
function messageIn(sample: string): unknown {
  return (JSON.parse(sample.slice(sample.indexOf('['))) as [string, unknown])[1]
}

/** What holds while it is measured, and the name that it is noted by. */
export type Condition = { name: string; begin(): void; end(): Promise<void> }

/** Everybody comes, so much is pushed, everybody leaves. Notes what connecting and a delivery cost the server. */
export async function measureFan(
  side: Side,
  shape: Shape,
  {
    listener,
    deliveries,
    seconds,
    sample,
    results,
    also,
  }: {
    listener: Worker<Listener>
    deliveries: Seeded[]
    seconds: number
    /** What the product pushes, for those who are to push the same. */
    sample: string
    results: Results
    /** Pushes once more under this condition. */
    also?: Condition
  },
): Promise<void> {
  const inRooms = deliveries.slice(0, shape.rooms)
  const visitors = inRooms.flatMap((delivery) => Array<Visitor>(shape.each).fill(side.visitor(delivery)))
  const cpu = () => ownCpuSecondsOf(side.pid) * 1e6
  const before = cpu()
  await listener.call('connect', { port: side.port, dialect: side.dialect, visitors })
  results.note(`connect/${side.name}`, (cpu() - before) / visitors.length)

  const push = async (name: string, forSeconds: number) => {
    await listener.call('heard')
    const started = cpu()
    const events = await side.drive(inRooms, { perSecond: shape.perSecond, seconds: forSeconds }, sample)
    const wanted = events * shape.each
    let deliveries = 0
    let bytes = 0
    await pollUntil(
      async () => {
        const heard = await listener.call('heard')
        deliveries += heard.deliveries
        bytes += heard.bytes
        return deliveries >= wanted
      },
      { withinMs: 30_000, what: `${wanted} deliveries by ${name}` },
    )
    const us = (cpu() - started) / deliveries
    if (forSeconds < seconds) return
    results.note(`${shape.key}/${name}`, us)
    if (side.dialect === 'centrifugo') results.note('bytes/centrifugo', bytes / deliveries)
    console.log(
      `${shape.name}, ${name}: ${us.toFixed(1)} µs a delivery, ${(bytes / deliveries).toFixed(0)} B`,
    )
  }
  await push(side.name, seconds / 3)
  await push(side.name, seconds)
  if (also) {
    also.begin()
    await push(also.name, seconds)
    await also.end()
  }
  await listener.call('leave')
}

const REST_MS = 3_000
/** Series, and events a second: at the one rate a fetch is full, the other is that of the 200 rooms. */
const READ_AT = [
  ['read', 10_000],
  ['read/2000', 2_000],
] as const

/** What the product does without customers: nothing, and reading. Its history is kept waiting. */
export async function measureWithout(
  side: Side,
  {
    deliveries,
    seconds,
    results,
    alone,
  }: { deliveries: Seeded[]; seconds: number; results: Results; alone: Condition },
): Promise<void> {
  const cpu = () => ownCpuSecondsOf(side.pid) * 1e6
  const resting = cpu()
  await delay(REST_MS)
  const idleUs = (cpu() - resting) / (REST_MS / 1_000)
  results.note('idle', idleUs)
  alone.begin()
  await side.drive(deliveries, { perSecond: 1_000, seconds: 1 }, '')
  for (const [series, perSecond] of READ_AT) {
    const [before, started] = [cpu(), performance.now()]
    const events = await side.drive(deliveries, { perSecond, seconds }, '')
    // The last of them are still on their way.
    await delay(1_000)
    const idle = (idleUs * (performance.now() - started)) / 1_000
    results.note(series, (cpu() - before - idle) / events)
  }
  await alone.end()
}
