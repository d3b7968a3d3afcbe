import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Disk, storageTrouble } from '#app/_rider/outbox/disk.ts'
import { openOutbox } from '#app/_rider/outbox/open-outbox.ts'
import type { Fix } from '#contracts/location.ts'

/** What is stored, and how storage behaves at the moment. */
let stored: Map<number, Fix>
let number: number
let ways: { open: 'fine' | 'never' | Error; work: 'fine' | 'never' | Error }
let opened: number
let closeFromOutside: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  ;[stored, number, opened] = [new Map(), 0, 0]
  ways = { open: 'fine', work: 'fine' }
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function behave(way: (typeof ways)['open']) {
  if (way === 'never') await new Promise(() => {})
  if (way instanceof Error) throw way
}
async function open(_deliveryId: string, onClosed: () => void): Promise<Disk> {
  await behave(ways.open)
  opened++
  let isOpen = true
  closeFromOutside = () => {
    isOpen = false
    onClosed()
  }
  const work = async () => {
    if (!isOpen) throw new DOMException('The connection is closing', 'InvalidStateError')
    await behave(ways.work)
  }
  return {
    async load() {
      await work()
      return {
        fixes: [...stored].map(([seq, value]) => ({ key: ['d1', seq], value })),
        number,
        unreadable: 0,
      }
    },
    async add(reading, lastSeq) {
      await work()
      number = Math.max(number, lastSeq) + 1
      stored.set(number, { ...reading, seq: number })
      return { ...reading, seq: number }
    },
    async remove(seqs) {
      await work()
      for (const seq of seqs) stored.delete(seq)
    },
    async replace(fixes, lastSeq) {
      await work()
      stored = new Map(fixes.map((fix) => [fix.seq, fix]))
      number = lastSeq
    },
    close() {
      isOpen = false
    },
  }
}
const reading = (recordedAtMs: number) => ({ lat: 37.5, lng: 127, recordedAtMs })
const opening = (floorSeq = 0) => openOutbox('d1', floorSeq, { open, nowMs: Date.now })
const seqsOf = (fixes: Iterable<Fix>) => [...fixes].map(({ seq }) => seq)
/** As a page that is opened later sees it. */
const afterReload = async () => seqsOf((await openOutbox('d1', 0, { open, nowMs: Date.now })).oldest(100))

describe('the points on the device', () => {
  it('[SEND5] outlive the page, with their numbers', async () => {
    const outbox = await opening(4)
    for (let ms = 1; ms <= 3; ms++) await outbox.add(reading(ms))
    outbox.remove([5])
    expect([await outbox.lastSeq(), seqsOf(outbox.oldest(9)), outbox.storage().trouble]).toEqual([
      7,
      [6, 7],
      null,
    ])
    expect(await afterReload()).toEqual([6, 7])
  })

  it('[KEPT5] R10: storage that never opens is gone without after 3 s, and is tried again', async () => {
    ways.open = 'never'
    const coming = opening(20)
    await vi.advanceTimersByTimeAsync(3_000)
    const outbox = await coming
    expect(outbox.storage().trouble).toBe('slow')
    expect((await outbox.add(reading(1))).seq).toBe(21)
    // It opens after all, and holds points of an earlier page under the same numbers.
    stored = new Map([21, 22].map((seq) => [seq, { ...reading(seq * 1_000), seq }]))
    ways.open = 'fine'
    await vi.advanceTimersByTimeAsync(16_000)
    await outbox.add(reading(2))
    expect(outbox.storage().trouble).toBeNull()
    expect(outbox.oldest(9).map(({ seq, recordedAtMs }) => [seq, recordedAtMs])).toEqual([
      [21, 1],
      [22, 22_000],
      [23, 21_000],
      [24, 2],
    ])
    expect(await afterReload()).toEqual([21, 22, 23, 24])
  })

  it('[KEPT5] R10: storage that stops answering holds nothing up for longer than 3 s', async () => {
    const outbox = await opening()
    await outbox.add(reading(1))
    ways.work = 'never'
    const adding = outbox.add(reading(2))
    await vi.advanceTimersByTimeAsync(3_000)
    expect([(await adding).seq, outbox.storage().trouble]).toEqual([2, 'slow'])
    expect((await outbox.add(reading(3))).seq).toBe(3)
    expect(seqsOf(outbox.oldest(9))).toEqual([1, 2, 3])
  })

  it('[KEPT6] R9: a connection that the browser closes is opened again, and nothing is missing', async () => {
    const outbox = await opening()
    await outbox.add(reading(1))
    closeFromOutside()
    stored.clear()
    await outbox.add(reading(2))
    expect([opened, outbox.storage().trouble, await afterReload()]).toEqual([2, null, [1, 2]])
  })

  it('[KEPT6] R9: if it cannot be opened again the memory does, and storage gets all of it once it can', async () => {
    const outbox = await opening()
    await outbox.add(reading(1))
    ways.open = new DOMException('Connection to Indexed Database server lost', 'UnknownError')
    closeFromOutside()
    await outbox.add(reading(2))
    outbox.remove([1])
    expect([outbox.storage().trouble, seqsOf(outbox.oldest(9))]).toEqual(['closed', [2]])
    ways.open = 'fine'
    await vi.advanceTimersByTimeAsync(16_000)
    await outbox.add(reading(3))
    expect([outbox.storage().trouble, await afterReload()]).toEqual([null, [2, 3]])
  })

  it('[KEPT7] the words name the cause', async () => {
    const error = (name: string) => new DOMException('', name)
    expect(storageTrouble(error('QuotaExceededError'))).toBe('full')
    expect(storageTrouble(error('SecurityError'))).toBe('missing')
    expect(storageTrouble(new ReferenceError('indexedDB is not defined'))).toBe('missing')
    expect(storageTrouble(error('InvalidStateError'))).toBe('closed')
    expect(storageTrouble(error('VersionError'))).toBe('unreadable')
    expect(storageTrouble('?')).toBe('unreadable')
    ways.work = error('QuotaExceededError')
    const outbox = await opening()
    expect((await outbox.add(reading(1))).seq).toBe(1)
    expect(outbox.storage().trouble).toBe('full')
  })

  it('[SEND7] R14: renumbered points keep their new numbers after a reload', async () => {
    const outbox = await opening()
    for (let ms = 1; ms <= 3; ms++) await outbox.add(reading(ms))
    outbox.raise(9)
    outbox.renumber([1, 3])
    await outbox.lastSeq()
    expect([seqsOf(outbox.oldest(9)), await afterReload()]).toEqual([
      [2, 10, 11],
      [2, 10, 11],
    ])
    expect((await outbox.add(reading(4))).seq).toBe(12)
  })
})
