import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { eraseDelivery, forgetUnreferred } from '../db/erase-delivery.ts'
import type { Database } from '../db/open-database.ts'
import { erasePositions, inTurn, listOverdue } from '../db/retention.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import type { Relay } from './relay.ts'

const DAY_MS = 86_400_000
const LOOK_EVERY_MS = 10 * 60_000
/** What is left then waits for the next look, at which another instance may have its turn. */
const AT_MOST_MS = 5 * 60_000
/** Riders and customers come first: at this pace a step takes a small part of the database's time. */
const PAUSE_MS = 50

type Dependencies = {
  config: Pick<Config, 'retention'>
  db: Database
  live: LiveDeliveries
  relay: Relay
  metrics: Metrics
  logger: Logger
  now: () => number
}

/**
 * What is over goes: first the positions of a delivery, later the delivery with all names, numbers and addresses. By one
 * instance at a time, in small steps, at the start and then every ten minutes. Each instance forgets as much itself.
 */
export function startRetention({ config, db, live, relay, metrics, logger, now }: Dependencies) {
  const { locationDays, deliveryDays } = config.retention
  const stopping = new AbortController()
  const { signal } = stopping
  const running = run()

  async function run(): Promise<void> {
    while (!signal.aborted) {
      live.forgetSilentSince(now() - locationDays * DAY_MS)
      await inTurn(db, erase).catch((err: unknown) =>
        logger.warn({ err }, 'What is over could not be erased; trying again in ten minutes'),
      )
      await pause(LOOK_EVERY_MS)
    }
  }

  async function erase(): Promise<void> {
    const untilMs = performance.now() + AT_MOST_MS
    const goesOn = () => !signal.aborted && performance.now() < untilMs
    const counts = { positions: 0, deliveries: 0 }
    for (let more = true; more && goesOn(); await pause(PAUSE_MS)) {
      const step = await erasePositions(db, now() - locationDays * DAY_MS)
      metrics.erased.inc({ what: 'positions' }, step.positions)
      counts.positions += step.positions
      more = step.more
    }
    for (let more = true; more && goesOn(); await pause(PAUSE_MS)) {
      const overdue = await listOverdue(db, now() - deliveryDays * DAY_MS)
      for (const deliveryId of overdue) {
        if (!(await eraseDelivery(db, { deliveryId, atMs: now() }))) continue
        metrics.erased.inc({ what: 'deliveries' })
        counts.deliveries += 1
      }
      more = overdue.length > 0
    }
    // A process that ended in the middle of an erasure has left names behind.
    await forgetUnreferred(db)
    if (counts.deliveries > 0) await relay.flush()
    if (counts.positions + counts.deliveries > 0) logger.info(counts, 'Erased what is over')
  }

  async function pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal, ref: false }).catch(() => {})
  }

  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
