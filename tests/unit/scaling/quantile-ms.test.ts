import { expect, it } from 'vitest'
import { quantileMs } from '../../../bench/scaling/quantile-ms.ts'

const reading = (...counts: number[]) => ({
  cpuUs: 0,
  rssMb: 0,
  read: 0,
  stored: 0,
  emittedWithin: counts.map(
    (count, i) => [[0.001, 0.01, 0.1, Infinity][i] as number, count] as [number, number],
  ),
})

it('[SCALE4] a quantile lies in its bucket by proportion, and counts only what came between two looks', () => {
  // 100 within 1 ms before; then 50 within 10 ms, 50 more within 100 ms.
  const [before, after] = [reading(100, 100, 100, 100), reading(100, 150, 200, 200)]
  expect(quantileMs(before, after, 0.25)).toBeCloseTo(5.5)
  expect(quantileMs(before, after, 0.5)).toBeCloseTo(10)
  expect(quantileMs(before, after, 0.99)).toBeCloseTo(98.2)
})

it('[SCALE4] what took longer than the last bucket says so', () => {
  expect(quantileMs(reading(0, 0, 0, 0), reading(0, 0, 1, 100), 0.99)).toBe(Infinity)
})
