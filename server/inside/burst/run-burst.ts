import type { Burst, BurstState } from '#contracts/inside/queue.ts'
import type { Lab } from '../log/lab.ts'
import { openBurstByHttp } from './burst-by-http.ts'
import { openBurstByLog } from './burst-by-log.ts'
import { createSide } from './side.ts'

const BACK_AFTER_MS = 2_000
const LASTS_AT_MOST_MS = 60_000

export type RunningBurst = {
  state(): BurstState
  /** Resolves when all is done, or nothing more is waited for. */
  over: Promise<void>
  /** Ends it, and removes its topic. */
  close(): Promise<void>
}

/** Opens both workers, then has the same burst done by both, side by side. Resolves when it has begun. */
export async function startBurst(lab: Lab, burst: Burst): Promise<RunningBurst> {
  let startedAtMs = performance.now()
  let overMs: number | null = null
  let committed = 0
  const sinceMs = () => Math.round(performance.now() - startedAtMs)
  const [httpSide, logSide] = [createSide(burst.jobs, sinceMs), createSide(burst.jobs, sinceMs)]

  const http = await openBurstByHttp({ burst, side: httpSide, backAfterMs: BACK_AFTER_MS })
  const log = await openBurstByLog({
    lab,
    burst,
    side: logSide,
    backAfterMs: BACK_AFTER_MS,
    onCommitted(next) {
      committed = next
    },
  }).catch(async (error: unknown) => {
    await http.close()
    throw error
  })

  startedAtMs = performance.now()
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LASTS_AT_MOST_MS)
  })
  const over = Promise.race([Promise.all([http.run(), log.run()]), timeUp]).then(() => {
    clearTimeout(timer)
    overMs = sinceMs()
  })
  return {
    state: () => ({
      ...burst,
      over: overMs !== null,
      nowMs: overMs ?? sinceMs(),
      http: { ...httpSide.state, url: http.url },
      queue: { ...logSide.state, topic: log.topic, group: log.group, committed },
    }),
    over,
    async close() {
      clearTimeout(timer)
      await Promise.all([http.close(), log.close()])
    },
  }
}
