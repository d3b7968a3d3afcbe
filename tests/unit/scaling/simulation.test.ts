import { expect, it, vi } from 'vitest'
import { planAffine } from '../../../bench/scaling/model.ts'
import { PUSH, simulate, simulateFailure, streamsOf } from '../../../bench/scaling/scenarios.ts'
import { arrivals, meanWaitMs, type Stream, seededRandom, work } from '../../../bench/scaling/simulation.ts'
import { figures } from './figures.ts'

// Some hundred thousand events, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })
const SECONDS = 100

it.each([0.1, 0.3, 0.6])(
  '[SCALE2] at a load of %d the simulated wait is that of Pollaczek and Khinchine',
  (load) => {
    const streams: Stream[] = [
      { kind: 'accept', perS: (load * 0.8 * 1e6) / 500, meanUs: 500 },
      { kind: 'read', perS: (load * 0.2 * 1e6) / 20, meanUs: 20 },
    ]
    const simulated = work(arrivals(streams, SECONDS, seededRandom(7)), SECONDS)
    expect(simulated.load).toBeCloseTo(load, 1)
    const expected = meanWaitMs(streams)
    expect(simulated.meanMs('read') - 0.02).toBeGreaterThan(0.9 * expected)
    expect(simulated.meanMs('read') - 0.02).toBeLessThan(1.1 * expected)
  },
)

it('[SCALE2] the same seed gives the same figures', () => {
  const once = () =>
    simulate(streamsOf(figures, { riders: 2_000, everyS: 5, customersEach: 1 }, 2, 'broadcast'))
  expect(once().p99Ms(PUSH)).toBe(once().p99Ms(PUSH))
})

it('[SCALE2] with as many instances, broadcast is overloaded where affine is not', () => {
  const load = { riders: 150_000, everyS: 5, customersEach: 1 }
  const instances = planAffine(figures, load).instances as number
  expect(simulate(streamsOf(figures, load, instances, 'broadcast')).load).toBeGreaterThan(1)
  expect(simulate(streamsOf(figures, load, instances, 'affine')).load).toBeLessThan(0.65)
})

it('[SCALE2] after a kill everybody comes back: at once where any instance will do, else once the owner is known', () => {
  const load = { riders: 10_000, everyS: 5, customersEach: 1 }
  const broadcast = simulateFailure(figures, load, 5, 'broadcast')
  const affine = simulateFailure(figures, load, 5, 'affine')
  expect(broadcast).toMatchObject({ comeBack: 2_000, mostPerS: 500 })
  expect(broadcast.lastBackMs).toBeGreaterThan(500)
  expect(affine.lastBackMs).toBeGreaterThan(11_000)
})
