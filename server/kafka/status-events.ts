import type { StatusEvent } from '#contracts/topics.ts'
import type { Batch } from './consume-options.ts'
import { decode } from './decode.ts'

/** The changes of status in these batches, in order. What cannot be read the history puts on the dead-letter topic. */
export function statusEventsOf(batches: readonly Batch[]): StatusEvent[] {
  return batches.flatMap(({ topic, messages }) =>
    messages.flatMap((message) => {
      const decoded = decode(topic, message)
      return decoded.kind === 'status' ? [decoded.event] : []
    }),
  )
}
