import { describe, expect, it } from 'vitest'
import { FIRST_RIDES, usualOf } from '#domain/usual-rides.ts'

const rides = (count: number, paceMps: number, rangeNeed = 1) =>
  Array.from({ length: count }, () => ({ paceMps, rangeNeed }))

describe('what is usual for rides', () => {
  it('[ETA8] is a sensible start without any, and follows the finished ones', () => {
    expect(usualOf([])).toEqual(FIRST_RIDES)
    expect(usualOf(rides(60, 4)).paceMps).toBeLessThan(5)
    expect(usualOf(rides(60, 11)).paceMps).toBeGreaterThan(11)
    expect(usualOf(rides(2, 4)).paceMps).toBe(FIRST_RIDES.paceMps)
  })

  it('[ETA8] the latest count more: a fleet that changes its vehicles is followed', () => {
    expect(usualOf([...rides(80, 5), ...rides(120, 10)]).paceMps).toBeLessThan(6)
  })

  it('[ETA8] is not moved by nonsense, as of a demo at ten times the speed of life', () => {
    expect(usualOf([...rides(150, 70), ...rides(40, 6)])).toEqual(usualOf(rides(40, 6)))
    expect(usualOf([...rides(30, 0.2), ...rides(40, 6)])).toEqual(usualOf(rides(40, 6)))
    expect(usualOf([...rides(15, 15.5), ...rides(40, 6)]).paceMps).toBeCloseTo(6 * 1.12)
  })

  it('[ETA8] widens the ranges when they did not hold, narrows them when they held easily, within limits', () => {
    expect(usualOf(rides(100, 7, 1.4)).rangeFactor).toBe(1.4)
    expect(usualOf(rides(100, 7, 9)).rangeFactor).toBe(1.8)
    expect(usualOf(rides(100, 7, 0.1)).rangeFactor).toBe(0.7)
  })
})
