import type { RunningConsumer } from './consume.ts'
import type { PartitionLag } from './read-lag.ts'

export type WatchedConsumers = {
  /** Rejects while one of them has not joined its group. */
  checkJoined(): Promise<void>
  /** How far the group of each is behind. */
  lag(): Promise<(PartitionLag & { group: string })[]>
  /** Resolves once each has handled what was in its topics when it started. */
  caughtUp(): Promise<void>
}

/** The consumers that this instance always runs, looked at as one. */
export function watchConsumers(consumers: readonly RunningConsumer[]): WatchedConsumers {
  return {
    async checkJoined() {
      if (!consumers.every((consumer) => consumer.joined()))
        throw new Error('a consumer has not joined its group')
    },
    async lag() {
      const lags = await Promise.all(
        consumers.map(async ({ groupId, lag }) => (await lag()).map((each) => ({ group: groupId, ...each }))),
      )
      return lags.flat()
    },
    async caughtUp() {
      await Promise.all(consumers.map(({ caughtUp }) => caughtUp))
    },
  }
}
