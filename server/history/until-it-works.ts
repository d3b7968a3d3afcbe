import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'

/** Shorter than the group's session: a heartbeat comes with every try. */
const MAX_DELAY_MS = 3_000

type Options = { beforeRetry(error: unknown): Promise<void>; giveUp(): boolean }

/** Tries again with growing, jittered waits until the work is done, or throws its error once `giveUp` says so. */
export async function untilItWorks<T>(work: () => Promise<T>, { beforeRetry, giveUp }: Options): Promise<T> {
  const policy = retry(
    handleWhen(() => !giveUp()),
    {
      maxAttempts: Number.MAX_SAFE_INTEGER,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: MAX_DELAY_MS }),
    },
  )
  let failure: unknown
  return await policy.execute(async ({ attempt }) => {
    if (attempt > 0) await beforeRetry(failure)
    try {
      return await work()
    } catch (error) {
      failure = error
      throw error
    }
  })
}
