import { beforeAll, expect, test } from 'vitest'
import { apacheKafkaJars } from '../support/apache-kafka-jars.ts'
import { startBroker } from '../support/broker.ts'
import { outputOf } from '../support/output-of.ts'

const jars = apacheKafkaJars()
if ('skipped' in jars) console.warn(`\n*** SKIPPED: [CLI9] Apache Kafka's own tools: ${jars.skipped} ***\n`)

const TOOL = {
  topics: 'org.apache.kafka.tools.TopicCommand',
  configs: 'kafka.admin.ConfigCommand',
  producer: 'org.apache.kafka.tools.ConsoleProducer',
  consumer: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  offsets: 'org.apache.kafka.tools.GetOffsetShell',
  groups: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  perf: 'org.apache.kafka.tools.ProducerPerformance',
}

let address: string
beforeAll(async () => {
  address = (await startBroker()).address
})

/** One of the tools behind `kafka-….sh`; fails with what it printed when it ends with anything but 0. */
async function run(tool: keyof typeof TOOL, args: string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await result(tool, args, input)
  expect({ tool, code, said: code === 0 ? '' : stdout + stderr }).toEqual({ tool, code: 0, said: '' })
  return stdout
}

async function result(tool: keyof typeof TOOL, args: string[], input = '') {
  if ('skipped' in jars) throw new Error(jars.skipped)
  const bootstrap = ['--bootstrap-server', address]
  return outputOf('java', ['-Xmx256m', '-cp', jars.classpath, TOOL[tool], ...bootstrap, ...args], input)
}

test.skipIf('skipped' in jars)(
  "[CLI9] Apache Kafka's tools create, describe, alter and list topics",
  async () => {
    expect(
      await run('topics', [
        '--create',
        '--topic',
        'managed',
        '--partitions',
        '3',
        '--config',
        'retention.ms=600000',
      ]),
    ).toContain('Created topic managed')
    const described = await run('topics', ['--describe', '--topic', 'managed'])
    expect(described).toMatch(/PartitionCount: 3\s+ReplicationFactor: 1\s+Configs: .*retention\.ms=600000/)
    await run('topics', ['--alter', '--topic', 'managed', '--partitions', '5'])
    await run('configs', [
      '--alter',
      '--entity-type',
      'topics',
      '--entity-name',
      'managed',
      '--add-config',
      'retention.bytes=1000000',
    ])
    expect(
      await run('configs', ['--describe', '--entity-type', 'topics', '--entity-name', 'managed']),
    ).toContain('retention.bytes=1000000')
    expect(await run('topics', ['--describe', '--topic', 'managed'])).toContain('PartitionCount: 5')
    await run('topics', ['--delete', '--topic', 'managed'])
    expect((await run('topics', ['--list'])).split('\n')).not.toContain('managed')
  },
)

test.skipIf('skipped' in jars)('[CLI9] the console producer and consumer meet, in a group', async () => {
  await run('topics', ['--create', '--topic', 'talk', '--partitions', '3'])
  const lines = Array.from({ length: 30 }, (_, i) => `k${i % 5}:v${i}`)
  await run(
    'producer',
    ['--topic', 'talk', '--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:'],
    `${lines.join('\n')}\n`,
  )
  const read = await run('consumer', [
    '--topic',
    'talk',
    '--group',
    'listeners',
    '--from-beginning',
    '--max-messages',
    '30',
    '--timeout-ms',
    '120000',
  ])
  expect(
    read
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('v'))
      .sort(),
  ).toEqual(lines.map((line) => line.split(':')[1] ?? '').sort())

  const ends = await run('offsets', ['--topic', 'talk'])
  expect(
    ends
      .trim()
      .split('\n')
      .reduce((sum, line) => sum + Number(line.split(':')[2]), 0),
  ).toBe(30)
})

test.skipIf('skipped' in jars)('[CLI9] groups are described, reset and deleted', async () => {
  const lag = async () => {
    const described = await run('groups', ['--describe', '--group', 'listeners'])
    const rows = described.split('\n').filter((line) => line.startsWith('listeners'))
    return rows.reduce((sum, row) => sum + Number(row.split(/\s+/)[5]), 0)
  }
  expect(await lag()).toBe(0)
  await run('groups', [
    '--group',
    'listeners',
    '--topic',
    'talk',
    '--reset-offsets',
    '--to-earliest',
    '--execute',
  ])
  expect(await lag()).toBe(30)
  await run('groups', [
    '--group',
    'listeners',
    '--topic',
    'talk',
    '--reset-offsets',
    '--shift-by',
    '4',
    '--execute',
  ])
  expect(await lag()).toBeLessThan(30)
  await run('groups', ['--delete', '--group', 'listeners'])
  expect(await run('groups', ['--list'])).not.toContain('listeners')
})

test.skipIf('skipped' in jars)('[CLI9] B1: a transactional producer ends at once, and says why', async () => {
  await run('topics', ['--create', '--topic', 'all-or-nothing'])
  const one = ['--num-records', '1', '--record-size', '1', '--throughput', '-1']
  const { code, stderr } = await result('perf', [
    '--topic',
    'all-or-nothing',
    ...one,
    '--transactional-id',
    'id',
  ])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('TransactionalIdAuthorizationException'),
  })
})

test.skipIf('skipped' in jars).each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])(
  '[CLI9] producer-perf-test with %s: everything is there',
  async (codec) => {
    const topic = `perf-${codec}`
    await run('topics', ['--create', '--topic', topic, '--partitions', '6'])
    const said = await run('perf', [
      '--topic',
      topic,
      '--num-records',
      '20000',
      '--record-size',
      '200',
      '--throughput',
      '-1',
      '--command-property',
      `compression.type=${codec}`,
    ])
    expect(said).toContain('20000 records sent')
    const ends = await run('offsets', ['--topic', topic])
    expect(
      ends
        .trim()
        .split('\n')
        .reduce((sum, line) => sum + Number(line.split(':')[2]), 0),
    ).toBe(20_000)
  },
)
