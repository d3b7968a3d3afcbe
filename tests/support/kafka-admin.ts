import { type Admin, AssignerProtocol, Kafka, logLevel } from 'kafkajs'
import { withAdmin } from '#server/inside/log/with-admin.ts'
import type { RunningApp } from './app.ts'

/** What a stock kafkajs admin says of the app's broker. Topics and groups are named as the product names them. */
export type Onlooker = {
  /** Any other errand. */
  ask<T>(errand: (admin: Admin) => Promise<T>): Promise<T>
  topics(): Promise<string[]>
  groups(): Promise<string[]>
  /** The offset that the next record gets, by partition. */
  ends(topic: string): Promise<{ partition: number; low: number; high: number }[]>
  /** By partition; null where nothing is committed. */
  committed(group: string, topic: string): Promise<(number | null)[]>
  /** State, and by member which partitions of the topic it has. */
  group(group: string, topic: string): Promise<{ state: string; members: Record<string, number[]> }>
}

export function lookOn({ broker, inKafka }: Pick<RunningApp, 'broker' | 'inKafka'>): Onlooker {
  const kafka = new Kafka({ clientId: 'onlooker', brokers: [broker], logLevel: logLevel.NOTHING })
  // A new one each time: kafkajs asks for ever after a topic that an admin has seen, and labs delete theirs.
  const ask: Onlooker['ask'] = (errand) => withAdmin(kafka, errand)
  const plain = (nameInKafka: string) => nameInKafka.slice(inKafka('').length)
  const mine = (names: string[]) => names.filter((name) => name.startsWith(inKafka(''))).map(plain)
  return {
    ask,
    topics: async () => mine(await ask((admin) => admin.listTopics())),
    groups: async () => mine((await ask((admin) => admin.listGroups())).groups.map(({ groupId }) => groupId)),
    async ends(topic) {
      const offsets = await ask((admin) => admin.fetchTopicOffsets(inKafka(topic)))
      return offsets
        .map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
        .sort((a, b) => a.partition - b.partition)
    },
    async committed(group, topic) {
      const [found] = await ask((admin) =>
        admin.fetchOffsets({ groupId: inKafka(group), topics: [inKafka(topic)] }),
      )
      return (found?.partitions ?? [])
        .sort((a, b) => a.partition - b.partition)
        .map(({ offset }) => (offset === '-1' ? null : Number(offset)))
    },
    async group(group, topic) {
      const [found] = (await ask((admin) => admin.describeGroups([inKafka(group)]))).groups
      const members = (found?.members ?? []).map(({ memberId, memberAssignment }) => {
        const decoded =
          memberAssignment.length > 0 ? AssignerProtocol.MemberAssignment.decode(memberAssignment) : null
        return [memberId, (decoded?.assignment[inKafka(topic)] ?? []).sort((a, b) => a - b)] as const
      })
      return { state: String(found?.state), members: Object.fromEntries(members) }
    },
  }
}
