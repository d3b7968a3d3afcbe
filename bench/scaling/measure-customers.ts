import { setTimeout as delay } from 'node:timers/promises'
import { pollUntil } from '../../tests/support/poll-until.ts'
import { startChild } from './children/start-child.ts'
import { connectCustomers, connectSockets } from './customers.ts'
import { lookAt } from './meter.ts'
import { quantileMs } from './quantile-ms.ts'
import type { Workbench } from './workbench.ts'

const EVENTS = 12_000
const IN_EACH_ROOM = 5
/** Every customer is asked once in so long whether it is still there. */
const PING_EVERY_MS = 10_000

/** What customers cost the instance that has them. Both instances read the events, and only one has customers. */
export async function measureCustomers(bench: Workbench): Promise<void> {
  const { add, cost, publish, awaitStored, database, riders, watching } = bench
  const emitting = async () => {
    database.down()
    const { posted: readUs, watching: us, locations } = await cost(() => publish(EVENTS))
    database.pass()
    await awaitStored()
    return (us - readUs) / locations
  }
  const first = await connectCustomers(watching.url, riders, 1)
  const emitUs = await emitting()
  add('emit', emitUs)

  let more = first
  const connecting = await cost(async () => {
    more = await connectCustomers(watching.url, riders, IN_EACH_ROOM - 1)
    return more.count
  })
  add('connect', connecting.watching / connecting.locations)
  const idle = await cost(async () => {
    await delay(PING_EVERY_MS)
    return (first.count + more.count) * (PING_EVERY_MS / 1_000)
  })
  add('customerIdle', idle.watching / idle.locations)
  add('emitNext', ((await emitting()) - emitUs) / (IN_EACH_ROOM - 1))
  await first.leave()
  await more.leave()
  add('bareEmit', await bareEmit(riders.length))
}

/** On an instance of its own: in one that has worked, the memory of what was before takes the customers in. */
export async function measureMemory({ add, start, riders }: Workbench): Promise<void> {
  const app = await start('memory')
  add('baseMb', (await lookAt(app.url)).rssMb)
  const first = await connectCustomers(app.url, riders, 1)
  const { rssMb: before } = await lookAt(app.url)
  const more = await connectCustomers(app.url, riders, IN_EACH_ROOM - 1)
  const { rssMb: after } = await lookAt(app.url)
  add('customerKb', ((after - before) * 1_024) / more.count)
  await first.leave()
  await more.leave()
  await app.stop()
}

/** Socket.IO alone, a room for each of so many clients. */
async function bareEmit(rooms: number): Promise<number> {
  const child = startChild('bare-emitter', [rooms, EVENTS])
  const { port } = await child.ask()
  const clients = await connectSockets(
    Array.from({ length: rooms }, () => [`http://127.0.0.1:${port}/tracking`, {}] as const),
    'ready',
  )
  const before = await child.ask()
  child.begin()
  await pollUntil(() => clients.received() === EVENTS, { withinMs: 60_000, what: 'all emitted' })
  const after = await child.ask()
  await clients.leave()
  await child.stop()
  return (after.cpuUs - before.cpuUs) / EVENTS
}

/**
 * At a rate of posts, with everything at work: what a customer waits for, from the arrival of a post to the emit, and
 * how much of a core each instance has for it.
 */
export type PushDelay = {
  perSecond: number
  p50Ms: number
  p99Ms: number
  postedCore: number
  watchingCore: number
}

const DELAYS_FOR_S = 8

export async function measureDelays(bench: Workbench, rates: readonly number[]): Promise<PushDelay[]> {
  const { cost, post, awaitStored, riders, watching, meters } = bench
  const customers = await connectCustomers(watching.url, riders, 1)
  const delays: PushDelay[] = []
  for (const perSecond of rates) {
    const started = performance.now()
    const before = await meters.watching.look()
    const { posted, watching } = await cost(() =>
      post({ posts: perSecond * DELAYS_FOR_S, fixesEach: 1, pace: { perSecond } }),
    )
    const after = await meters.watching.look()
    const us = 1_000 * (performance.now() - started)
    delays.push({
      perSecond,
      p50Ms: quantileMs(before, after, 0.5),
      p99Ms: quantileMs(before, after, 0.99),
      postedCore: posted / us,
      watchingCore: watching / us,
    })
    await awaitStored()
  }
  await customers.leave()
  return delays
}
