import { MOST_EXTRA_WORKERS } from '#contracts/inside/log.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { RunningConsumer } from '../kafka/consume.ts'
import type { Logger } from '../logger.ts'

const LAST_FOR_MS = 2 * 60_000

/** More members of the group `history` than the one that always runs, each for two minutes at most. */
export type ExtraWorkers = {
  /** Resolves once it has joined. @throws ProblemError `rate_limited` when there are enough */
  start(): Promise<void>
  /** Stops the newest. Its partitions go back to the others; what it had not committed they read again. */
  stop(): Promise<void>
  running(): { consumer: RunningConsumer; endsAtMs: number }[]
  close(): Promise<void>
}

export function createExtraWorkers({
  joinHistory,
  now,
  logger,
}: {
  joinHistory: () => Promise<RunningConsumer>
  now: () => number
  logger: Logger
}): ExtraWorkers {
  const workers: { consumer: RunningConsumer; endsAtMs: number; timer: NodeJS.Timeout }[] = []
  const starting = new Set<Promise<RunningConsumer>>()

  const end = async (worker: (typeof workers)[number] | undefined) => {
    if (!worker || !workers.includes(worker)) return
    workers.splice(workers.indexOf(worker), 1)
    clearTimeout(worker.timer)
    await worker.consumer.stop()
  }

  return {
    async start() {
      if (workers.length + starting.size >= MOST_EXTRA_WORKERS)
        throw new ProblemError('rate_limited', { detail: `There are ${MOST_EXTRA_WORKERS} more already.` })
      const joining = joinHistory()
      starting.add(joining)
      try {
        const consumer = await joining
        const timer = setTimeout(() => {
          end(worker).catch((err: unknown) => logger.warn({ err }, 'An extra worker did not stop cleanly'))
        }, LAST_FOR_MS)
        const worker = { consumer, endsAtMs: now() + LAST_FOR_MS, timer }
        workers.push(worker)
      } finally {
        starting.delete(joining)
      }
    },
    stop: () => end(workers.at(-1)),
    running: () => workers,
    async close() {
      await Promise.allSettled(starting)
      await Promise.all([...workers].map(end))
    },
  }
}
