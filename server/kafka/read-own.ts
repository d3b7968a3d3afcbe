import { setTimeout as delay } from 'node:timers/promises'
import type { OwnReading } from './consume-options.ts'
import type { Fetched } from './fetched.ts'

/** What a fetch costs is worth waiting for, whatever it brought, and a little more for each record in it. */
const REST_MS = 3
const REST_MS_PER_RECORD = 0.6
const LONGEST_REST_MS = 10

type Options = {
  handle: OwnReading['handle']
  onDone(at: Fetched['at']): void
  /** For tests. */
  rest?(ms: number): Promise<void>
}

/**
 * Handles each partition of a fetch at once, and then rests for moments: the more records it brought the longer, since a
 * fetch costs much more than a record. The broker gathers meanwhile. Below some 300 records a second, evenly spread, the
 * rest is over when the next one comes.
 */
export function createReadOwn({ handle, onDone, rest = (ms) => delay(ms) }: Options) {
  /** kafkajs hands a fetch over partition by partition, all in one turn of the event loop. */
  let fetch: { records: number; more: boolean; rested: Promise<void> } | null = null

  return async ({ batch, at, more }: Fetched): Promise<void> => {
    fetch ??= { records: 0, more: false, rested: restSoon() }
    const { rested } = fetch
    fetch.records += batch.messages.length
    fetch.more ||= more
    await handle(batch)
    onDone(at)
    await rested
  }

  async function restSoon(): Promise<void> {
    await new Promise(setImmediate)
    const { records = 0, more = false } = fetch ?? {}
    fetch = null
    if (!more) await rest(Math.min(REST_MS + records * REST_MS_PER_RECORD, LONGEST_REST_MS))
  }
}
