import { expect, it } from 'vitest'
import { judge } from '../../../bench/support/results.ts'

const series: Record<string, number[]> = { ours: [30, 10, 22], floor: [10, 10, 20] }
const of = (name: string) => series[name] ?? []

it('[SCALE2] a limit is judged by the median of the ratios of each round', () => {
  // 3, 1, 1.1: not 22 to 10.
  const judged = judge({ what: 'a post', unit: 'µs', ours: 'ours', floor: 'floor', most: 1.1 }, of)
  expect(judged).toMatchObject({ value: 22, floorValue: 10, ratio: 1.1, holds: true })
  expect(judge({ ...judged, most: 1 }, of).holds).toBe(false)
  expect(judge({ what: 'a rate', unit: '/s', ours: 'ours', floor: 'floor', least: 1.2 }, of).holds).toBe(
    false,
  )
})

it('[SCALE2] without a floor the figure itself is judged; without a limit, or a figure, nothing holds', () => {
  expect(judge({ what: 'memory', unit: 'MB', ours: 'ours', most: 22 }, of).holds).toBe(true)
  expect(judge({ what: 'memory', unit: 'MB', ours: 'ours' }, of).holds).toBeNull()
  expect(judge({ what: 'memory', unit: 'MB', ours: 'missing', most: 22 }, of).holds).toBe(false)
})
