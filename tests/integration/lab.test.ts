import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import type { LabCommit } from '#server/inside/log/lab-member.ts'
import { madeAtMs } from '#server/inside/log/lab-name.ts'
import type { LabTopic } from '#server/inside/log/lab-topic.ts'
import { APP_KAFKA, type AppLog, appLog } from '../support/app-log.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { lookOn, type Onlooker } from '../support/kafka-admin.ts'
import { labBeside } from '../support/lab.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A session is over after 6 s; the rest is for a machine that is busy with other tests. */
const AFTER_A_CRASH = { withinMs: 50_000 }
const SOON = { withinMs: 40_000 }
const WORK_MS = 150

let log: AppLog
let onlooker: Onlooker
beforeAll(async () => {
  log = await appLog(tempDir())
  if (!process.env[APP_KAFKA]) await startBundledBroker({ port: Number(log.broker.split(':')[1]) })
  onlooker = lookOn(log)
})

const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: String(n), partition: n % 2 }))

/** Whatever a group's members begin and finish. */
function workers(topic: LabTopic, commit: LabCommit) {
  const begun: string[] = []
  const done: string[] = []
  return {
    begun,
    done,
    start: (group = 'A') =>
      topic.startMember({
        group,
        commit,
        concurrency: 2,
        async work({ value }, signal) {
          begun.push(value)
          await delay(WORK_MS, undefined, { signal })
          done.push(value)
        },
      }),
  }
}

it('[LAB1] a lab has a topic and groups of its own, which are gone with it', async () => {
  const topic = await labBeside(log).openTopic({ partitions: 3 })
  expect(await onlooker.topics()).toContain(topic.name)
  const { done, start } = workers(topic, 'auto')
  const member = await start()
  await topic.send([{ value: 'a' }, { value: 'b', key: 'k' }, { value: 'c', partition: 2 }])
  await pollUntil(() => done.length === 3, { ...SOON, what: 'all three' })
  expect(await topic.ends()).toEqual(await onlooker.ends(topic.name))
  const { members } = await onlooker.group(topic.groupId('A'), topic.name)
  expect(members).toEqual({ [member.memberId() ?? '']: [0, 1, 2] })
  await topic.close()
  expect(await onlooker.topics()).not.toContain(topic.name)
  expect(await onlooker.groups()).not.toContain(topic.groupId('A'))
})

const whatACrashCosts = [
  { commit: 'auto', repeated: true, lost: false },
  { commit: 'after', repeated: true, lost: false },
  { commit: 'before', repeated: false, lost: true },
] as const
for (const { commit, repeated, lost } of whatACrashCosts) {
  it(`[LAB2] to the broker a crash is the death of a process; with commits ‘${commit}’ it costs what it must`, async () => {
    const topic = await labBeside(log).openTopic({ partitions: 2 })
    const { begun, done, start } = workers(topic, commit)
    const first = await start()
    await topic.send(numbered(24))
    await pollUntil(() => done.length >= 3 && begun.length > done.length, { ...SOON, what: 'work under way' })
    first.crash()
    const begunBefore = begun.length
    // Nobody has parted: the group still counts it in.
    const { members } = await onlooker.group(topic.groupId('A'), topic.name)
    expect(Object.keys(members)).toEqual([first.memberId()])

    await start()
    await pollUntil(
      async () => (await onlooker.committed(topic.groupId('A'), topic.name)).join() === '12,12',
      { ...AFTER_A_CRASH, what: 'the other to have finished' },
    )
    expect(begun.slice(begunBefore)).not.toHaveLength(0)
    expect(begun.length > new Set(begun).size).toBe(repeated)
    expect(new Set(done).size < 24).toBe(lost)
    await topic.close()
    expect(await onlooker.groups()).not.toContain(topic.groupId('A'))
  })
}

it('[LAB3] what a process that died has left behind is removed at a next start, and nothing else', async () => {
  const anHourAgo = (Date.now() - 3_600_000).toString(36)
  const left = `inside-lab-${anHourAgo}-0a1b2c3d`
  const others = ['inside-laboratory', 'my-inside-lab', 'inside-lab-of-mine']
  const topicsBefore = [left, ...others].map((topic) => ({ topic: log.inKafka(topic), numPartitions: 1 }))
  await onlooker.ask((admin) => admin.createTopics({ waitForLeaders: false, topics: topicsBefore }))
  const lab = labBeside(log)
  const running = await lab.openTopic({ partitions: 1 })
  await lab.sweep({ alone: false })
  const topics = await onlooker.topics()
  expect(topics).not.toContain(left)
  expect(topics).toEqual(expect.arrayContaining([...others, running.name]))
})

it('[LAB3] alone on a broker, only labs that are older than the start were left behind', async () => {
  const before = await labBeside(log).openTopic({ partitions: 1 })
  await pollUntil(() => Date.now() > (madeAtMs(before.name) ?? 0), { ...SOON, what: 'the next millisecond' })
  const lab = labBeside(log)
  const after = await labBeside(log).openTopic({ partitions: 1 })
  await lab.sweep({ alone: true })
  const topics = await onlooker.topics()
  expect(topics).not.toContain(before.name)
  expect(topics).toContain(after.name)
})
