import type { PartitionLog } from './partition-log.ts'

/** Something that may go away while a request waits. */
interface Waiting {
  onClose(listener: () => void): () => void
}

/**
 * Waits until `isSatisfied` after an append to one of the logs, until the time is up, or until the client is gone.
 * (Kafka calls the place where such requests wait the purgatory.)
 */
export function waitForAppend(
  logs: readonly PartitionLog[],
  maxWaitMs: number,
  isSatisfied: () => boolean,
  client: Waiting,
): Promise<void> {
  return new Promise((resolve) => {
    let checking = false
    const finish = () => {
      clearTimeout(timer)
      for (const unsubscribe of subscriptions) unsubscribe()
      resolve()
    }
    const appended = () => {
      if (checking) return
      checking = true
      // Not before the Produce that wrote is done: it may write to more of these partitions.
      queueMicrotask(() => {
        checking = false
        if (isSatisfied()) finish()
      })
    }
    const timer = setTimeout(() => {
      isSatisfied() // take what there is, if less than was asked for
      finish()
    }, maxWaitMs)
    const subscriptions = [...logs.map((log) => log.onAppend(appended)), client.onClose(finish)]
  })
}
