import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  broadcastLimits,
  budgetUs,
  eventsPerS,
  type Load,
  ownUs,
  planAffine,
  planBroadcast,
  planHistory,
  planKafka,
} from '../../../bench/scaling/model.ts'
import { figures } from './figures.ts'

const loads = fc.record({
  riders: fc.integer({ min: 100, max: 2_000_000 }),
  everyS: fc.integer({ min: 1, max: 10 }),
  customersEach: fc.constantFrom(1, 1.1, 1.3, 3),
})

/** What each of so many instances has to do in a second, µs. */
const workUs = (load: Load, instances: number, readEach: number) =>
  (eventsPerS(load) * ownUs(figures, load)) / instances + readEach * figures.read

it('[SCALE1] broadcast: the instances that are planned have time for their work and for all reading; one less has not', () => {
  fc.assert(
    fc.property(loads, (load) => {
      const { instances } = planBroadcast(figures, load)
      const events = eventsPerS(load)
      if (instances === null) {
        expect(events * figures.read).toBeGreaterThanOrEqual(budgetUs(figures))
        return
      }
      expect(workUs(load, instances, events)).toBeLessThanOrEqual(budgetUs(figures) * 1.000001)
      if (instances > 1)
        expect(workUs(load, instances - 1, events)).toBeGreaterThan(budgetUs(figures) * 0.999999)
    }),
  )
})

it('[SCALE1] affine: each event is read once and passed on once, and costs each instance the little that is left', () => {
  fc.assert(
    fc.property(loads, (load) => {
      const { instances } = planAffine(figures, load)
      const events = eventsPerS(load)
      const { read, readElsewhere, passOn } = figures
      const work = (n: number) =>
        workUs(load, n, events / n) +
        (n === 1 ? 0 : (events * passOn) / n + (1 - 1 / n) * events * readElsewhere)
      if (instances === null) {
        expect(events * readElsewhere).toBeGreaterThanOrEqual(budgetUs(figures))
        return
      }
      expect(read).toBeGreaterThan(readElsewhere)
      expect(work(instances)).toBeLessThanOrEqual(budgetUs(figures) * 1.000001)
      if (instances > 1) expect(work(instances - 1)).toBeGreaterThan(budgetUs(figures) * 0.999999)
    }),
  )
})

it('[SCALE1] broadcast ends where reading everything takes all the time there is, however many instances', () => {
  const load = { riders: 1, everyS: 5, customersEach: 1 }
  const { ridersNeverReached, instances, ridersWithThose } = broadcastLimits(figures, load)
  expect(planBroadcast(figures, { ...load, riders: ridersNeverReached + 1 }).instances).toBeNull()
  expect(planBroadcast(figures, { ...load, riders: ridersNeverReached - 1_000 }).instances).not.toBeNull()
  expect(planBroadcast(figures, { ...load, riders: Math.floor(ridersWithThose) }).instances).toBe(instances)
  // What one more adds, against what the first adds.
  const eventsOf = (n: number) => (n * budgetUs(figures)) / (ownUs(figures, load) + n * figures.read)
  const share = (eventsOf(instances + 2) - eventsOf(instances + 1)) / eventsOf(1)
  expect(share).toBeLessThan(0.25)
  expect((eventsOf(instances - 1) - eventsOf(instances - 2)) / eventsOf(1)).toBeGreaterThan(0.25)
})

it('[SCALE1] Kafka and the history, by hand: 100,000 riders every 5 s', () => {
  const load = { riders: 100_000, everyS: 5, customersEach: 1 }
  const kafka = planKafka(figures, load, { instances: 20, pushGroups: 1 })
  // 20,000/s × 480 B in; to two followers, the history and one push group out; three copies for 604,800 s on disk.
  expect(kafka).toMatchObject({ recordsPerS: 20_000, inMbPerS: 9.6, brokers: 3, partitions: 40 })
  expect(kafka.outMbPerS).toBeCloseTo(38.4)
  expect(kafka.storedTb).toBeCloseTo(17.4, 1)
  expect(planHistory(figures, load)).toMatchObject({ rowsPerDay: 1.728e9, gbPerDay: 432, primaries: 2 })
})
