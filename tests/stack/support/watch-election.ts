import { setTimeout as delay } from 'node:timers/promises'
import type { Traffic } from '../../faults/support/traffic.ts'
import { pollUntil } from '../../support/poll-until.ts'
import type { KafkaCluster, Node } from './kafka-cluster.ts'

const LOOK_EVERY_MS = 25
const WITHIN_MS = 60_000

/** From now on: when the last partition that `victim` led has another leader, and when the last post was refused. */
export function watchElection(
  kafka: KafkaCluster,
  victim: Node,
  traffic: Traffic,
): {
  /** Resolves once nothing is led by the victim. */
  over(): Promise<void>
  figures(): Record<string, number>
} {
  const startedMs = performance.now()
  const sinceStart = () => Math.round(performance.now() - startedMs)
  const before = traffic.answered(503)
  let [refused, firstRefusedMs, lastRefusedMs, electedMs] = [0, 0, 0, 0]
  let isWatching = true
  void (async () => {
    while (isWatching) {
      const now = traffic.answered(503) - before
      if (now > refused) {
        firstRefusedMs ||= sinceStart()
        lastRefusedMs = sinceStart()
      }
      refused = now
      await delay(LOOK_EVERY_MS)
    }
  })()
  return {
    async over() {
      await pollUntil(
        async () => (await kafka.partitions()).every(({ leader }) => leader !== victim && leader > 0),
        {
          withinMs: WITHIN_MS,
          what: `other leaders than ${victim}`,
        },
      )
      electedMs = sinceStart()
    },
    figures() {
      isWatching = false
      const longerThanElectionMs = Math.max(0, lastRefusedMs - electedMs)
      return { refused, firstRefusedMs, lastRefusedMs, electedMs, longerThanElectionMs }
    },
  }
}
