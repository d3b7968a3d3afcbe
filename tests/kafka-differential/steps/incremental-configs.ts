import { ConfigResourceTypes } from 'kafkajs'
import { ApiKey } from '#embedded-kafka/protocol/api-versions.ts'
import type { Session, Step } from '../support/session.ts'
import { valuesOf } from './configs.ts'

const { TOPIC, BROKER } = ConfigResourceTypes
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3]
const UNKNOWN_OPERATION = 4
const MADE = 'incremental'

type Change = readonly [name: string, operation: number, value: string | null]

/** kafkajs does not know IncrementalAlterConfigs. Returns the error code. */
async function change(
  { wire, named }: Session,
  changes: readonly Change[],
  { type = TOPIC, name = named(MADE), validateOnly = false } = {},
): Promise<number> {
  const response = await wire.request(ApiKey.IncrementalAlterConfigs, 0, (w) => {
    w.array([name], (resource) => {
      w.int8(type).string(resource)
      w.array(changes, ([setting, operation, value]) =>
        w.string(setting).int8(operation).nullableString(value),
      )
    })
    w.boolean(validateOnly)
  })
  response.int32() // throttle_time_ms
  const [code] = response.array(() => {
    const error = response.int16()
    response.nullableString()
    response.int8()
    response.string()
    return error
  })
  return code ?? -1
}

/** Changes settings of a topic made for it, and shows what came of it. */
const changing = (what: string, topic: string, ...changes: Change[]): Step => [
  `change settings: ${what}`,
  async (s) => {
    const name = s.named(topic)
    await s.broker.createTopics({ topics: [{ topic: name, numPartitions: 1 }] })
    await s.usable(name, 1)
    const code = await change(s, changes, { name })
    return [
      code,
      ...(code === 0 ? await valuesOf(s, topic, ...new Set(changes.map(([setting]) => setting))) : []),
    ]
  },
]

export const incrementalConfigSteps: Step[] = [
  changing('set', 'inc-1', ['retention.ms', SET, '60000']),
  changing('set to the largest number', 'inc-2', ['retention.bytes', SET, '9223372036854775807']),
  changing('set beyond it', 'inc-3', ['retention.bytes', SET, '9223372036854775808']),
  changing('append to a list what it has', 'inc-4', ['cleanup.policy', APPEND, 'delete']),
  changing('append to a list', 'inc-5', ['cleanup.policy', APPEND, 'compact']),
  changing('append to a list what it may not have', 'inc-6', ['cleanup.policy', APPEND, 'burn']),
  changing('append nothing', 'inc-7', ['cleanup.policy', APPEND, '']),
  changing('append the same twice', 'inc-8', ['cleanup.policy', APPEND, 'delete,delete']),
  changing('subtract from a list what it does not have', 'inc-9', ['cleanup.policy', SUBTRACT, 'compact']),
  changing('subtract from a list all that it has', 'inc-10', ['cleanup.policy', SUBTRACT, 'delete']),
  changing('subtract from a list what it could not have', 'inc-11', ['cleanup.policy', SUBTRACT, 'burn']),
  changing('append to a number', 'inc-12', ['retention.ms', APPEND, '1']),
  changing('subtract from a word', 'inc-13', ['message.timestamp.type', SUBTRACT, 'CreateTime']),
  changing('append to a setting that does not exist', 'inc-14', ['no.such.setting', APPEND, '1']),
  changing('set null', 'inc-15', ['retention.ms', SET, null]),
  changing('append null', 'inc-16', ['cleanup.policy', APPEND, null]),
  changing('delete', 'inc-17', ['retention.ms', DELETE, null]),
  changing('delete a setting that does not exist', 'inc-18', ['no.such.setting', DELETE, null]),
  changing('one setting twice', 'inc-19', ['retention.ms', SET, '1'], ['retention.ms', SET, '2']),
  changing('an unknown operation', 'inc-20', ['retention.ms', UNKNOWN_OPERATION, '1']),
  changing('append with spaces', 'inc-21', ['cleanup.policy', APPEND, ' delete ']),
  [
    'change settings: only validate an append',
    (s) => change(s, [['cleanup.policy', APPEND, 'delete']], { name: s.named('inc-4'), validateOnly: true }),
  ],
  [
    'change settings of an unknown topic',
    (s) => change(s, [['cleanup.policy', APPEND, 'delete']], { name: s.named('unknown') }),
  ],
  [
    'change settings of a broker that is not there',
    (s) => change(s, [['num.io.threads', SET, '8']], { type: BROKER, name: '99', validateOnly: true }),
  ],
  [
    'change settings of broker ""',
    (s) => change(s, [['log.cleaner.threads', SET, '1']], { type: BROKER, name: '', validateOnly: true }),
  ],
]
