import { expect, it } from 'vitest'
import { CountedWindows } from '#server/access/counted-windows.ts'

it('[ERR6] a window begins with the first use and ends after its time; what has ended is not kept', () => {
  let nowMs = 0
  const windows = new CountedWindows(1_000, () => nowMs)
  const first = windows.count('a')
  nowMs = 900
  expect(windows.count('a')).toBe(first)
  expect(first.points).toBe(2)
  expect(windows.msLeft(first)).toBe(100)
  windows.set('b', 7, 50)
  expect(windows.points('b')).toBe(7)
  nowMs = 1_000
  expect([windows.points('a'), windows.points('b')]).toEqual([0, 0])
  expect(windows.count('a').points).toBe(1)
  expect(windows.size).toBe(1)
})
