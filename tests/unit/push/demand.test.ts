import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { partitionOfKey } from '#server/kafka/partition-of-key.ts'
import { createDemand } from '#server/push/affine/demand.ts'

const PARTITIONS = 6
const MINUTE_MS = 60_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.clearAllTimers()
  vi.useRealTimers()
})

/** Delivery `n` is of partition `n`. */
const deliveries = Array.from({ length: PARTITIONS }, (_, partition) => {
  let i = 0
  while (partitionOfKey(`d${i}`, PARTITIONS) !== partition) i += 1
  return `d${i}`
})

function reader(begin: (partition: number) => Promise<void> = async () => {}) {
  const said: string[] = []
  const followed = new Set<string>()
  let overlooked = false
  const demand = createDemand({
    followedHere: () => followed,
    needsAll: () => overlooked,
    onEnd: (isOver) => void said.push(`forget ${deliveries.filter(isOver)}`),
    logger: pino({ level: 'silent' }),
  })
  demand.start({
    ...{ topic: 'places', partitions: PARTITIONS, noteHandling() {}, noteDone() {}, readBy() {} },
    begin(partition) {
      said.push(`begin ${partition}`)
      return begin(partition)
    },
    end: (partition) => void said.push(`end ${partition}`),
  })
  const overlook = (isOn: boolean) => {
    overlooked = isOn
  }
  return { demand, said, followed, overlook }
}

it('[AFF2] a partition is read from the first question on, and until a minute after the last customer', async () => {
  const { demand, said, followed } = reader()
  const [, one = '', two = ''] = deliveries
  await Promise.all([demand.begin(one), demand.begin(one), demand.begin(two)])
  expect(said).toEqual(['begin 1', 'begin 2'])
  expect([demand.has(one), demand.has(deliveries[0] as string)]).toEqual([true, false])
  followed.add(one)
  vi.advanceTimersByTime(3 * MINUTE_MS)
  expect(said.slice(2)).toEqual(['end 2', `forget ${two}`])
  expect(demand.reading()).toBe(1)
  followed.clear()
  vi.advanceTimersByTime(MINUTE_MS + 1_000)
  expect(said.slice(4)).toEqual(['end 1', `forget ${one}`])
  await demand.begin(two)
  expect(said.slice(6)).toEqual(['begin 2'])
})

it('[AFF2] whoever looks at all deliveries has all partitions read, until a minute after leaving', async () => {
  const { demand, said, overlook } = reader()
  overlook(true)
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
  expect(said).toEqual(deliveries.map((_, partition) => `begin ${partition}`))
  overlook(false)
  vi.advanceTimersByTime(MINUTE_MS + 1_000)
  expect(demand.reading()).toBe(0)
})

it('[AFF2] until all that was in the log is read the answer is “later”, within 2 s, and a failure is tried again', async () => {
  let fail = true
  const { demand, said } = reader((partition) => {
    if (partition === 0) return new Promise(() => {})
    return fail ? Promise.reject(new Error('no broker')) : Promise.resolve()
  })
  const [slow = '', failing = ''] = deliveries
  const answered = expect(demand.begin(slow)).rejects.toMatchObject({ code: 'log_unavailable' })
  await vi.advanceTimersByTimeAsync(1_900)
  await answered
  await expect(demand.begin(failing)).rejects.toMatchObject({ code: 'log_unavailable', retryAfterMs: 1_000 })
  fail = false
  await demand.begin(failing)
  expect(demand.has(failing)).toBe(true)
  expect(said).toEqual(['begin 0', 'begin 1', 'begin 1'])
})
