import { setTimeout as delay } from 'node:timers/promises'
import { LAB_LIMITS, type LabGroupState, type LabState } from '#contracts/inside/groups.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import type { Logger } from '../../logger.ts'
import type { Lab } from '../log/lab.ts'
import type { LogReading, OpenLogReader } from '../log/log-reader.ts'
import { LabMembers } from './lab-members.ts'

export type VisitorLab = {
  topic: string
  members: LabMembers
  /** To the partitions in turn. Returns how many messages there are now. @throws ProblemError `rate_limited` */
  send(count: number): Promise<number>
  trickle(on: boolean): void
  state(): LabState
  close(): Promise<void>
}

type Dependencies = { lab: Lab; openLogReader: OpenLogReader; now: () => number; logger: Logger }

const LASTS_MS = 3 * 60_000
const TRICKLE_EVERY_MS = 200
const LOOK_EVERY_MS = 700

/** A topic of one visitor's own and the consumers on it. `onChange` is called whenever `state` may answer otherwise. */
export async function openVisitorLab(
  { lab, openLogReader, now, logger }: Dependencies,
  { partitions, onChange, onEnd }: { partitions: number; onChange: () => void; onEnd: () => void },
): Promise<VisitorLab> {
  const endsAtMs = now() + LASTS_MS
  const topic = await lab.openTopic({ partitions })
  const members = new LabMembers(topic, partitions, { onChange, logger })
  const over = new AbortController()
  let reading: LogReading = { topics: [], partitions: [], retentionMs: null, groups: [] }
  let sent = 0
  let trickling: NodeJS.Timeout | null = null
  const looking = look()
  const end = setTimeout(onEnd, LASTS_MS)

  /** What the broker says of it. */
  async function look(): Promise<void> {
    const reader = await openLogReader(topic.name)
    while (!over.signal.aborted) {
      try {
        reading = await reader.read()
        onChange()
      } catch (err) {
        logger.debug({ err, topic: topic.name }, 'A lab could not be read; trying again')
      }
      await delay(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => {})
    }
    await reader.close()
  }

  const send = async (count: number) => {
    if (sent + count > LAB_LIMITS.messages)
      throw new ProblemError('rate_limited', { detail: `A lab takes ${LAB_LIMITS.messages} messages.` })
    const messages = Array.from({ length: count }, (_, index) => ({
      value: String(sent + index + 1),
      partition: (sent + index) % partitions,
    }))
    sent += count
    await topic.send(messages)
    onChange()
    return sent
  }

  const trickle = (on: boolean) => {
    if (trickling) clearInterval(trickling)
    const sendOne = () =>
      send(1).catch((err: unknown) => {
        logger.debug({ err, topic: topic.name }, 'A lab is sent nothing more')
        trickle(false)
      })
    trickling = on ? setInterval(sendOne, TRICKLE_EVERY_MS) : null
    onChange()
  }

  const describe = (name: 'A' | 'B', ends: number[]): LabGroupState => {
    const id = topic.groupId(name)
    const seen = reading.groups.find(({ groupId }) => groupId === id)
    const ledger = members.ledgers[name]
    return {
      name,
      id,
      state: seen?.state ?? 'Empty',
      committed: ends.map((_, partition) => seen?.committed[partition] ?? null),
      members: seen?.members.length ?? 0,
      membersWithPartitions: seen?.members.filter((member) => member.partitions.length > 0).length ?? 0,
      ...ledger.count(ends),
      marks: ends.map((end, partition) => ledger.marks(partition, end)),
    }
  }

  return {
    topic: topic.name,
    members,
    send,
    trickle,
    state() {
      const ends = Array.from({ length: partitions }, (_, index) => reading.partitions[index]?.high ?? 0)
      return {
        topic: topic.name,
        endsAtMs,
        trickling: trickling !== null,
        sent,
        ends,
        members: members.states(),
        groups: members.groups().map((name) => describe(name, ends)),
      }
    },
    async close() {
      clearTimeout(end)
      trickle(false)
      over.abort()
      await looking.catch((err: unknown) => logger.debug({ err }, 'A lab’s reader did not close cleanly'))
      await topic.close()
    },
  }
}
