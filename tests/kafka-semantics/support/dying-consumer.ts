import { Kafka, logLevel } from 'kafkajs'
import { DIES_AT, READY_TO_DIE, type WayToCommit } from './ways-to-commit.ts'

/**
 * A consumer in a process of its own, so that it can be killed -9 between processing and commit. It prints what it has
 * processed, stops short where it shall die, and says so.
 *   dying-consumer.ts <brokers> <topic> <group id> <way to commit>
 */
const [brokers = '', topic = '', groupId = '', way = ''] = process.argv.slice(2)
const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING })
// The shortest session that brokers allow: its successor has to wait for the end of it.
const consumer = kafka.consumer({ groupId, sessionTimeout: 6_000, heartbeatInterval: 300 })

const processed = (offset: number) => console.log(`processed ${offset}`)
const commit = (offset: number) =>
  consumer.commitOffsets([{ topic, partition: 0, offset: String(offset + 1) }])

async function dieAt(offset: number): Promise<void> {
  if (offset !== DIES_AT) return
  console.log(READY_TO_DIE)
  await new Promise(() => {})
}

const ways = {
  'auto-after': async (offset) => {
    processed(offset)
    await dieAt(offset)
  },
  // The work goes on after eachMessage has returned; from the third message on it would take longer than we live.
  'auto-not-awaited': async (offset) => {
    if (offset < 3) processed(offset)
  },
  'manual-after': async (offset) => {
    processed(offset)
    await dieAt(offset)
    await commit(offset)
  },
  'manual-before': async (offset) => {
    await commit(offset)
    await dieAt(offset)
    processed(offset)
  },
} satisfies Record<WayToCommit, (offset: number) => Promise<void>>

const handle = Object.entries(ways).find(([name]) => name === way)?.[1]
if (handle === undefined) throw new Error(`No way to commit: ${way}`)

if (way === 'auto-not-awaited') consumer.on(consumer.events.COMMIT_OFFSETS, () => console.log(READY_TO_DIE))
await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  ...(way.startsWith('auto')
    ? { autoCommitThreshold: way === 'auto-after' ? 4 : 10 }
    : { autoCommit: false }),
  eachMessage: ({ message }) => handle(Number(message.offset)),
})
