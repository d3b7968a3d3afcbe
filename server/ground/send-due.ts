import type { Logger } from 'pino'
import { waitAtMost } from './wait-at-most.ts'

/** The app gives itself 10 s to stop. What is on its way then is sent again by whoever comes next. */
const STOP_WITHIN_MS = 2_000

export type SendDue = {
  /** Something may be due now. */
  look(): void
  stop(): Promise<void>
}

type Dependencies<Due> = {
  /** Takes at most so many of what is due; no other instance is handed them meanwhile. */
  take(limit: number): Promise<Due[]>
  /** Never throws. */
  send(due: Due): Promise<void>
  mostAtOnce: number
  /** For what is tried again, and for what another process left behind. */
  lookEveryMs: number
  logger: Pick<Logger, 'warn'>
}

/** Sends what waits in the database, some at once, whichever instance has put it there. */
export function startSendDue<Due>({
  take,
  send,
  mostAtOnce,
  lookEveryMs,
  logger,
}: Dependencies<Due>): SendDue {
  const onTheirWay = new Set<Promise<void>>()
  let looking: Promise<void> | null = null
  let again = false
  let stopped = false
  const timer = setInterval(look, lookEveryMs)

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
      logger.warn({ err }, 'What is to be sent waits in the database')
    }
  }

  async function round(): Promise<void> {
    const limit = mostAtOnce - onTheirWay.size
    if (limit === 0) return
    for (const due of await take(limit)) {
      const sending = send(due).finally(() => {
        onTheirWay.delete(sending)
        // There may be more than fitted, or a later one that had to wait for this one.
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
