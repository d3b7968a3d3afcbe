import { ConfigResourceTypes } from 'kafkajs'
import { expect, test } from 'vitest'
import { ApiKey } from '../src/protocol/api-versions.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import { openBroker } from './support/in-process-broker.ts'
import { clientOf, connected } from './support/stock-kafkajs.ts'
import { WireClient } from './support/wire-client.ts'

const { TOPIC, BROKER } = ConfigResourceTypes
const LONG_MAX = '9223372036854775807'
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3]

async function openAdmin() {
  const broker = await openBroker()
  const admin = await connected(clientOf(`${broker.host}:${broker.port}`).admin())
  let made = 0
  const create = async (configs: Record<string, string>) => {
    const topic = `t${++made}`
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }] })
    return topic
  }
  const settingOf = async (topic: string, configName: string) => {
    const resources = [{ type: TOPIC, name: topic, configNames: [configName] }]
    const described = await admin.describeConfigs({ resources, includeSynonyms: false })
    return described.resources[0]?.configEntries[0]?.configValue
  }
  return { broker, admin, create, settingOf }
}

test('[CFG1] B2: numbers are taken up to the edges of their types, and described to the last digit', async () => {
  const { create, settingOf } = await openAdmin()
  const taken: [name: string, value: string, described?: string][] = [
    ['retention.ms', LONG_MAX],
    ['retention.ms', '9007199254740993'],
    ['retention.ms', ' +0060000 ', '60000'],
    ['retention.bytes', LONG_MAX],
    ['retention.bytes', '-9223372036854775808'],
    ['message.timestamp.after.max.ms', LONG_MAX],
    ['max.message.bytes', '16777216'],
    ['segment.bytes', '2147483647'],
  ]
  for (const [name, value, described = value] of taken)
    expect([name, await settingOf(await create({ [name]: value }), name)]).toEqual([name, described])
})

test('[CFG1] B2: numbers beyond are refused in words that name the limits', async () => {
  const { broker } = await openAdmin()
  const wire = await WireClient.connect(broker)
  const wordsFor = async (name: string, value: string): Promise<[number, string | null]> => {
    const response = await wire.request(ApiKey.CreateTopics, 1, (w) => {
      w.array(['refused'], (topic) => {
        w.string(topic).int32(1).int16(1)
        w.array([], () => {}).array([value], (text) => w.string(name).nullableString(text))
      })
      w.int32(1_000).boolean(false)
    })
    const [answer] = response.array((): [number, string | null] => {
      response.string()
      return [response.int16(), response.nullableString()]
    })
    return answer ?? [0, null]
  }
  const refused: [name: string, value: string, words: string][] = [
    ['max.message.bytes', '16777217', 'from 0 to 16777216 (this broker takes no larger requests)'],
    ['max.message.bytes', '2147483648', 'from 0 to 16777216'],
    ['retention.ms', '9223372036854775808', `from -1 to ${LONG_MAX}`],
    ['retention.ms', '-2', `from -1 to ${LONG_MAX}`],
    ['retention.bytes', '9223372036854775808', `to ${LONG_MAX}`],
    ['segment.bytes', '2147483648', 'from 14 to 2147483647'],
    ['min.insync.replicas', '2', 'this broker is the only replica'],
  ]
  for (const [name, value, words] of refused)
    expect(await wordsFor(name, value)).toEqual([ErrorCode.INVALID_CONFIG, expect.stringContaining(words)])
})

test('[CFG2] B3: values are appended to a list and subtracted from it; other settings stay', async () => {
  const { broker, create, settingOf } = await openAdmin()
  const topic = await create({ 'retention.ms': '60000' })
  const wire = await WireClient.connect(broker)
  const change = async (name: string, operation: number, value: string | null) => {
    const response = await wire.request(ApiKey.IncrementalAlterConfigs, 0, (w) => {
      w.array([topic], (each) => {
        w.int8(TOPIC).string(each)
        w.array([name], () => w.string(name).int8(operation).nullableString(value))
      })
      w.boolean(false)
    })
    response.int32() // throttle_time_ms
    const [code] = response.array(() => {
      const error = response.int16()
      response.nullableString()
      response.int8()
      response.string()
      return error
    })
    return [code, await settingOf(topic, name)]
  }
  expect(await change('cleanup.policy', APPEND, 'delete')).toEqual([ErrorCode.NONE, 'delete'])
  expect(await change('cleanup.policy', SUBTRACT, 'compact')).toEqual([ErrorCode.NONE, 'delete'])
  expect(await change('cleanup.policy', APPEND, 'compact')).toEqual([ErrorCode.INVALID_CONFIG, 'delete'])
  expect(await change('cleanup.policy', SUBTRACT, 'delete')).toEqual([ErrorCode.NONE, ''])
  expect(await change('cleanup.policy', APPEND, 'delete')).toEqual([ErrorCode.NONE, 'delete'])
  expect(await change('cleanup.policy', APPEND, null)).toEqual([ErrorCode.INVALID_REQUEST, 'delete'])
  expect(await change('retention.bytes', APPEND, '1')).toEqual([ErrorCode.INVALID_CONFIG, '-1'])
  expect(await change('retention.bytes', SET, LONG_MAX)).toEqual([ErrorCode.NONE, LONG_MAX])
  expect(await change('retention.bytes', DELETE, null)).toEqual([ErrorCode.NONE, '-1'])
  expect(await settingOf(topic, 'retention.ms')).toBe('60000')
})

test('[CFG3] B4: broker "" has no settings of its own, this broker has some, another is refused', async () => {
  const wire = await WireClient.connect(await openBroker())
  const describe = async (name: string) => {
    const response = await wire.request(ApiKey.DescribeConfigs, 0, (w) => {
      w.array([name], (each) => w.int8(BROKER).string(each).int32(-1)) // all settings
    })
    response.int32() // throttle_time_ms
    const [described] = response.array(() => {
      const code = response.int16()
      response.nullableString() // error_message
      response.int8() // resource_type
      response.string()
      const names = response.array(() => {
        const setting = response.string()
        response.nullableString()
        for (let i = 0; i < 3; i++) response.boolean() // read-only, default, sensitive
        return setting
      })
      return { code, some: names.includes('num.partitions') }
    })
    return described
  }
  expect(await describe('')).toEqual({ code: ErrorCode.NONE, some: false })
  expect(await describe('1')).toEqual({ code: ErrorCode.NONE, some: true })
  expect(await describe('01')).toEqual({ code: ErrorCode.NONE, some: true })
  for (const name of ['2', 'one', '-1', ' '])
    expect(await describe(name)).toEqual({ code: ErrorCode.INVALID_REQUEST, some: false })
})
