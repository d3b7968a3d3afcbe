import type { Location } from '#contracts/location.ts'
import { TOPIC, type Topic } from '#contracts/topics.ts'
import { insertLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import type { Batch, Consume, RunningConsumer } from '../kafka/consume.ts'
import { decode } from '../kafka/decode.ts'
import type { Publish } from '../kafka/publish.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { retryUntilDone } from './retry-until-done.ts'

type Dependencies = { consume: Consume; db: Database; publish: Publish; metrics: Metrics; logger: Logger }

/** One group for all instances: they share the partitions, so each event is stored once. */
export const HISTORY_GROUP = 'history'

/**
 * The second reader of the log: stores every location. The offset is committed only after the write, so a crash
 * between the two repeats the write, which the identity (delivery, seq) turns into nothing.
 */
export async function startHistory({
  consume,
  db,
  publish,
  metrics,
  logger,
}: Dependencies): Promise<RunningConsumer> {
  return await consume({
    groupId: HISTORY_GROUP,
    topics: Object.values(TOPIC),
    position: 'committed',
    handle: store,
  })

  async function store(batch: Batch): Promise<void> {
    const locations: Location[] = []
    for (const message of batch.messages) {
      const decoded = decode(batch.topic, message)
      if (decoded.kind === 'location') locations.push(toLocation(decoded.event))
      if (decoded.kind === 'undecodable') {
        const origin = `${batch.topic}/${batch.partition}/${message.offset}`
        logger.warn(
          { origin, reason: decoded.reason },
          'A record cannot be read; it goes to the dead-letter topic',
        )
        await keepTrying(batch, () =>
          publish.poison({
            topic: batch.topic as Topic,
            key: message.key,
            value: message.value,
            reason: decoded.reason,
            origin,
          }),
        )
      }
    }
    if (locations.length === 0) return
    const readAtMs = Date.now()
    const { inserted, duplicates, conflicts, unknown } = await keepTrying(batch, () =>
      insertLocations(db, locations),
    )
    metrics.hop('store', Date.now() - readAtMs)
    metrics.locationsStored.inc(inserted)
    metrics.locationsRepeated.inc({ group: HISTORY_GROUP }, duplicates)
    await keepTrying(batch, () =>
      publish.deadLetters([
        ...conflicts.map((event) => ({ event, reason: 'same seq, other content', requestId: '' })),
        ...unknown.map((event) => ({ event, reason: 'unknown delivery', requestId: '' })),
      ]),
    )
  }

  /** The database or Kafka may be away for a while: the batch waits, and the group keeps its member. */
  function keepTrying<T>(batch: Batch, work: () => Promise<T>): Promise<T> {
    return retryUntilDone(work, {
      beforeRetry: async (err) => {
        logger.warn(
          { err, topic: batch.topic, partition: batch.partition },
          'The history could not be written; trying again',
        )
        await batch.heartbeat()
      },
      giveUp: batch.stopping,
    })
  }
}

function toLocation({
  v: _v,
  riderId: _riderId,
  ...location
}: { v: 1; riderId: string } & Location): Location {
  return location
}
