import type { Database } from '../db/open-database.ts'
import { type DueNotice, takeDue } from '../db/push-subscriptions.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { Logger } from '../logger.ts'
import { POLICY } from './push-policy.ts'

/** For what is tried again, and for what another process left behind. */
const LOOK_EVERY_MS = 2_000
/** Longer than a try may take, with room for a slow database before and after it. */
const LEASE_MS = POLICY.attemptMs + 3_000
const MOST_AT_ONCE = 50
/** The app gives itself 10 s to stop. What is on its way then is sent again by whoever comes next. */
const STOP_WITHIN_MS = 2_000

export type SendDue = {
  /** Something may be due now. */
  look(): void
  stop(): Promise<void>
}

/** Sends what is due, some at once, whichever instance has noted it. */
export function startSendDue({
  db,
  send,
  logger,
}: {
  db: Database
  send: (due: DueNotice) => Promise<void>
  logger: Logger
}): SendDue {
  const onTheirWay = new Set<Promise<void>>()
  let looking: Promise<void> | null = null
  let again = false
  let stopped = false
  const timer = setInterval(look, LOOK_EVERY_MS)

  function look(): void {
    again = true
    looking ??= rounds().finally(() => {
      looking = null
    })
  }

  async function rounds(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false
        await round()
      }
    } catch (err) {
      logger.warn({ err }, 'Push messages wait in the database')
    }
  }

  async function round(): Promise<void> {
    const limit = MOST_AT_ONCE - onTheirWay.size
    if (limit === 0) return
    const taken = await takeDue(db, { limit, leaseMs: LEASE_MS })
    for (const due of taken) {
      const sending = send(due).finally(() => {
        onTheirWay.delete(sending)
        // There may be more than fitted, or a later status of the same delivery.
        look()
      })
      onTheirWay.add(sending)
    }
  }

  return {
    look,
    async stop() {
      stopped = true
      clearInterval(timer)
      await waitAtMost(
        STOP_WITHIN_MS,
        Promise.all([looking, ...onTheirWay]).then(() => {}),
      )
    },
  }
}
