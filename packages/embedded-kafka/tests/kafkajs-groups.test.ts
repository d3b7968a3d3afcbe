import { type Admin, AssignerProtocol } from 'kafkajs'
import { expect, test } from 'vitest'
import { startBroker } from '../../../tests/support/broker.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { tempDir } from '../../../tests/support/temp-dir.ts'
import { clientOf, connected, consumeInto, type Received, SOON } from './support/stock-kafkajs.ts'

async function partitionsOf(admin: Admin, groupId: string): Promise<number[][]> {
  const { groups } = await admin.describeGroups([groupId])
  return (groups[0]?.members ?? []).map((member) => {
    const decoded = AssignerProtocol.MemberAssignment.decode(member.memberAssignment)
    return Object.values(decoded?.assignment ?? {}).flat()
  })
}

test('[CLI3] one group shares the partitions and rebalances; another group gets everything', async () => {
  const { address } = await startBroker()
  const kafka = clientOf(address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 't', numPartitions: 6 }] })
  const producer = await connected(kafka.producer())
  const send = (count: number, prefix: string) =>
    producer.send({
      topic: 't',
      messages: Array.from({ length: count }, (_, i) => ({ key: String(i), value: `${prefix}${i}` })),
    })

  const one: Received[] = []
  const two: Received[] = []
  const other: Received[] = []
  await consumeInto(kafka, 'shared', 't', one)
  await consumeInto(kafka, 'other', 't', other)
  await pollUntil(async () => (await partitionsOf(admin, 'shared')).flat().length === 6, {
    ...SOON,
    what: 'a share',
  })
  await send(60, 'first')
  await pollUntil(() => one.length === 60 && other.length === 60, { ...SOON, what: 'the first messages' })

  const second = await consumeInto(kafka, 'shared', 't', two)
  await pollUntil(
    async () => {
      const shares = await partitionsOf(admin, 'shared')
      return shares.length === 2 && shares.every((share) => share.length === 3)
    },
    { ...SOON, what: 'three partitions each' },
  )
  await send(60, 'second')
  await pollUntil(() => one.length + two.length >= 120 && other.length === 120, {
    ...SOON,
    what: 'the second messages',
  })
  expect(two.length).toBeGreaterThan(0)
  const all = [...one, ...two].map(({ value }) => value)
  expect(new Set(all).size).toBe(120)

  await second.disconnect()
  await pollUntil(async () => (await partitionsOf(admin, 'shared'))[0]?.length === 6, {
    ...SOON,
    what: 'all back',
  })
  const { groups } = await admin.listGroups()
  expect(groups.map(({ groupId, protocolType }) => `${groupId} ${protocolType}`).sort()).toEqual([
    'other consumer',
    'shared consumer',
  ])
  await expect(admin.deleteGroups(['shared'])).rejects.toMatchObject({
    groups: [{ groupId: 'shared', errorCode: 68 }], // NON_EMPTY_GROUP
  })
})

test('[CLI4] after a restart of the broker, data, offsets and a group at work go on', async () => {
  const dataDir = tempDir()
  const first = await startBroker({ dataDir })
  const kafka = clientOf(first.address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 't', numPartitions: 2 }] })
  const producer = await connected(kafka.producer())
  const messages = (prefix: string) => [0, 1, 2, 3].map((i) => ({ key: String(i), value: `${prefix}${i}` }))
  await producer.send({ topic: 't', messages: messages('before') })

  const committed: Received[] = []
  const consumer = await consumeInto(kafka, 'g', 't', committed)
  await pollUntil(() => committed.length === 4, { ...SOON, what: 'the first messages' })
  await consumer.disconnect()
  const lag = async () => {
    const [offsets] = await admin.fetchOffsets({ groupId: 'g', topics: ['t'] })
    const ends = await admin.fetchTopicOffsets('t')
    return ends.reduce((sum, end) => {
      const at = offsets?.partitions.find(({ partition }) => partition === end.partition)
      return sum + Number(end.offset) - Math.max(0, Number(at?.offset))
    }, 0)
  }
  expect(await lag()).toBe(0)
  const working: Received[] = []
  await consumeInto(kafka, 'at-work', 't', working)
  await pollUntil(() => working.length === 4, { ...SOON, what: 'the group at work' })

  expect(await first.stop()).toBe(0)
  const second = await startBroker({ dataDir, env: { KAFKA_PORT: String(first.port) } })
  expect(second.address).toBe(first.address)
  await pollUntil(() => producer.send({ topic: 't', messages: messages('after') }), {
    ...SOON,
    what: 'a send',
  })
  expect(await lag()).toBe(4)
  await pollUntil(() => working.filter(({ value }) => value?.startsWith('after')).length >= 4, {
    withinMs: 25_000,
    what: 'the group at work to find its way back',
  })
  const resumed: Received[] = []
  await consumeInto(kafka, 'g', 't', resumed)
  await pollUntil(() => resumed.length === 4, { ...SOON, what: 'the rest' })
  expect(resumed.map(({ value }) => value).sort()).toEqual(['after0', 'after1', 'after2', 'after3'])
  expect(resumed.every(({ offset }) => offset >= 1)).toBe(true)
})
