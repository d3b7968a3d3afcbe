import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { isOffRoute, wayToGoM } from '#domain/way-to-go.ts'

const METRES_PER_DEGREE = 111_195
const at = (eastM: number, northM: number): LatLng => [
  37.5 + northM / METRES_PER_DEGREE,
  127 + eastM / (METRES_PER_DEGREE * Math.cos((37.5 * Math.PI) / 180)),
]
const straight = [at(0, 0), at(2_000, 0)]
const toGoM = (route: LatLng[], place: LatLng, alongM: number, offRouteM: number, accuracyM = 8) =>
  wayToGoM({ route, routed: true }, { at: place, accuracyM }, { alongM, offRouteM })

describe('the way to go', () => {
  it('[ETA11] on the route is the rest of it; what readings are off by is no way', () => {
    expect(toGoM(straight, at(500, 0), 500, 0)).toBeCloseTo(1_500, -1)
    expect(toGoM(straight, at(500, 14), 500, 14)).toBeCloseTo(1_500, -1)
    expect(toGoM(straight, at(500, 70), 500, 70, 60)).toBeCloseTo(1_500, -1)
    expect(isOffRoute(60, 70)).toBe(false)
    expect(isOffRoute(8, 70)).toBe(true)
  })

  it('[ETA11] in a parallel street leads back to the route further on, not where it was left', () => {
    const besideM = toGoM(straight, at(500, 150), 500, 150)
    expect(besideM).toBeGreaterThan(1_500 + 100)
    expect(besideM).toBeLessThan(1_500 + 1.3 * 150 - 50)
    // Beside the end there is nothing further on.
    expect(toGoM(straight, at(2_000, 150), 2_000, 150)).toBeCloseTo(1.3 * 150, -1)
  })

  it('[ETA11] leaves out the bend that the rider has cut off', () => {
    const bend = [at(0, 0), at(200, 0), at(200, 250), at(600, 250), at(600, 0), at(2_000, 0)]
    // Straight on where the route turns off: half-way to where it comes back.
    const toGo = toGoM(bend, at(400, 0), 200, 200)
    expect(toGo).toBeLessThan(1_400 + 1.3 * 200 + 10)
    expect(toGo).toBeGreaterThan(1_400 + 200)
  })

  it('[ETA11] does not take the route for cut short where it passes again much later', () => {
    const out = [at(0, 0), at(3_000, 0), at(3_000, 200), at(0, 200)]
    expect(toGoM(out, at(500, 100), 500, 100)).toBeGreaterThan(5_000)
  })
})
