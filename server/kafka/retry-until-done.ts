import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'

/** Shorter than the group's session: a heartbeat comes with every try. */
const MAX_DELAY_MS = 3_000

type Options = { beforeRetry(error: unknown): Promise<void>; giveUp(): boolean }

/**
 * Tries again with growing, jittered waits until the work is done, or throws its error once `giveUp` says so. Throws as
 * well when `beforeRetry` does: a consumer that is no longer a member of the group has to join it again first.
 */
export async function retryUntilDone<T>(
  work: () => Promise<T>,
  { beforeRetry, giveUp }: Options,
): Promise<T> {
  let over = false
  const policy = retry(
    handleWhen(() => !over && !giveUp()),
    {
      maxAttempts: Number.MAX_SAFE_INTEGER,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: MAX_DELAY_MS }),
    },
  )
  let failure: unknown
  return await policy.execute(async ({ attempt }) => {
    if (attempt > 0) {
      over = true
      await beforeRetry(failure)
      over = false
    }
    try {
      return await work()
    } catch (error) {
      failure = error
      throw error
    }
  })
}
