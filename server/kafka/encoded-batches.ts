import {
  type ICustomPartitioner,
  type Message,
  Partitioners,
  type Producer,
  type TopicMessages,
} from 'kafkajs'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import produce from 'kafkajs/src/protocol/requests/produce/index.js'
import { partitionOfKey } from './partition-of-key.ts'
import { encodeRecordBatch } from './record-batch.ts'

/** Produce requests carry record batches from this version on (Kafka 0.11); the layout is the same up to the newest here. */
const FIRST_WITH_BATCHES = 3

/** To kafkajs it is one message of a given partition; in its request it is all the messages of that partition. */
class PartitionMessages implements Message {
  readonly value = null
  readonly partition: number
  readonly messages: Message[] = []

  constructor(partition: number) {
    this.partition = partition
  }
}

type TopicData = { topic: string; partitions: { partition: number; messages: Message[] }[] }

replaceEncoder()

/**
 * kafkajs decides where a batch goes, sends it, reads the answer and tries again; only the bytes of the records are made
 * here, and what goes to one partition is put together: docs/decisions/0031.
 * `createPartitioner` is for the producer whose `sendBatch` is handed to `encodingSend`.
 */
export function createEncodedBatches() {
  /** As kafkajs has found them: none of a topic that nothing has been sent to yet. */
  const partitionsOf = new Map<string, number>()
  const createPartitioner: ICustomPartitioner = () => {
    const choose = Partitioners.DefaultPartitioner()
    return (args) => {
      const { length } = args.partitionMetadata
      partitionsOf.set(args.topic, length)
      // kafkajs would leave it out without a word, and the post would be acknowledged.
      if (args.message.partition !== undefined && args.message.partition >= length)
        throw new Error(`${args.topic} has ${length} partitions only, since it was created anew`)
      return choose(args)
    }
  }

  return {
    createPartitioner,
    encodingSend(producer: Pick<Producer, 'sendBatch'>): Pick<Producer, 'sendBatch'> {
      return {
        sendBatch: ({ topicMessages = [], ...batch }) =>
          producer.sendBatch({ ...batch, topicMessages: topicMessages.map(byPartition) }),
      }
    },
  }

  function byPartition({ topic, messages }: TopicMessages): TopicMessages {
    const partitions = partitionsOf.get(topic)
    if (partitions === undefined) return { topic, messages }
    const grouped: PartitionMessages[] = []
    const rest: Message[] = []
    for (const message of messages) {
      if (typeof message.key !== 'string') {
        rest.push(message)
        continue
      }
      const partition = partitionOfKey(message.key, partitions)
      grouped[partition] ??= new PartitionMessages(partition)
      grouped[partition].messages.push(message)
    }
    return { topic, messages: [...grouped.filter((each) => each !== undefined), ...rest] }
  }
}

function replaceEncoder(): void {
  const { protocol } = produce
  produce.protocol = ({ version }) => {
    const make = protocol({ version })
    if (version < FIRST_WITH_BATCHES) return make
    return (options) => {
      const made = make(options)
      if (options.topicData.some(isOurs)) made.request.encode = async () => encodeRequest(options)
      return made
    }
  }
}

const isOurs = ({ partitions }: TopicData) =>
  partitions.some(({ messages }) => messages.some((message) => message instanceof PartitionMessages))

/** https://kafka.apache.org/protocol#The_Messages_Produce, versions 3 to 8. */
function encodeRequest({
  acks,
  timeout,
  topicData,
}: {
  acks: number
  timeout: number
  topicData: TopicData[]
}) {
  const nowMs = Date.now()
  const request = new Encoder()
    .writeString(null)
    .writeInt16(acks)
    .writeInt32(timeout)
    .writeInt32(topicData.length)
  for (const { topic, partitions } of topicData) {
    request.writeString(topic).writeInt32(partitions.length)
    for (const { partition, messages } of partitions) {
      const all = messages.flatMap((each) => (each instanceof PartitionMessages ? each.messages : each))
      request.writeInt32(partition).writeBytes(encodeRecordBatch(all, nowMs))
    }
  }
  return request
}
