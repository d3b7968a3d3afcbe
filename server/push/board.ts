import type { BoardDelivery, GoneMessage } from '#contracts/dispatch.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { boardDelivery } from '../delivery/board-delivery.ts'
import type { LiveDeliveries, LiveDelivery } from '../delivery/live-deliveries.ts'
import { toProblemError } from '../ground/problem-response.ts'
import type { Logger } from '../logger.ts'

/** Of each delivery at most one message in this time. */
const EACH_EVERY_MS = 1_000
/** What comes in within this time is written to each board in one piece. */
const GATHER_MS = 100
/** A delivery that could not be looked up is looked up again. */
const AGAIN_AFTER_MS = 1_000

export type Update =
  | { event: 'dispatch:delivery'; message: BoardDelivery }
  | { event: 'dispatch:gone'; message: GoneMessage }
type Dependencies = {
  live: Pick<LiveDeliveries, 'get' | 'loaded'>
  /** The ids of all running deliveries, as the database has them. */
  listRunning: () => Promise<string[]>
  /** To every board that has its snapshot. */
  emit: (updates: readonly Update[]) => void
  logger: Logger
  now: () => number
}

export type Board = {
  /** Something about the delivery has changed. Called for every event, so it has to be cheap. */
  note(deliveryId: string): void
  /** From now on changes are followed, until the function that it returns is called. */
  watch(): () => void
  /**
   * Resolves when a snapshot can be taken. The function that it resolves with takes it, and is to be called in the same
   * turn as the board joins those that are emitted to: no change falls between the two, because nothing is awaited.
   * @throws ProblemError `log_unavailable` when the database is away
   */
  prepare(): Promise<() => BoardDelivery[]>
}

/**
 * The running deliveries of all instances, for the boards of this one: the database says which they are when a board
 * opens, and the events of the log, which each instance has all of, say what changes. While no board is open nothing is
 * kept and nothing is done.
 */
export function createBoard({ live, listRunning, emit, logger, now }: Dependencies): Board {
  /** When each was last told of. */
  const running = new Map<string, number>()
  const due = new Set<string>()
  const looking = new Set<string>()
  let watchers = 0
  let timer: NodeJS.Timeout | undefined
  let listing: Promise<string[]> | undefined

  function note(deliveryId: string): void {
    if (watchers === 0) return
    due.add(deliveryId)
    timer ??= setTimeout(tell, GATHER_MS)
  }

  function tell(): void {
    timer = undefined
    const updates: Update[] = []
    for (const id of due) {
      const delivery = live.loaded(id)
      if (!delivery) {
        due.delete(id)
        lookUp(id)
        continue
      }
      const ended = isEnded(delivery.record.delivery.status)
      if (!ended && now() - (running.get(id) ?? 0) < EACH_EVERY_MS) continue
      due.delete(id)
      const update = ended ? gone(id) : changed(id, delivery)
      if (update) updates.push(update)
    }
    if (updates.length > 0) emit(updates)
    // What is told of once a second waits for its turn.
    if (due.size > 0) timer = setTimeout(tell, GATHER_MS)
  }

  function changed(id: string, delivery: LiveDelivery): Update {
    running.set(id, now())
    return { event: 'dispatch:delivery', message: boardDelivery(delivery, now()) }
  }

  /** Also of one that is on no board: nobody has seen it, and there is nothing to tell. */
  function gone(id: string): Update | undefined {
    return running.delete(id) ? { event: 'dispatch:gone', message: { id } } : undefined
  }

  /** Others are told of meanwhile. */
  function lookUp(id: string): void {
    if (looking.has(id)) return
    looking.add(id)
    live
      .get(id)
      .then(
        () => note(id),
        (error: unknown) => {
          if (toProblemError(error).code === 'not_found') {
            const update = gone(id)
            if (update) emit([update])
            return
          }
          logger.warn({ err: error, deliveryId: id }, 'A delivery for the board could not be looked up')
          setTimeout(() => note(id), AGAIN_AFTER_MS).unref()
        },
      )
      .finally(() => looking.delete(id))
  }

  return {
    note,
    watch() {
      watchers += 1
      let watching = true
      return () => {
        if (watching) watchers -= 1
        watching = false
        if (watchers > 0) return
        clearTimeout(timer)
        timer = undefined
        due.clear()
        running.clear()
      }
    },
    async prepare() {
      // Boards that open at once share one look.
      listing ??= listRunning().finally(() => {
        listing = undefined
      })
      const ids = await listing
      const found = await Promise.allSettled(ids.map((id) => live.get(id)))
      return () => {
        for (const [index, id] of ids.entries()) {
          if (!running.has(id)) running.set(id, 0)
          // It comes as soon as it is found.
          if (found[index]?.status === 'rejected') note(id)
        }
        return [...running.keys()].flatMap((id) => {
          const delivery = live.loaded(id)
          return delivery && !isEnded(delivery.record.delivery.status) ? [boardDelivery(delivery, now())] : []
        })
      }
    },
  }
}
