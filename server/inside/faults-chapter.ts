import { type FaultsState, LEVER_MS, leverSchema } from '#contracts/inside/faults.ts'
import type { Access } from '../access/access.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { Services } from '../delivery/services.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { EmbeddedBroker } from '../kafka/embedded-broker.ts'
import type { BreakerView } from '../kafka/publish-policy.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { Chapter } from './chapter.ts'
import { createBeginFault } from './faults/begin-fault.ts'
import type { Faults } from './faults/breakage.ts'
import { createLevers } from './faults/levers.ts'
import { createOwnRides } from './faults/own-rides.ts'
import { readCounts } from './faults/read-counts.ts'
import { createSharedPolls } from './shared-polls.ts'

type Dependencies = {
  /** null outside the demo: nothing can be broken there. */
  faults: Faults | null
  /** null with a broker that is not this app's own. */
  embedded: EmbeddedBroker | null
  breaker: BreakerView
  services: Pick<Services, 'createDelivery'>
  live: LiveDeliveries
  access: Access
  metrics: Metrics
  now: () => number
  logger: Logger
}

const EMIT_EVERY_MS = 500
/** There is one thing to look at. */
const ALL = 'all'

/** Breaks things on purpose, for some seconds, and shows the consequences. */
export function createFaultsChapter(dependencies: Dependencies): Chapter {
  const { faults, embedded, breaker, services, live, access, metrics, now, logger } = dependencies
  const rides = createOwnRides(access)
  const levers = faults
    ? createLevers({
        begin: createBeginFault({ faults, embedded, live, tokens: access.tokens, ownRide: rides.ownRide }),
        onChange: () => emitNow(),
        now,
        logger,
      })
    : null
  const available = leverSchema.options.filter((lever) => faults && (lever !== 'broker' || embedded))
  const polls = createSharedPolls<FaultsState>({
    open: async () => ({ read: readState, close: async () => {} }),
    pauseMs: () => EMIT_EVERY_MS,
    logger,
  })
  const emitNow = () => polls.lookNow(ALL)
  const unsubscribe = breaker.onChange(emitNow)

  async function readState(): Promise<FaultsState> {
    const nowMs = now()
    const pulled = (levers?.pulled() ?? []).map(({ lever, endsAtMs }) => ({
      lever,
      endsInMs: Math.max(0, endsAtMs - nowMs),
    }))
    const restsForMs = levers?.restsForMs() ?? 0
    return { ...(await readCounts(metrics, breaker, nowMs)), pulled, restsForMs, levers: available }
  }

  function inDemo<T>(part: T | null): T {
    if (part !== null) return part
    throw new ProblemError('forbidden', { detail: 'Only in the demo anything may be broken.' })
  }

  return {
    calls: {
      async 'faults:ride'(_input, visitor) {
        inDemo(levers)
        const created = await services.createDelivery({}, {})
        rides.note(created, visitor)
        return created
      },
      async 'faults:pull'({ fault, forMs = LEVER_MS }, visitor) {
        return await inDemo(levers).pull(fault, forMs, visitor)
      },
      async 'faults:undo'({ lever }) {
        await inDemo(levers).undo(lever)
        return null
      },
    },
    streams: {
      async 'faults:state'(_input, emit) {
        return polls.watch(ALL, emit)
      },
    },
    async close() {
      unsubscribe()
      await Promise.all([levers?.close(), polls.close()])
    },
  }
}
