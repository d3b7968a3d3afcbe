import type { Consumer, TopicPartitionOffsetAndMetadata } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import type { Batch } from '#server/kafka/consume-options.ts'
import type { Fetched } from '#server/kafka/fetched.ts'
import { createReadCommitted } from '#server/kafka/read-committed.ts'

const member = { heartbeat: async () => {}, stopping: () => false }
const fetched = (partition: number, next: string, more = false): Fetched => ({
  batch: { topic: 'places', partition, messages: [] },
  member,
  at: { topic: 'p.places', partition, next },
  more,
})

/** With a rest that no test waits for. */
function reader(handle: (batches: readonly Batch[]) => Promise<void>, everyMs = 3_600_000) {
  const done: string[] = []
  const stopping = new AbortController()
  const consumer = {
    async commitOffsets(offsets: TopicPartitionOffsetAndMetadata[]) {
      done.push(`commit ${offsets.map(({ partition, offset }) => `${partition}:${offset}`).join(' ')}`)
    },
  } as Pick<Consumer, 'commitOffsets'>
  const read = createReadCommitted(consumer, {
    everyMs,
    stopping: stopping.signal,
    async handle(batches) {
      await handle(batches)
      done.push(`handle ${batches.map(({ partition }) => partition).join(' ')}`)
    },
  })
  return { read, done, stopping }
}

describe('[HIST4] what the partitions of a fetch hold', () => {
  it('is handled together, and only then committed together', async () => {
    const { read, done } = reader(async () => {}, 0)
    await Promise.all([read(fetched(0, '5')), read(fetched(3, '9'))])
    expect(done).toEqual(['handle 0 3', 'commit 0:5 3:9'])
    await read(fetched(1, '2'))
    expect(done.slice(2)).toEqual(['handle 1', 'commit 1:2'])
  })

  it('comes again, all of it, when it could not be handled', async () => {
    const { read, done } = reader(async () => {
      throw new Error('no longer a member')
    })
    const results = await Promise.allSettled([read(fetched(0, '5')), read(fetched(3, '9'))])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(done).toEqual([])
  })

  it('is done before the rest; a group that is behind takes none, and a stop ends it', async () => {
    const { read, done, stopping } = reader(async () => {})
    await read(fetched(0, '5', true))
    expect(done).toHaveLength(2)
    let rested = false
    const resting = read(fetched(0, '6')).then(() => {
      rested = true
    })
    await expect.poll(() => done.length).toBe(4)
    expect(rested).toBe(false)
    stopping.abort()
    await resting
  })
})
