import { describe, expect, it } from 'vitest'
import { courseAlong } from '#app/_map/course.ts'
import type { Location } from '#contracts/location.ts'
import { seededRandom } from '#demo-city/random.ts'
import { location } from '../samples.ts'

const M_PER_DEG = 111_195
/** `eastM` and `northM` metres from one place off any route. */
const at = (seq: number, eastM: number, northM: number, change: Partial<Location> = {}) =>
  location(seq, {
    lat: 37.51 + northM / M_PER_DEG,
    lng: 127.01 + eastM / (M_PER_DEG * Math.cos((37.51 * Math.PI) / 180)),
    ...change,
  })
const random = seededRandom('standing')
/** Reports of someone who stands `atEastM` east, each up to 6 m off in any direction. */
const standing = (count: number, change: () => Partial<Location>, atEastM = 0, afterSeq = 0) =>
  Array.from({ length: count }, (_, index) => {
    const [offM, angle] = [6 * random(), 2 * Math.PI * random()]
    return at(afterSeq + index + 1, atEastM + offM * Math.sin(angle), offM * Math.cos(angle), change())
  })
/** What the course was after each report. */
const courses = (trail: Location[]) => trail.map((_, index) => courseAlong(trail.slice(0, index + 1)))
const ridingEast = (count: number, stepM: number, change: Partial<Location> = {}) =>
  Array.from({ length: count }, (_, index) => at(index + 1, index * stepM, 0, change))

describe('the way the marker looks', () => {
  it.each([
    [
      'with a speed of 0 and headings at random',
      () => ({ speedMps: 0, accuracyM: 12, headingDeg: 360 * random() }),
    ],
    ['without speeds', () => ({ accuracyM: 12, headingDeg: 360 * random() })],
    ['without anything but positions', () => ({})],
    ['with a poor accuracy', () => ({ accuracyM: 60 })],
  ])('[GLIDE7] R13: does not change while standing %s', (_, change) => {
    for (let round = 0; round < 50; round++) {
      const found = courses(standing(40, change))
      expect(found.filter(({ moving }) => moving)).toEqual([])
      expect(new Set(found.map(({ headingDeg }) => headingDeg)).size).toBe(1)
    }
  })

  it('[GLIDE7] R13: stays as it was when a ride ends', () => {
    const ride = ridingEast(10, 30, { speedMps: 6, accuracyM: 12 })
    const stop = standing(40, () => ({ speedMps: 0, accuracyM: 12, headingDeg: 360 * random() }), 270, 10)
    const found = courses([...ride, ...stop])
    expect(found[9]?.headingDeg).toBeCloseTo(90, 0)
    expect(new Set(found.slice(9).map(({ headingDeg }) => headingDeg)).size).toBe(1)
    expect(found.slice(10).some(({ moving }) => moving)).toBe(false)
  })

  it('[GLIDE7] follows the told heading while moving', () => {
    const trail = [
      ...ridingEast(3, 5, { speedMps: 5, headingDeg: 90 }),
      at(4, 10, 5, { speedMps: 5, headingDeg: 0 }),
    ]
    expect(courses(trail).slice(1)).toMatchObject([
      { moving: true, headingDeg: 90 },
      { moving: true, headingDeg: 90 },
      { moving: true, headingDeg: 0 },
    ])
  })

  it('[GLIDE7] without speeds and headings, the distance tells', () => {
    expect(courseAlong(ridingEast(5, 30))).toMatchObject({ moving: true })
    expect(courseAlong(ridingEast(5, 30)).headingDeg).toBeCloseTo(90, 0)
    // Each step is within the noise, and together they are not.
    expect(courseAlong(ridingEast(30, 4, { accuracyM: 12 })).headingDeg).toBeCloseTo(90, 0)
  })

  it('[GLIDE7] a device that always says 0 is not believed for ever', () => {
    const found = courseAlong(ridingEast(5, 40, { speedMps: 0, accuracyM: 12 }))
    expect(found.moving).toBe(true)
    expect(found.headingDeg).toBeCloseTo(90, 0)
  })

  it('is unknown without a position', () =>
    expect(courseAlong([])).toEqual({ moving: false, headingDeg: null }))
})
