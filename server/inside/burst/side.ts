import type { BurstSide } from '#contracts/inside/queue.ts'

/** One way of having a burst of jobs done, and how far it has come. */
export type Side = {
  state: BurstSide
  /** Notes when a job was asked for and answered; one that throws has failed. */
  ask(job: number, request: () => Promise<void>): Promise<void>
  done(job: number): void
  died(): void
  back(): void
}

/** `sinceMs`: whole milliseconds since the burst began. */
export function createSide(jobs: number, sinceMs: () => number): Side {
  const moments = () => Array.from({ length: jobs }, () => null)
  const state: BurstSide = {
    asked: moments(),
    answered: moments(),
    failed: [],
    done: moments(),
    repeated: 0,
    away: null,
  }
  return {
    state,
    async ask(job, request) {
      state.asked[job] = sinceMs()
      try {
        await request()
      } catch {
        // The reason does not matter to the caller: there is no answer.
        state.failed.push(job)
      }
      state.answered[job] = sinceMs()
    },
    done(job) {
      if (state.done[job] === null) state.done[job] = sinceMs()
      else state.repeated += 1
    },
    died() {
      state.away = { fromMs: sinceMs(), toMs: null }
    },
    back() {
      if (state.away) state.away.toMs = sinceMs()
    },
  }
}
