import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { startBroker } from '../support/broker.ts'
import { outputOf } from '../support/output-of.ts'

/** kcat is librdkafka with a command line: the client below Python's, Go's, .NET's and Rust's. */
const present = spawnSync('kcat', ['-V']).status === 0
if (!present)
  console.warn('SKIPPED: kcat is not installed (Debian: apt-get install kcat); [CLI7] was not tested')

async function kcat(args: readonly string[], input = ''): Promise<string> {
  // Asked for by name or time, it would give up after 5 s.
  const { code, stdout, stderr } = await outputOf('kcat', ['-m', '60', ...args], input)
  expect([code, code === 0 ? '' : stderr]).toEqual([0, ''])
  return stdout
}

test.skipIf(!present)('[CLI7] kcat lists, produces with every codec, and consumes', async () => {
  const { address } = await startBroker({ env: { KAFKA_NUM_PARTITIONS: '3' } })
  const sent: string[] = []
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    const lines = Array.from({ length: 20 }, (_, i) => `k${i % 4}:${codec} ${i}`)
    const headers = ['-H', `codec=${codec}`]
    await kcat(['-b', address, '-P', '-t', 't', '-K', ':', '-z', codec, ...headers], `${lines.join('\n')}\n`)
    sent.push(...lines.map((line) => `${line} codec=${codec}`))
  }
  const listed = JSON.parse(await kcat(['-b', address, '-L', '-J']))
  expect(listed.topics).toMatchObject([
    { topic: 't', partitions: [{ leader: 1 }, { leader: 1 }, { leader: 1 }] },
  ])

  const received = await kcat([
    '-b',
    address,
    '-C',
    '-t',
    't',
    '-e',
    '-q',
    '-o',
    'beginning',
    '-f',
    '%k:%s %h\\n',
  ])
  expect(received.trim().split('\n').sort()).toEqual(sent.sort())
})

test.skipIf(!present)(
  '[CLI7] kcat produces idempotently, and joins a group with balanced consumption',
  async () => {
    const { address } = await startBroker({ env: { KAFKA_NUM_PARTITIONS: '2' } })
    const lines = Array.from({ length: 50 }, (_, i) => `${i}`)
    await kcat(
      ['-b', address, '-P', '-t', 't', '-X', 'enable.idempotence=true', '-X', 'batch.num.messages=7'],
      `${lines.join('\n')}\n`,
    )
    const settings = ['-X', 'auto.offset.reset=earliest', '-X', 'enable.partition.eof=true']
    const consume = () => kcat(['-b', address, '-G', 'group', '-e', '-q', ...settings, '-f', '%s\\n', 't'])
    const received = await consume()
    expect(
      received
        .trim()
        .split('\n')
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(lines.map(Number))
    expect(await consume()).toBe('') // the group has been there
  },
)

test.skipIf(!present)('[CLI7] B1: a transactional producer ends at once, and says why', async () => {
  const { address } = await startBroker()
  const args = ['-b', address, '-P', '-t', 't', '-X', 'transactional.id=t']
  // Without an answer that is final, librdkafka goes on asking until its own time-out.
  const { status, stderr } = spawnSync('kcat', args, { input: 'x\n', encoding: 'utf8', timeout: 60_000 })
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('no transactions') })
  expect(stderr).toContain('Fatal transaction error')
})

test.skipIf(!present)('[CLI7] kcat asks for offsets by time', async () => {
  const { address } = await startBroker()
  await kcat(['-b', address, '-P', '-t', 't', '-p', '0'], 'a\nb\nc\n')
  expect(await kcat(['-b', address, '-Q', '-t', 't:0:-1'])).toContain('offset 3')
  expect(await kcat(['-b', address, '-Q', '-t', 't:0:-2'])).toContain('offset 0')
  expect(await kcat(['-b', address, '-Q', '-t', 't:0:1'])).toContain('offset 0')
})
