import { beforeAll, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../support/app.ts'
import { type BundledBroker, startBundledBroker } from '../support/bundled-broker.ts'
import { lookOn } from '../support/kafka-admin.ts'
import { pollUntil } from '../support/poll-until.ts'
import { visitInside } from '../support/visitor.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

let apps: RunningApp[]
/** Beside the apps: an app would replace a frozen one of its own. */
let broker: BundledBroker
beforeAll(async () => {
  broker = await startBundledBroker()
  apps = await Promise.all([startApp(), startApp({ env: { KAFKA_BROKERS: broker.address } })])
})

// Both wait, so they wait together.
it(
  '[LAB7] [BURST6] left alone, a lab is gone after three minutes; a burst that cannot be done is over after one',
  async () => {
    const [forLab, forBurst] = apps as [RunningApp, RunningApp]
    await Promise.all([labEnds(forLab), burstIsCutOff(forBurst)])
  },
  5 * MINUTE,
)

async function labEnds(app: RunningApp): Promise<void> {
  const visitor = visitInside(app.url)
  const onlooker = lookOn(app)
  const openedAtMs = Date.now()
  const { topic } = await visitor.call('lab:open', { partitions: 2 })
  const { events } = await visitor.watch('lab:state', {})
  await visitor.call('lab:start-member', { group: 'A', commit: 'auto', threads: 1, slowMs: 5 })
  await visitor.call('lab:trickle', { on: true })
  await pollUntil(() => (events.at(-1)?.lab?.sent ?? 0) > 10, { withinMs: MINUTE, what: 'messages' })

  await pollUntil(() => events.at(-1)?.lab === null, { withinMs: 4 * MINUTE, what: 'the end of the lab' })
  expect(Date.now() - openedAtMs).toBeGreaterThan(3 * MINUTE - SECOND)
  await pollUntil(
    async () => {
      const names = [...(await onlooker.topics()), ...(await onlooker.groups())]
      return !names.some((name) => name.startsWith(topic))
    },
    { withinMs: MINUTE, what: 'topic and groups to be gone' },
  )
  await visitor.call('lab:open', { partitions: 2 })
}

async function burstIsCutOff(app: RunningApp): Promise<void> {
  const visitor = visitInside(app.url)
  const { events } = await visitor.watch('queue:burst', {})
  await visitor.call('queue:start', { jobs: 40, jobMs: 100, dies: false })
  process.kill(broker.pid as number, 'SIGSTOP')
  try {
    await pollUntil(() => events.at(-1)?.over, { withinMs: 2 * MINUTE, what: 'the end of the burst' })
  } finally {
    process.kill(broker.pid as number, 'SIGCONT')
  }
  const { nowMs, http, queue } = events.at(-1) ?? {}
  // A timer counts from the last look at the clock, a moment before it was set.
  expect(nowMs).toBeGreaterThan(MINUTE - SECOND)
  expect(http?.done).not.toContain(null)
  expect(queue?.done).toContain(null)
  // The way is free for another, and all of it is done.
  await visitor.call('queue:start', { jobs: 20, jobMs: 50, dies: false })
  await pollUntil(() => events.at(-1)?.over && !events.at(-1)?.queue.done.includes(null), {
    withinMs: MINUTE,
    what: 'the next burst to be done',
  })
  // The lab takes two minutes more.
  await app.stop()
}
