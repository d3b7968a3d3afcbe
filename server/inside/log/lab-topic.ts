import { type Kafka, Partitioners } from 'kafkajs'
import { CREATE_WITHIN_MS, untilLed } from '../../kafka/ensure-topics.ts'
import type { Names } from '../../kafka/names.ts'
import type { Logger } from '../../logger.ts'
import { type CuttableSockets, createCuttableSockets } from './cuttable-sockets.ts'
import { deleteLab } from './delete-lab.ts'
import { type LabMember, type LabMemberOptions, startLabMember } from './lab-member.ts'
import { LAB_LASTS_AT_MOST_MS } from './lab-name.ts'
import { withAdmin } from './with-admin.ts'

export type LabTopic = {
  /** As the product calls it, `inside-lab-…`. */
  name: string
  /** As the product calls the group of the lab that members call `group`. */
  groupId(group: string): string
  /**
   * To the partition that is named, else the one that the key hashes to. Resolves once the log has them all.
   * @throws when the log does not take them
   */
  send(messages: { value: string; key?: string; partition?: number }[]): Promise<void>
  startMember(options: LabMemberOptions): Promise<LabMember>
  /** Offsets of the oldest record and of the one that comes next, by partition. */
  ends(): Promise<{ partition: number; low: number; high: number }[]>
  /** Stops all members; topic and groups are gone when this resolves, which takes a session after a crash. */
  close(): Promise<void>
}

export type NewClient = (connect?: CuttableSockets['connect']) => Kafka

/** A topic for a few minutes, with clients of its own, for the reason that `withAdmin` tells. */
export async function openLabTopic(
  { newClient, names, logger }: { newClient: NewClient; names: Names; logger: Logger },
  { name, partitions }: { name: string; partitions: number },
): Promise<LabTopic> {
  const topic = names.inKafka(name)
  const kafka = newClient()
  const reader = kafka.admin()
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  const members = new Set<Promise<LabMember>>()
  const groups = new Set<string>()
  const groupId = (group: string) => `${name}-${group}`

  const close = async () => {
    const started = await Promise.allSettled(members)
    await Promise.allSettled(started.map((each) => each.status === 'fulfilled' && each.value.stop()))
    await Promise.allSettled([producer.disconnect(), reader.disconnect()])
    await withAdmin(kafka, (admin) =>
      deleteLab(admin, { topics: [topic], groups: [...groups].map(names.inKafka) }),
    )
  }

  try {
    await withAdmin(kafka, async (admin) => {
      const configEntries = [{ name: 'retention.ms', value: String(LAB_LASTS_AT_MOST_MS) }]
      await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, replicationFactor: -1, configEntries }],
        waitForLeaders: false,
        timeout: CREATE_WITHIN_MS,
      })
      await untilLed(admin, [topic])
    })
    await Promise.all([producer.connect(), reader.connect()])
  } catch (error) {
    await close().catch((err: unknown) =>
      logger.debug({ err, topic }, 'A lab that did not open was not removed'),
    )
    throw error
  }

  return {
    name,
    groupId,
    async send(messages) {
      await producer.send({ topic, acks: -1, messages })
    },
    startMember(options) {
      const sockets = createCuttableSockets()
      groups.add(groupId(options.group))
      const member = startLabMember(
        {
          kafka: newClient(sockets.connect),
          cut: sockets.cut,
          topic,
          groupId: names.inKafka(groupId(options.group)),
          logger,
        },
        options,
      )
      members.add(member)
      return member
    },
    async ends() {
      const offsets = await reader.fetchTopicOffsets(topic)
      return offsets
        .map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
        .sort((a, b) => a.partition - b.partition)
    },
    close,
  }
}
