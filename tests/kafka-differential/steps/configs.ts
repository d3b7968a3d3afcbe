import { ConfigResourceTypes } from 'kafkajs'
import { pollUntil } from '../../support/poll-until.ts'
import type { Session, Step } from '../support/session.ts'

const { TOPIC, BROKER } = ConfigResourceTypes

/** Each setting gets a topic of its own. */
const createWith = (name: string, value: string): Step => [
  `create a topic with ${name}=${value}`,
  async ({ broker, named }) => {
    const topic = named(`with-${name}-${value}`)
    await broker.createTopics({ topics: [{ topic, numPartitions: 1, configEntries: [{ name, value }] }] })
    return 'created'
  },
]

const describe = async ({ admin, named }: Session, topic: string, ...configNames: string[]) => {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC, name: named(topic), configNames }],
  })
  return resources
    .flatMap(({ configEntries }) => configEntries)
    .map(({ configName, configValue, isDefault, readOnly, configSource }) => ({
      configName,
      configValue,
      isDefault,
      readOnly,
      configSource,
    }))
    .sort((a, b) => a.configName.localeCompare(b.configName))
}

/** What the settings are now: value and where it comes from. */
export async function valuesOf(s: Session, topic: string, ...configNames: string[]) {
  return (await describe(s, topic, ...configNames)).map(
    ({ configName, configValue, configSource }) => [configName, configValue, configSource] as const,
  )
}

const alter = ({ broker, named }: Session, topic: string, name: string, value: string) =>
  broker.alterConfigs({ resources: [{ type: TOPIC, name: named(topic), configEntries: [{ name, value }] }] })

export const configSteps: Step[] = [
  createWith('retention.ms', '-1'),
  createWith('no.such.setting', '1'),
  createWith('retention.ms', 'soon'),
  createWith('retention.ms', '-2'),
  createWith('retention.bytes', '1.5'),
  createWith('segment.bytes', '1000'),
  createWith('min.insync.replicas', '0'),
  createWith('max.message.bytes', '-1'),
  createWith('compression.type', 'pkzip'),
  createWith('compression.type', 'gzip'),
  createWith('cleanup.policy', 'burn'),
  createWith('cleanup.policy', 'compact'),
  createWith('message.timestamp.type', 'LogAppendTime'),
  createWith('segment.ms', '60000'),
  [
    'create a topic with settings and see them',
    async (s) => {
      const topic = s.named('configured')
      const configEntries = [{ name: 'retention.ms', value: '3600000' }]
      await s.broker.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }] })
      await s.usable(topic, 1)
      return await describe(s, 'configured', 'retention.ms')
    },
  ],
  [
    'describe settings of a topic',
    (s) =>
      describe(
        s,
        'configured',
        'retention.ms',
        'retention.bytes',
        'cleanup.policy',
        'compression.type',
        'max.message.bytes',
        'message.timestamp.type',
        'message.timestamp.after.max.ms',
      ),
  ],
  [
    'describe where min.insync.replicas of a topic comes from',
    async (s) =>
      (await describe(s, 'configured', 'min.insync.replicas')).map(({ configSource }) => configSource),
  ],
  [
    'describe the segment size of a topic',
    async (s) => (await describe(s, 'configured', 'segment.bytes')).map(({ configValue }) => configValue),
  ],
  ['describe a setting that does not exist', (s) => describe(s, 'configured', 'no.such.setting')],
  ['describe settings of an unknown topic', (s) => describe(s, 'unknown')],
  [
    'describe settings of a broker that is not there',
    ({ broker }) => broker.describeConfigs({ resources: [{ type: BROKER, name: '99' }] }),
  ],
  [
    'describe settings of the broker',
    async ({ admin, nodeId }) => {
      const configNames = [
        'group.min.session.timeout.ms',
        'group.max.session.timeout.ms',
        'message.max.bytes',
        'offset.metadata.max.bytes',
        'offsets.retention.minutes',
      ]
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: BROKER, name: String(nodeId), configNames }],
      })
      return resources
        .flatMap(({ configEntries }) =>
          configEntries.map(({ configName, configValue }) => [configName, configValue]),
        )
        .sort()
    },
  ],
  [
    'alter settings of a topic: what is not named goes back to its default',
    async (s) => {
      await alter(s, 'configured', 'retention.bytes', '1000000')
      const both = () => describe(s, 'configured', 'retention.ms', 'retention.bytes')
      const changed = async () => (await both()).some(({ configValue }) => configValue === '1000000')
      await pollUntil(changed, { withinMs: 30_000, what: 'the news of the change to spread' })
      return await both()
    },
  ],
  ['alter a setting to an impossible value', (s) => alter(s, 'configured', 'retention.ms', 'soon')],
  ['alter a setting that does not exist', (s) => alter(s, 'configured', 'no.such.setting', '1')],
  ['alter settings of an unknown topic', (s) => alter(s, 'unknown', 'retention.ms', '1')],
  [
    'only validate the change of a setting',
    async (s) => {
      const configEntries = [{ name: 'retention.ms', value: '5' }]
      await s.broker.alterConfigs({
        resources: [{ type: TOPIC, name: s.named('configured'), configEntries }],
        validateOnly: true,
      })
      return await describe(s, 'configured', 'retention.ms')
    },
  ],
]
