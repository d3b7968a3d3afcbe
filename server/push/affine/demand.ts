import { ProblemError } from '../../ground/problem-error.ts'
import type { OnDemand } from '../../kafka/on-demand.ts'
import { partitionOfKey } from '../../kafka/partition-of-key.ts'
import type { Logger } from '../../logger.ts'

/** How long a partition is still read after the last customer has gone and the last call was answered. */
const KEPT_FOR_MS = 60_000
const LOOK_EVERY_MS = 1_000
/** A caller waits no longer for what was in the log; the reading goes on, and the next call may find it done. */
const BEGUN_WITHIN_MS = 1_500
const AGAIN_AFTER_MS = 1_000

/** `usedAt` counts the looks that keep what is needed: a clock that is set does no harm. */
type Partition = { state: 'unread' | 'beginning' | 'read'; begun: Promise<void> | undefined; usedAt: number }

type Dependencies = {
  /** Of the deliveries whose customers are here. */
  followedHere: () => Iterable<string>
  /** While it is, everything is read. */
  needsAll: () => boolean
  /** Nothing that is remembered of these deliveries is kept true from now on. */
  onEnd: (isOver: (deliveryId: string) => boolean) => void
  logger: Logger
}

/**
 * Which partitions this instance reads: those of which it is asked for a delivery, and those whose customers it has. What
 * is remembered of a delivery is true while its partition is read, and forgotten when that ends; so that an instance which
 * begins with a partition is, for that partition, an instance that has just started.
 */
export function createDemand({ followedHere, needsAll, onEnd, logger }: Dependencies) {
  let log: OnDemand | undefined
  let partitions: Partition[] = []
  let looks = 0
  let onStart = () => {}
  const started = new Promise<void>((resolve) => {
    onStart = resolve
  })
  const timer = setInterval(look, LOOK_EVERY_MS)

  const partitionOf = (deliveryId: string) => partitionOfKey(deliveryId, partitions.length)

  function read(number: number): Promise<void> {
    const partition = partitions[number] as Partition
    if (partition.begun) return partition.begun
    partition.state = 'beginning'
    const begun = (log as OnDemand).begin(number).then(
      () => {
        partition.state = 'read'
      },
      (error: unknown) => {
        Object.assign(partition, { state: 'unread', begun: undefined })
        throw error
      },
    )
    partition.begun = begun
    return begun
  }

  function look(): void {
    looks += 1
    if (!log) return
    for (const deliveryId of followedHere()) (partitions[partitionOf(deliveryId)] as Partition).usedAt = looks
    const all = needsAll()
    for (const [number, partition] of partitions.entries()) {
      if (all) {
        partition.usedAt = looks
        read(number).catch((err: unknown) =>
          logger.warn({ err, partition: number }, 'Not read yet; tried again'),
        )
      } else if (partition.state === 'read' && (looks - partition.usedAt) * LOOK_EVERY_MS >= KEPT_FOR_MS) {
        Object.assign(partition, { state: 'unread', begun: undefined })
        log.end(number)
        onEnd((deliveryId) => partitionOf(deliveryId) === number)
      }
    }
  }

  return {
    /** Whether all of the delivery's events come in here; if so, that they do for another minute. */
    has(deliveryId: string): boolean {
      const partition = partitions[partitionOf(deliveryId)]
      if (partition?.state !== 'read') return false
      partition.usedAt = looks
      return true
    },
    /** @throws ProblemError `log_unavailable` when that takes too long */
    async begin(deliveryId: string): Promise<void> {
      await started
      const number = partitionOf(deliveryId)
      const partition = partitions[number] as Partition
      partition.usedAt = looks
      await inTime(read(number))
    },
    partitionOf,
    /** How many are read. */
    reading: () => partitions.filter(({ state }) => state !== 'unread').length,
    start(onDemand: OnDemand) {
      log = onDemand
      partitions = Array.from({ length: onDemand.partitions }, () => ({
        ...{ state: 'unread', begun: undefined, usedAt: 0 },
      }))
      onStart()
    },
    stop() {
      clearInterval(timer)
    },
  }
}

async function inTime(begun: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notYet()), BEGUN_WITHIN_MS)
  })
  await Promise.race([begun, timeUp])
    .catch((cause: unknown) => {
      throw cause instanceof ProblemError ? cause : notYet(cause)
    })
    .finally(() => clearTimeout(timer))
}

const notYet = (cause?: unknown) =>
  new ProblemError('log_unavailable', {
    detail: 'What is known of this delivery is being read. Try again in a moment.',
    retryAfterMs: AGAIN_AFTER_MS,
    cause,
  })
