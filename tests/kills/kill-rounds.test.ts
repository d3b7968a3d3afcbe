import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { expect, it } from 'vitest'
import { percentile } from '../../bench/support/percentile.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { freePort } from '../support/free-port.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startProducer } from './support/producers.ts'
import { readAll } from './support/read-all.ts'
import { watchGroup } from './support/watch-group.ts'

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 50)
const BALLAST_MB = Number(process.env.KILL_BALLAST_MB ?? 1_024)
const TOPIC = 'traffic'
const START_WITHIN_MS = 2_000

it(`[KILL1] ${ROUNDS} times kill -9 under 3 producers and 2 groups, ${BALLAST_MB} MB of log: nothing acknowledged is lost`, async () => {
  const [dataDir, port] = [tempDir(), await freePort()]
  let broker = await startBundledBroker({ dataDir, port })
  const kafka = new Kafka({
    brokers: [broker.address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
  })
  await prepare(kafka)

  const producers = await Promise.all([
    startProducer(kafka, { name: 'exact-a', topic: TOPIC, idempotent: true }),
    startProducer(kafka, { name: 'exact-b', topic: TOPIC, idempotent: true }),
    startProducer(kafka, { name: 'plain', topic: TOPIC, idempotent: false }),
  ])
  const groups = await Promise.all(['one', 'two'].map((groupId) => watchGroup(kafka, groupId, TOPIC)))
  const startedInMs: number[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Not a wait for something: the moment of the kill is what is varied.
    await delay(100 + Math.random() * 900)
    await Promise.all(groups.map((group) => group.look()))
    await broker.kill9()
    broker = await startBundledBroker({ dataDir, port })
    startedInMs.push(broker.startedInMs)
  }
  await Promise.all(producers.map((producer) => producer.stop()))
  await pollUntil(() => groups.every((group) => group.received() > 0), {
    withinMs: 60_000,
    what: 'both groups at work',
  })
  await Promise.all(groups.map((group) => group.look()))
  for (const group of groups) await group.stop()

  const stored = await readAll(kafka, TOPIC)
  const report = {
    start: `p50 ${percentile(startedInMs, 0.5).toFixed(0)} ms, max ${Math.max(...startedInMs).toFixed(0)} ms`,
    stored: stored.length,
  }
  console.log(
    report,
    producers.map(({ name, acknowledged }) => `${name}: ${acknowledged.length} acknowledged`),
  )

  for (const { name, idempotent, acknowledged } of producers) {
    const mine = stored.filter(({ producer }) => producer === name).map(({ number }) => number)
    const distinct = new Set(mine)
    expect(acknowledged.length, `${name} got through`).toBeGreaterThan(ROUNDS)
    expect(
      acknowledged.filter((number) => !distinct.has(number)),
      `lost of ${name}`,
    ).toEqual([])
    if (idempotent) expect(mine.length - distinct.size, `duplicates of ${name}`).toBe(0)
  }
  expect(offsetsHaveGaps(stored)).toEqual([])
  for (const group of groups) {
    expect(group.steppedBack).toEqual([])
    expect(group.received()).toBeGreaterThan(0)
  }
  expect(Math.max(...startedInMs)).toBeLessThan(START_WITHIN_MS)
})

/** A topic for the traffic, and ballast to start up with. */
async function prepare(kafka: Kafka): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({
    topics: [
      { topic: TOPIC, numPartitions: 3 },
      { topic: 'ballast', numPartitions: 6 },
    ],
    waitForLeaders: true,
  })
  await admin.disconnect()
  const producer = kafka.producer()
  await producer.connect()
  const megabyte = Array.from({ length: 4 }, () => ({ value: randomBytes(256 * 1_024 - 200) }))
  for (let mb = 0; mb < BALLAST_MB; mb += 1)
    await producer.send({ topic: 'ballast', acks: -1, messages: megabyte })
  await producer.disconnect()
}

function offsetsHaveGaps(stored: { partition: number; offset: number }[]): string[] {
  const next = new Map<number, number>()
  const gaps: string[] = []
  for (const { partition, offset } of [...stored].sort(
    (a, b) => a.partition - b.partition || a.offset - b.offset,
  )) {
    const expected = next.get(partition) ?? 0
    if (offset !== expected) gaps.push(`${partition}: ${offset} where ${expected} was due`)
    next.set(partition, offset + 1)
  }
  return gaps
}
