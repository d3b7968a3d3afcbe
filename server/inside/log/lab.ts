import { waitAtMost } from '../../ground/wait-at-most.ts'
import type { Names } from '../../kafka/names.ts'
import type { Logger } from '../../logger.ts'
import { deleteLab } from './delete-lab.ts'
import { LAB_LASTS_AT_MOST_MS, madeAtMs, newLabName } from './lab-name.ts'
import { type LabTopic, type NewClient, openLabTopic } from './lab-topic.ts'
import { withAdmin } from './with-admin.ts'

/** Topics and groups to try things with, beside those of the product; nothing else can be touched from here. */
export type Lab = {
  /**
   * Removes what a process that died has left behind: a lab that has outlived its time, and if no other app uses this broker
   * (`alone`), every lab that is older than this one. The sweep runs beside a start: a lab may be opened meanwhile.
   */
  sweep(options: { alone: boolean }): Promise<void>
  /** With 1 to 8 partitions. The caller closes it; a few minutes later the next sweep may remove it. */
  openTopic(options: { partitions: number }): Promise<LabTopic>
  /** Closes what is open, as far as there is time; a later start removes the rest. */
  close(): Promise<void>
}

/** The whole app has ten seconds. */
const CLOSE_WITHIN_MS = 2_000

type Dependencies = { newClient: NewClient; names: Names; now: () => number; logger: Logger }

export function createLab({ newClient, names, now, logger }: Dependencies): Lab {
  const open = new Set<LabTopic>()
  const sinceMs = now()
  return {
    async sweep({ alone }) {
      const left = (nameInKafka: string) => {
        const name = names.plain(nameInKafka)
        const madeAt = madeAtMs(name)
        if (names.inKafka(name) !== nameInKafka || madeAt === null) return false
        if ([...open].some((topic) => name.startsWith(topic.name))) return false
        return madeAt < (alone ? sinceMs : now() - LAB_LASTS_AT_MOST_MS)
      }
      await withAdmin(newClient(), async (admin) => {
        const topics = (await admin.listTopics()).filter(left)
        const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter(left)
        if (topics.length === 0 && groups.length === 0) return
        logger.info({ topics, groups }, 'Removing what labs have left behind')
        await deleteLab(admin, { topics, groups })
      })
    },
    async openTopic({ partitions }) {
      const topic = await openLabTopic({ newClient, names, logger }, { name: newLabName(now()), partitions })
      const closable = {
        ...topic,
        close: async () => {
          if (open.delete(closable)) await topic.close()
        },
      }
      open.add(closable)
      return closable
    },
    async close() {
      const closed = Promise.allSettled([...open].map((topic) => topic.close()))
      await waitAtMost(
        CLOSE_WITHIN_MS,
        closed.then(() => {}),
      )
    },
  }
}
