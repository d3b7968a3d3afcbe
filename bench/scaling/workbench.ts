import { type Child, startChild } from './children/start-child.ts'
import type { FigureName } from './figures.ts'
import { type Installation, startInstallation } from './installation.ts'
import { further, lookAt, type Meter, startMeter } from './meter.ts'
import { startPublisher } from './publisher.ts'
import { createRiders, type Posts, postAll, type Rider } from './riders.ts'

export type Samples = Partial<Record<FigureName, number[]>>

/** CPU time that each had while so many locations were dealt with, µs; of the bare consumer for each record. */
export type Cost = { posted: number; watching: number; bareEach: number; locations: number }
/** Answers how many locations, or whatever else it is paid for, it was. */
type Work = () => Promise<number>

export type Workbench = Installation & {
  riders: Rider[]
  /** Of the instance that is posted to, and of the one that has the customers. */
  meters: { posted: Meter; watching: Meter }
  samples: Samples
  add(name: FigureName, value: number): void
  cost(work: Work): Promise<Cost>
  /** Resolves once both instances have read it all. */
  post(load: Posts): Promise<number>
  /** The same straight into the topic, as fast as it goes. */
  publish(count: number): Promise<number>
  /** Resolves once the history has all that was posted and published; with how many that were since the last time. */
  awaitStored(): Promise<number>
}

const RIDERS = 400
const WARM_UP: Posts = { posts: 6_000, fixesEach: 1, pace: { atOnce: 64 } }
const WARM_UP_BULK = 40_000

/** Everything that is measured with, warm. */
export async function openWorkbench(): Promise<Workbench> {
  const installation = await startInstallation()
  const { posted, watching, broker } = installation
  const riders = await createRiders(posted.url, RIDERS)
  const putIntoTopic = await startPublisher(broker)
  const samples: Samples = {}
  const add = (name: FigureName, value: number) => {
    samples[name] = [...(samples[name] ?? []), value]
  }
  const apps = [posted, watching].map(
    ({ url }) =>
      () =>
        lookAt(url),
  )
  const cold = await Promise.all(apps.map((look) => look()))
  await postAll(posted.url, riders, WARM_UP)
  await putIntoTopic(riders, WARM_UP_BULK)
  await further(apps, cold, 'stored', WARM_UP.posts + WARM_UP_BULK)
  const meters = { posted: await startMeter(posted.url), watching: await startMeter(watching.url) }
  for (const { idleUs } of Object.values(meters)) add('idle', idleUs)
  const bare = startChild('bare-consumer', [broker])
  const looks = Object.values(meters).map(({ look }) => look)
  const lookAtBoth = () => Promise.all(looks.map((look) => look()))
  let storedBefore = await lookAtBoth()
  let toStore = 0

  async function readByBoth(count: number, work: () => Promise<void>): Promise<number> {
    const before = await lookAtBoth()
    await work()
    await further(looks, before, 'read', 2 * count)
    toStore += count
    return count
  }

  return {
    ...installation,
    riders,
    meters,
    samples,
    add,
    cost: (work) => cost(meters, bare, work),
    post: (load) => readByBoth(load.posts * load.fixesEach, () => postAll(posted.url, riders, load)),
    publish: (count) => readByBoth(count, () => putIntoTopic(riders, count)),
    async awaitStored() {
      const stored = toStore
      await further(looks, storedBefore, 'stored', stored)
      storedBefore = await lookAtBoth()
      toStore = 0
      return stored
    },
  }
}

async function cost({ posted, watching }: Workbench['meters'], bare: Child, work: Work): Promise<Cost> {
  const before = await bare.ask()
  const marks = { posted: await posted.mark(), watching: await watching.mark() }
  const locations = await work()
  const after = await bare.ask()
  return {
    posted: await posted.since(marks.posted),
    watching: await watching.since(marks.watching),
    bareEach: (after.cpuUs - before.cpuUs) / (after.done - before.done),
    locations,
  }
}
