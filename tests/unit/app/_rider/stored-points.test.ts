import { describe, expect, it } from 'vitest'
import { readStored, type Stored } from '#app/_rider/outbox/stored-points.ts'

const fix = (seq: number, more: object = {}) => ({
  seq,
  lat: 37.5,
  lng: 127,
  recordedAtMs: seq * 1_000,
  ...more,
})
const stored = (entries: [seq: unknown, value: unknown][], number: unknown = 0): Stored => ({
  fixes: entries.map(([seq, value]) => ({ key: ['d1', seq], value })),
  number,
  unreadable: 0,
})
const seqsOf = (read: ReturnType<typeof readStored>) => read.fixes.map(({ seq }) => seq)

describe('what an earlier page kept', () => {
  it('[KEPT1] R2: what can be read is sent, what a device filled with nonsense goes without it', () => {
    const read = readStored(
      stored([
        [1, fix(1, { headingDeg: -1, speedMps: Number.NaN })],
        [2, fix(2, { headingDeg: null, accuracyM: -1 })],
        [3, fix(3, { speedMps: 4 })],
      ]),
      0,
    )
    expect(read).toMatchObject({ unreadable: 0, changed: true, lastSeq: 3 })
    expect(read.fixes).toEqual([fix(1), fix(2, { accuracyM: 100_000 }), fix(3, { speedMps: 4 })])
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'fix'],
    ['a list', [1, 2]],
    ['a place off the earth', fix(2, { lat: 91 })],
    ['a place that is no number', fix(2, { lng: Number.NaN })],
    ['no time', fix(2, { recordedAtMs: undefined })],
  ])('[KEPT2] R2: %s is counted and left out, and the others are sent', (_, value) => {
    const read = readStored(
      stored([
        [1, fix(1)],
        [2, value],
        [3, fix(3)],
      ]),
      0,
    )
    expect([seqsOf(read), read.unreadable, read.changed]).toEqual([[1, 3], 1, true])
  })

  it.each([
    ['of another key', 2, fix(7)],
    ['beyond every ride', 2_147_483_647, fix(2_147_483_647)],
    ['far beyond what the server has', 40_000, fix(40_000)],
    ['that is none', 2.5, fix(2.5)],
  ])('[KEPT3] R2: a point with a number %s gets a new one', (_, seq, value) => {
    const read = readStored(
      stored([
        [1, fix(1)],
        [seq, value],
      ]),
      12,
    )
    expect([seqsOf(read), read.unreadable, read.lastSeq]).toEqual([[1, 13], 0, 13])
  })

  it.each([
    ['text', 'many', 12],
    ['no number', Number.NaN, 12],
    ['an object', {}, 12],
    ['beyond every ride', 1e12, 12],
    ['far beyond what was sent', 99_000, 12],
    ['a fraction', 12.5, 12],
    ['lower than the server’s', 3, 12],
    ['what was given last', 15, 15],
  ])('[KEPT4] R2: the last number is %s: the next one is behind %s', (_, number, lastSeq) => {
    expect(readStored(stored([], number), 12).lastSeq).toBe(lastSeq)
  })

  it('[KEPT4] a long time without network is no far number', () => {
    const entries = Array.from({ length: 12_000 }, (_, index): [number, unknown] => [
      index + 1,
      fix(index + 1),
    ])
    expect(readStored(stored(entries, 12_000), 0)).toMatchObject({
      lastSeq: 12_000,
      unreadable: 0,
      changed: false,
    })
  })
})
