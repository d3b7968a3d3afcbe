import type { LogState } from '#contracts/inside/log.ts'
import { createRateLimiter } from '../access/rate-limit.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { RunningConsumer } from '../kafka/consume.ts'
import type { Logger } from '../logger.ts'
import type { Chapter, Visitor } from './chapter.ts'
import { createExtraWorkers } from './extra-workers.ts'
import type { LogReading, OpenLogReader } from './log/log-reader.ts'
import { createSharedPolls } from './shared-polls.ts'

type Dependencies = {
  demo: boolean
  /** In days, of the database. */
  kept: LogState['kept']
  openLogReader: OpenLogReader
  /** The members that this instance always runs. */
  consumers: readonly RunningConsumer[]
  joinHistory: () => Promise<RunningConsumer>
  now: () => number
  logger: Logger
}

const LOOK_EVERY_MS = 1_000
/** While a group changes, and for LOOK_CLOSELY_FOR_MS after a visitor has made it change. */
const LOOK_CLOSELY_EVERY_MS = 300
const LOOK_CLOSELY_FOR_MS = 8_000
/** The group rebalances at each, and every customer of the history waits meanwhile. */
const PULLS = { perSecond: 0.2, burst: 10 }
const SETTLED = ['Stable', 'Empty', 'Dead']

/** The log and its readers. */
export function createLogChapter({
  demo,
  kept,
  openLogReader,
  consumers,
  joinHistory,
  now,
  logger,
}: Dependencies): Chapter {
  const limit = createRateLimiter(PULLS, 'visitor')
  const extra = createExtraWorkers({ joinHistory, now, logger })
  let leverAtMs = Number.NEGATIVE_INFINITY
  const polls = createSharedPolls<LogReading>({
    open: openLogReader,
    pauseMs(reading) {
      const settled = reading?.groups.every(({ state }) => SETTLED.includes(state)) ?? true
      return settled && now() - leverAtMs > LOOK_CLOSELY_FOR_MS ? LOOK_EVERY_MS : LOOK_CLOSELY_EVERY_MS
    },
    logger,
  })

  const pull = async (lever: () => Promise<void>, visitor: Visitor) => {
    if (!demo) throw new ProblemError('forbidden', { detail: 'Levers are there in the demo only.' })
    limit.consume(visitor.address)
    leverAtMs = now()
    await lever()
    return { workers: extra.running().length }
  }

  function describe(topic: string, { topics, partitions, retentionMs, groups }: LogReading): LogState {
    const workers = extra.running()
    const extraIds = workers.map(({ consumer }) => consumer.memberId())
    return {
      topic,
      topics,
      partitions,
      retentionMs,
      kept,
      groups: groups.map(({ groupId, state, members, committed }) => {
        const here = [...consumers, ...workers.map(({ consumer }) => consumer)].filter(
          (consumer) => consumer.groupId === groupId,
        )
        const positions = new Map(here.flatMap((consumer) => [...consumer.positions(topic)]))
        return {
          id: groupId,
          state,
          members: members.map((member) => ({ ...member, extra: extraIds.includes(member.id) })),
          committed: committed.some((offset) => offset !== null) ? committed : null,
          positions: here.length > 0 ? partitions.map((_, index) => positions.get(index) ?? null) : null,
        }
      }),
      extraWorkers: workers.map(({ endsAtMs }) => ({ endsAtMs })),
    }
  }

  return {
    calls: {
      'log:start-worker': (_input, visitor) => pull(extra.start, visitor),
      'log:stop-worker': (_input, visitor) => pull(extra.stop, visitor),
    },
    streams: {
      async 'log:state'({ topic }, emit) {
        return polls.watch(topic, (reading) => emit(describe(topic, reading)))
      },
    },
    async close() {
      await Promise.all([polls.close(), extra.close()])
    },
  }
}
