import type { Location } from '#contracts/location.ts'
import { TOPIC, type Topic } from '#contracts/topics.ts'
import { insertLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import type { Batch, Consume, Member, RunningConsumer } from '../kafka/consume.ts'
import { decode } from '../kafka/decode.ts'
import type { Publish } from '../kafka/publish.ts'
import { retryUntilDone } from '../kafka/retry-until-done.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'

type Dependencies = {
  consume: Consume
  db: Database
  publish: Publish
  /** Whether the delivery was erased: then what the log still has of it is passed over. */
  isErased(deliveryId: string): boolean
  metrics: Metrics
  logger: Logger
}

/** One group for all instances: they share the partitions, so each event is stored once. */
export const HISTORY_GROUP = 'history'
/** The history has time: an insert and a commit each so often cost the riders and customers beside it next to nothing. */
const STORE_EVERY_MS = 150
/** So large a statement takes the loop for a millisecond, and the database long before it gives up on statements. */
const MOST_PER_INSERT = 500
/** So many records are decoded in one go; then riders and customers have their turn. */
const MOST_DECODED_AT_ONCE = 250

/**
 * The second reader of the log: stores every location, those of all partitions in one statement. The offsets are
 * committed only after the write, so a crash between the two repeats the write, which the identity (delivery, seq)
 * turns into nothing.
 */
export async function startHistory({
  consume,
  db,
  publish,
  isErased,
  metrics,
  logger,
}: Dependencies): Promise<RunningConsumer> {
  return await consume({
    groupId: HISTORY_GROUP,
    topics: Object.values(TOPIC),
    position: 'committed',
    everyMs: STORE_EVERY_MS,
    handle: store,
  })

  async function store(batches: readonly Batch[], member: Member): Promise<void> {
    const readAtMs = Date.now()
    const locations: Location[] = []
    let records = 0
    for (const { topic, partition, messages } of batches) {
      for (const message of messages) {
        records += 1
        if (records % MOST_DECODED_AT_ONCE === 0) await new Promise(setImmediate)
        const decoded = decode(topic, message)
        if (decoded.kind === 'location') locations.push(decoded.event)
        if (decoded.kind === 'undecodable') {
          const origin = `${topic}/${partition}/${message.offset}`
          await buryPoison({ topic: topic as Topic, message, reason: decoded.reason, origin }, member)
        }
      }
    }
    for (let from = 0; from < locations.length; from += MOST_PER_INSERT) {
      await insert(locations.slice(from, from + MOST_PER_INSERT), member)
      metrics.hop('store', Date.now() - readAtMs)
      await member.heartbeat()
    }
  }

  async function insert(locations: Location[], member: Member): Promise<void> {
    const { inserted, duplicates, conflicts, unknown } = await keepTrying(member, () =>
      insertLocations(db, locations),
    )
    metrics.locationsStored.inc(inserted)
    metrics.locationsRepeated.inc({ group: HISTORY_GROUP }, duplicates)
    await keepTrying(member, () =>
      publish.deadLetters([
        ...conflicts.map((event) => ({ event, reason: 'same seq, other content', requestId: '' })),
        ...unknown
          .filter(({ deliveryId }) => !isErased(deliveryId))
          .map((event) => ({ event, reason: 'unknown delivery', requestId: '' })),
      ]),
    )
  }

  async function buryPoison(
    {
      topic,
      message,
      reason,
      origin,
    }: { topic: Topic; message: Batch['messages'][number]; reason: string; origin: string },
    member: Member,
  ): Promise<void> {
    logger.warn({ origin, reason }, 'A record cannot be read; it goes to the dead-letter topic')
    const { key, value } = message
    await keepTrying(member, () => publish.poison({ topic, key, value, reason, origin }))
  }

  /** The database or Kafka may be away for a while: the batches wait, and the group keeps its member. */
  function keepTrying<T>(member: Member, work: () => Promise<T>): Promise<T> {
    return retryUntilDone(work, {
      beforeRetry: async (err) => {
        logger.warn({ err }, 'The history could not be written; trying again')
        await member.heartbeat()
      },
      giveUp: member.stopping,
    })
  }
}
