import { ConfigResourceTypes } from 'kafkajs'
import type { Session, Step } from '../support/session.ts'
import { valuesOf } from './configs.ts'

const INT_MAX = '2147483647'
const LONG_MAX = '9223372036854775807'

/** Values at the edges of a setting's type and range, and in the spellings that Java's parsers take. */
const EDGES: readonly (readonly [name: string, value: string])[] = [
  ['retention.ms', LONG_MAX],
  ['retention.ms', '9223372036854775806'],
  ['retention.ms', '9007199254740993'],
  ['retention.ms', '9223372036854775808'],
  ['retention.ms', '0'],
  ['retention.ms', '-9223372036854775808'],
  ['retention.ms', '+5'],
  ['retention.ms', '-0'],
  ['retention.ms', ' 0060000 '],
  ['retention.ms', ''],
  ['retention.ms', '1e5'],
  ['retention.ms', '0x10'],
  ['retention.bytes', LONG_MAX],
  ['retention.bytes', '9223372036854775808'],
  ['retention.bytes', '-1'],
  ['retention.bytes', '-2'],
  ['retention.bytes', '-9223372036854775808'],
  ['retention.bytes', '-9223372036854775809'],
  ['max.message.bytes', '0'],
  ['max.message.bytes', INT_MAX],
  ['max.message.bytes', '2147483648'],
  ['segment.bytes', INT_MAX],
  ['segment.bytes', '2147483648'],
  ['message.timestamp.after.max.ms', LONG_MAX],
  ['message.timestamp.after.max.ms', '9223372036854775808'],
  ['message.timestamp.after.max.ms', '0'],
  ['message.timestamp.after.max.ms', '-1'],
  ['min.insync.replicas', ' 01 '],
  ['min.insync.replicas', '2'],
  ['min.insync.replicas', '2147483648'],
  ['message.timestamp.type', ' LogAppendTime '],
  ['message.timestamp.type', 'logappendtime'],
  ['compression.type', ' producer '],
  ['cleanup.policy', ' delete '],
  ['cleanup.policy', 'delete,delete'],
  ['cleanup.policy', 'delete,'],
  ['cleanup.policy', 'DELETE'],
  ['cleanup.policy', ''],
]

export const configEdgeSteps: Step[] = [
  ...EDGES.map(
    ([name, value], i): Step => [
      `create a topic with ${name}="${value}" and see it`,
      async (s) => {
        const topic = `edge-${i}`
        const configEntries = [{ name, value }]
        await s.broker.createTopics({ topics: [{ topic: s.named(topic), numPartitions: 1, configEntries }] })
        await s.usable(s.named(topic), 1)
        return await valuesOf(s, topic, name)
      },
    ],
  ),
  [
    'create a topic with retention.ms=null',
    async ({ broker, named }) => {
      const configEntries = [{ name: 'retention.ms', value: null }]
      await broker.createTopics({ topics: [{ topic: named('edge-null'), numPartitions: 1, configEntries }] })
      return 'created'
    },
  ],
  ...['', ' ', 'abc', '-1', '01', '+1', '1.0', '2147483648'].map(
    (name): Step => [
      `describe settings of broker "${name}"`,
      async (s) => {
        await describeBroker(s, name, ['num.partitions'])
        return 'described'
      },
    ],
  ),
  ['describe what is set for all brokers', (s) => describeBroker(s, '')],
]

async function describeBroker(
  { broker }: Session,
  name: string,
  configNames: string[] = [],
): Promise<unknown> {
  return await broker.describeConfigs({
    resources: [{ type: ConfigResourceTypes.BROKER, name, configNames }],
  })
}
