import { setTimeout as delay } from 'node:timers/promises'
import type { Burst } from '#contracts/inside/queue.ts'
import type { Lab } from '../log/lab.ts'
import type { LabMember } from '../log/lab-member.ts'
import type { OpenBurst } from './burst-by-http.ts'
import type { Side } from './side.ts'

const GROUP = 'worker'

type Options = { lab: Lab; burst: Burst; side: Side; backAfterMs: number; onCommitted(next: number): void }

/** The burst through the log: each job is answered as soon as the log has it; a worker does them, one after the other. */
export async function openBurstByLog({
  lab,
  burst,
  side,
  backAfterMs,
  onCommitted,
}: Options): Promise<OpenBurst<{ topic: string; group: string }>> {
  const { jobs, jobMs } = burst
  const closing = new AbortController()
  const topic = await lab.openTopic({ partitions: 1 })
  let settle = () => {}
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })
  let worker: LabMember
  let dies = burst.dies
  let worked = 0

  const startWorker = () =>
    topic.startMember({
      group: GROUP,
      commit: 'after',
      async work({ value }, crashed) {
        await delay(jobMs, undefined, { signal: crashed })
        side.done(Number(value))
        worked += 1
        // Done, but not committed: the next member cannot know.
        if (dies && worked > jobs / 2) die()
      },
      onCommitted(_partition, next) {
        onCommitted(next)
        if (next === jobs) settle()
      },
    })

  function die(): void {
    dies = false
    side.died()
    worker.crash()
    delay(backAfterMs, undefined, { signal: closing.signal })
      .then(startWorker)
      .then((next) => {
        worker = next
        side.back()
      })
      // Closed meanwhile, or a broker that is away: the burst ends by its time.
      .catch(() => {})
  }

  try {
    worker = await startWorker()
  } catch (error) {
    await topic.close()
    throw error
  }
  return {
    topic: topic.name,
    group: topic.groupId(GROUP),
    async run() {
      const asked = Array.from({ length: jobs }, (_, job) =>
        side.ask(job, () => topic.send([{ value: String(job) }])),
      )
      await Promise.all([...asked, settled])
    },
    async close() {
      closing.abort()
      settle()
      await topic.close()
    },
  }
}
