import { setTimeout as delay } from 'node:timers/promises'
import type { Location } from '#contracts/location.ts'
import { TOPIC } from '#contracts/topics.ts'
import { type Notice, noticesOf, TOLD_NOTHING, type Told, type Watched } from '#domain/watch.ts'
import { newestLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { listWatched } from '../db/watched-deliveries.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { Batch, Consume, RunningConsumer } from '../kafka/consume.ts'
import { decode } from '../kafka/decode.ts'
import { partitionOfKey } from '../kafka/partition-of-key.ts'
import type { Logger } from '../logger.ts'
import { createHearing, type Heard } from './hearing.ts'

/** What was noticed of a delivery, in the status that it had. */
export type Noticed = Notice & Pick<Watched, 'status' | 'statusAtMs'> & { deliveryId: string }
/** The part that tells the shop of it. */
export type Teller = {
  /** How often each kind of notice was told, by delivery. */
  toldOf(deliveryIds: readonly string[]): Promise<Map<string, Told>>
  /** Puts these on their way, each once however often it is asked to. Returns those that have to wait for what comes before them. */
  tell(noticed: readonly Noticed[]): Promise<Noticed[]>
}

type Dependencies = {
  consume: Consume
  db: Database
  teller: Teller
  nearM: number
  groupId?: string
  logger: Logger
  now: () => number
}

/** One group for all instances: the one that has a delivery's partition watches it. */
export const WATCH_GROUP = 'watch'
const READ_EVERY_MS = 500
const LOOK_EVERY_MS = 2_000
const MOST_AT_ONCE = 200
/** A log that does not answer keeps a look waiting. */
const STOP_WITHIN_MS = 2_000

/**
 * The fifth reader of the log: notices that a rider is near, late, silent or back. The database says what runs and what was
 * told of it, the log where the riders are; so nothing is kept that another instance could not find again.
 */
export async function startWatch({
  consume,
  db,
  teller,
  nearM,
  groupId = WATCH_GROUP,
  logger,
  now,
}: Dependencies): Promise<RunningConsumer> {
  /** The newest one that was believed, by delivery. */
  const places = new Map<string, Location>()
  const told = new Map<string, Told>()
  const stopping = new AbortController()
  const { signal } = stopping

  const consumer = await consume({
    groupId,
    topics: [TOPIC.locationUpdated],
    position: 'committed',
    everyMs: READ_EVERY_MS,
    handle: async (batches) => read(batches),
  })
  const hear = createHearing(consumer, TOPIC.locationUpdated)
  const looking = keepLooking()
  return {
    ...consumer,
    async stop() {
      stopping.abort()
      await waitAtMost(STOP_WITHIN_MS, looking)
      await consumer.stop()
    },
  }

  function read(batches: readonly Batch[]): void {
    for (const { topic, messages } of batches) {
      for (const message of messages) {
        const decoded = decode(topic, message)
        // What cannot be read the history puts on the dead-letter topic.
        if (decoded.kind === 'location') note(decoded.event)
      }
    }
  }

  function note(location: Location): void {
    const { deliveryId, seq, implausible } = location
    if (!implausible && seq > (places.get(deliveryId)?.seq ?? 0)) places.set(deliveryId, location)
  }

  async function keepLooking(): Promise<void> {
    while (!signal.aborted) {
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      await look().catch((err: unknown) =>
        logger.warn({ err }, 'Running deliveries could not be watched; trying again'),
      )
    }
  }

  async function look(): Promise<void> {
    const nowMs = now()
    const heard = await hear(nowMs)
    if (heard.isNew) told.clear()
    const mine = (await listWatched(db, nowMs)).filter(({ id }) => heard.sinceMs.has(partitionOf(id, heard)))
    forgetOthers(mine)
    await learn(mine.filter(({ id }) => !told.has(id)))
    const seemSilent = mine.filter((delivery) =>
      noticed(delivery, heard, nowMs).some(({ type }) => type === 'delivery.silent'),
    )
    // Another instance may have read on in a partition that was this one's a moment ago.
    await findPlaces(seemSilent)
    await say(mine.flatMap((delivery) => noticed(delivery, heard, nowMs)))
  }

  function noticed(delivery: Watched, heard: Heard, nowMs: number): Noticed[] {
    const { id: deliveryId, status, statusAtMs } = delivery
    const known = {
      told: told.get(deliveryId) ?? TOLD_NOTHING,
      lastLocation: places.get(deliveryId) ?? null,
      heardSinceMs: heard.sinceMs.get(partitionOf(deliveryId, heard)) ?? null,
      ...{ nowMs, nearM },
    }
    return noticesOf(delivery, known).map((notice) => ({ ...notice, deliveryId, status, statusAtMs }))
  }

  /** What has ended, and what another instance watches. */
  function forgetOthers(mine: readonly Watched[]): void {
    const ids = new Set(mine.map(({ id }) => id))
    for (const known of [places, told]) for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
  }

  async function learn(strangers: readonly Watched[]): Promise<void> {
    if (strangers.length === 0) return
    await findPlaces(strangers)
    const found = await teller.toldOf(strangers.map(({ id }) => id))
    for (const [id, each] of found) told.set(id, each)
  }

  async function findPlaces(deliveries: readonly Watched[]): Promise<void> {
    if (deliveries.length === 0) return
    const asked = deliveries.map((view) => ({ id: view.id, view }))
    for (const locations of await newestLocations(db, asked)) locations.forEach(note)
  }

  async function say(news: readonly Noticed[]): Promise<void> {
    for (let from = 0; from < news.length; from += MOST_AT_ONCE) {
      const some = news.slice(from, from + MOST_AT_ONCE)
      const waiting = new Set(await teller.tell(some))
      for (const each of some) {
        const known = told.get(each.deliveryId)
        if (known && !waiting.has(each)) known[each.type] = each.nth
      }
    }
  }
}

function partitionOf(deliveryId: string, { partitions }: Heard): number {
  return partitionOfKey(deliveryId, partitions)
}
