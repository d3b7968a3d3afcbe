import { setTimeout as delay } from 'node:timers/promises'
import type { OwnReading } from './consume-options.ts'
import type { Fetched } from './fetched.ts'

/** What one record of a fetch is worth waiting for. */
const REST_MS_PER_RECORD = 0.6
const LONGEST_REST_MS = 10
/** So few in a fetch are no stream: the next record is not kept waiting. */
const FEW_RECORDS = 2

type Options = {
  handle: OwnReading['handle']
  onDone(at: Fetched['at']): void
  /** For tests. */
  rest?(ms: number): Promise<void>
}

/**
 * Handles each partition of a fetch at once, and then rests for moments: the more records it brought the longer, since a
 * fetch costs much more than a record, whatever it brings. The broker gathers meanwhile. Below some 500 records a second
 * there is no rest.
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
    if (records > FEW_RECORDS && !more) await rest(Math.min(records * REST_MS_PER_RECORD, LONGEST_REST_MS))
  }
}
