import type { Database } from '../db/open-database.ts'
import { pendingStatuses, removeStatuses } from '../db/status-outbox.ts'
import type { Publish } from '../kafka/publish.ts'
import type { Log } from '../log.ts'

/** How long a change may wait when the process that made it died before telling it. */
const LOOK_EVERY_MS = 2_000
const AT_ONCE = 100

export type StatusRelay = {
  /** Tells what waits, oldest first. Resolves when all of it is told, or when Kafka would not have it now. */
  flush(): Promise<void>
  stop(): Promise<void>
}

/**
 * Carries the status changes from the outbox to Kafka. A change is in the outbox from the same statement that made it,
 * and leaves it only when Kafka has it: whoever dies in between, some instance tells it later. So it is told at least
 * once; that it was told before is seen by its time.
 */
export function startStatusRelay({
  db,
  publish,
  log,
}: {
  db: Database
  publish: Publish
  log: Log
}): StatusRelay {
  let running: Promise<void> | null = null
  let again = false
  const timer = setInterval(() => void flush(), LOOK_EVERY_MS)

  /** One at a time: two would tell the same change twice. Who comes during a round gets one more. */
  function flush(): Promise<void> {
    if (running) again = true
    running ??= rounds().finally(() => {
      running = null
    })
    return running
  }

  async function rounds(): Promise<void> {
    try {
      do {
        again = false
        await round()
      } while (again)
    } catch (err) {
      log.warn({ err }, 'Status changes wait in the outbox')
    }
  }

  async function round(): Promise<void> {
    for (;;) {
      const pending = await pendingStatuses(db, AT_ONCE)
      for (const { id, event, requestId } of pending) {
        await publish.status(event, requestId)
        await removeStatuses(db, [id])
      }
      if (pending.length < AT_ONCE) return
    }
  }

  return {
    flush,
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
