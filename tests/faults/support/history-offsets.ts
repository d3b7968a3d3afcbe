import { Kafka, logLevel } from 'kafkajs'
import { TOPIC, type Topic } from '#contracts/topics.ts'
import { atEnd } from '../../support/at-end.ts'

type Log = { broker: string; inKafka(name: string): string }
/** Summed over the partitions of a topic. */
export type HistoryOffsets = { committed: number; end: number }

/** How far the history has come, asked by a stock kafkajs beside the app. */
export async function watchHistory({
  broker,
  inKafka,
}: Log): Promise<(topic?: Topic) => Promise<HistoryOffsets>> {
  const admin = new Kafka({ clientId: 'onlooker', brokers: [broker], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  atEnd(() => admin.disconnect())
  return async (name = TOPIC.locationUpdated) => {
    const topic = inKafka(name)
    const [group] = await admin.fetchOffsets({ groupId: inKafka('history'), topics: [topic] })
    const ends = await admin.fetchTopicOffsets(topic)
    return {
      committed: sum(group?.partitions.map(({ offset }) => Math.max(0, Number(offset))) ?? []),
      end: sum(ends.map(({ high }) => Number(high))),
    }
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
