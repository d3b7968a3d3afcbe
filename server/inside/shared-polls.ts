import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../logger.ts'

type Source<T> = { read(): Promise<T>; close(): Promise<void> }
type Options<T> = {
  open(key: string): Promise<Source<T>>
  /** How long until the next look, after what was seen last. */
  pauseMs(seen: T | null): number
  logger: Logger
}

/** Reads a thing again and again, once for all its watchers, and not at all while there is no watcher. */
export type SharedPolls<T> = {
  /** Emits what is known already, then each reading. Returns the function that stops it. */
  watch(key: string, emit: (seen: T) => void): () => void
  /** It has changed: the next look is at once. */
  lookNow(key: string): void
  /** Resolves once nothing is looked at any more. */
  close(): Promise<void>
}

export function createSharedPolls<T>({ open, pauseMs, logger }: Options<T>): SharedPolls<T> {
  type Poll = {
    watchers: Set<(seen: T) => void>
    seen: T | null
    pause: AbortController
    unwatched: AbortController
  }
  const polls = new Map<string, Poll>()
  const running = new Set<Promise<void>>()

  async function run(key: string, poll: Poll): Promise<void> {
    let source: Source<T> | null = null
    const { signal } = poll.unwatched
    while (!signal.aborted) {
      try {
        source ??= await open(key)
        const seen = await source.read()
        poll.seen = seen
        for (const emit of poll.watchers) emit(seen)
      } catch (err) {
        logger.debug({ err, key }, 'What is watched could not be read; trying again')
      }
      poll.pause = new AbortController()
      if (signal.aborted) break
      await delay(pauseMs(poll.seen), undefined, { signal: poll.pause.signal }).catch(() => {})
    }
    await source
      ?.close()
      .catch((err: unknown) => logger.debug({ err, key }, 'A reader did not close cleanly'))
  }

  function begin(key: string): Poll {
    const poll: Poll = {
      watchers: new Set(),
      seen: null,
      pause: new AbortController(),
      unwatched: new AbortController(),
    }
    polls.set(key, poll)
    const looking = run(key, poll).finally(() => running.delete(looking))
    running.add(looking)
    return poll
  }

  const end = (key: string, poll: Poll) => {
    if (polls.get(key) === poll) polls.delete(key)
    poll.unwatched.abort()
    poll.pause.abort()
  }

  return {
    watch(key, emit) {
      const poll = polls.get(key) ?? begin(key)
      poll.watchers.add(emit)
      if (poll.seen !== null) emit(poll.seen)
      return () => {
        poll.watchers.delete(emit)
        if (poll.watchers.size === 0) end(key, poll)
      }
    },
    lookNow: (key) => polls.get(key)?.pause.abort(),
    async close() {
      for (const [key, poll] of polls) end(key, poll)
      await Promise.all(running)
    },
  }
}
