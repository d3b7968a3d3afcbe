import { setTimeout as delay } from 'node:timers/promises'
import type { Consumer } from 'kafkajs'
import type { CommittedReading } from './consume-options.ts'
import type { Fetched } from './fetched.ts'

type Options = Pick<CommittedReading, 'handle' | 'everyMs'> & { stopping: AbortSignal }

/**
 * Handles and commits what the partitions of one fetch hold in one go. kafkajs hands a fetch over partition by partition,
 * all in one turn of the event loop, and fetches again once each of them is done: a rest before that lets the broker
 * gather what comes meanwhile, and no record that comes alone waits for others.
 */
export function createReadCommitted(
  consumer: Pick<Consumer, 'commitOffsets'>,
  { handle, everyMs, stopping }: Options,
) {
  let gathering: { fetched: Fetched[]; done: Promise<void> } | null = null

  return (fetched: Fetched): Promise<void> => {
    if (gathering) gathering.fetched.push(fetched)
    else {
      const all = [fetched]
      gathering = { fetched: all, done: handleSoon(all, fetched.member) }
    }
    return gathering.done
  }

  async function handleSoon(fetched: Fetched[], member: Fetched['member']): Promise<void> {
    await new Promise(setImmediate)
    gathering = null
    const startedAtMs = performance.now()
    await handle(
      fetched.map(({ batch }) => batch),
      { ...member, stopping: () => stopping.aborted || member.stopping() },
    )
    await consumer.commitOffsets(
      fetched.map(({ at: { topic, partition, next } }) => ({ topic, partition, offset: next })),
    )
    const restMs = everyMs - (performance.now() - startedAtMs)
    if (restMs > 0 && !fetched.some(({ more }) => more)) await rest(restMs, stopping)
  }
}

async function rest(ms: number, stopping: AbortSignal): Promise<void> {
  // Rejects when it is cut short, which is no failure.
  await delay(ms, undefined, { signal: stopping }).catch(() => {})
}
