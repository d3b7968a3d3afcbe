import { beforeEach, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import type { DeliveryRecord } from '#server/db/deliveries.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'
import { createMissedLocations, type MissedLocations } from '#server/delivery/missed-locations.ts'
import { ProblemError } from '#server/ground/problem-error.ts'

const ID = 'd1'
const point = (seq: number): Location => ({
  deliveryId: ID,
  seq,
  lat: 37.5,
  lng: 127,
  recordedAtMs: seq * 1_000,
  receivedAtMs: seq * 1_000,
})
const points = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => point(from + i))
const seqsOf = (locations: Location[]) => locations.map(({ seq }) => seq)

/** What the database has: the answer of each reading that was asked for, once the test lets it come. */
let readings: { afterSeq: number; answer(): void; fail(): void }[]
let stored: Location[]
let live: LiveDeliveries
let missed: MissedLocations

beforeEach(() => {
  readings = []
  stored = []
  const record = {
    delivery: { id: ID, status: 'picked_up', statusAtMs: 0, route: [[37.5, 127]] },
    visibleFromSeq: 1,
    visibleSeqTold: true,
    pickedUpAtMs: 0,
    endedAtMs: null,
    links: { rider: 1, customer: 1 },
    riding: NO_DEVICE,
    plan: { number: 0, fromSeq: null },
  } as unknown as DeliveryRecord
  live = new LiveDeliveries(async () => ({ record, newest: stored.slice(-1) }))
  missed = createMissedLocations({
    live,
    readHistory: (_id, { afterSeq }) =>
      new Promise((resolve, reject) => {
        readings.push({
          afterSeq,
          answer: () => resolve(stored.filter(({ seq }) => seq > afterSeq)),
          fail: () => reject(new ProblemError('log_unavailable', { detail: 'away' })),
        })
      }),
  })
})

it('[SOCK10] who has missed nothing, or only what is remembered, costs no query', async () => {
  stored = points(1, 40)
  for (const location of points(38, 45)) live.noteLocation(location)
  for (const afterSeq of [37, 40, 44, 45, 46, 9_000]) expect(await missed(ID, afterSeq)).toEqual([])
  expect(readings).toEqual([])
})

it('[SOCK10] also right after a start, when the newest is all that was looked up', async () => {
  stored = points(1, 40)
  expect(await missed(ID, 39)).toEqual([])
  expect(await missed(ID, 40)).toEqual([])
  expect(readings).toEqual([])
})

it('[SOCK11] what a crowd has missed is read once, also for those who missed less', async () => {
  stored = points(1, 40)
  const crowd = Promise.all([20, 20, 25, 38, 20].map((afterSeq) => missed(ID, afterSeq)))
  await expect.poll(() => readings.length).toBe(1)
  readings[0]?.answer()
  const lengths = (await crowd).map(({ length }) => length)
  expect(lengths).toEqual([20, 20, 15, 2, 20])
  expect(seqsOf(await missed(ID, 30))).toEqual(seqsOf(points(31, 40)))
  expect(readings).toHaveLength(1)
})

it('[SOCK11] who missed more has it read anew', async () => {
  stored = points(1, 40)
  const less = missed(ID, 30)
  const more = missed(ID, 5)
  await expect.poll(() => readings.length).toBe(2)
  for (const { answer } of readings) answer()
  expect((await less).length).toBe(10)
  expect((await more).length).toBe(35)
})

it('[SOCK11] it is read anew when what came since is more than is remembered', async () => {
  stored = points(1, 40)
  const first = missed(ID, 10)
  await expect.poll(() => readings.length).toBe(1)
  readings[0]?.answer()
  await first
  for (const location of points(41, 400)) live.noteLocation(location)
  stored = points(1, 390)
  const second = missed(ID, 10)
  await expect.poll(() => readings.length).toBe(2)
  readings[1]?.answer()
  expect((await second).length).toBe(380)
})

it('[SOCK11] a failure is told to those who waited for it, and the next one has it read again', async () => {
  stored = points(1, 40)
  const crowd = [missed(ID, 10), missed(ID, 10)].map((each) =>
    expect(each).rejects.toMatchObject({ code: 'log_unavailable' }),
  )
  await expect.poll(() => readings.length).toBe(1)
  readings[0]?.fail()
  await Promise.all(crowd)
  const next = missed(ID, 10)
  await expect.poll(() => readings.length).toBe(2)
  readings[1]?.answer()
  expect((await next).length).toBe(30)
})
