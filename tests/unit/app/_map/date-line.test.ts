import { describe, expect, it } from 'vitest'
import { glideAt, startGlide } from '#app/_map/glide.ts'
import { nearestCopies, nearestCopy } from '#app/_map/nearest-copy.ts'
import { pathBetween } from '#app/_map/path-between.ts'
import { trailPath } from '#app/_map/trail-path.ts'
import type { LatLng } from '#contracts/place.ts'
import { location } from '../samples.ts'

/** The largest step between two points of a line, in degrees of longitude. */
const widest = (line: LatLng[]) =>
  Math.max(...line.slice(1).map(([, lng], index) => Math.abs(lng - (line[index]?.[1] ?? lng))))
/** Along the equator over the date line, as it comes over the wire. */
const ROUTE: LatLng[] = [
  [0, 179.99],
  [0, 179.998],
  [0, -179.998],
  [0, -179.99],
]

describe('over the date line', () => {
  it('[GLIDE8] R15: a place is put beside the map’s centre', () => {
    expect(nearestCopy([1, -179.9995], 179.9995)[1]).toBeCloseTo(180.0005)
    expect(nearestCopy([1, 179.9995], -179.9995)[1]).toBeCloseTo(-180.0005)
    expect(nearestCopy([1, 127], 126)).toEqual([1, 127])
  })

  it('[GLIDE8] a line that needs no change is the very same', () => {
    const near: LatLng[] = [
      [37.5, 127],
      [37.5, 128],
    ]
    expect(nearestCopies(near, 127)).toBe(near)
    expect(nearestCopies(nearestCopies(ROUTE, 179), 179)).toEqual(nearestCopies(ROUTE, 179))
  })

  it.each([179.9995, -179.9995, 127])('[GLIDE8] R15: a glide crosses it, seen from %d°', (centreLng) => {
    const [from, to] = [nearestCopy([0, 179.9995], centreLng), nearestCopy([0, -179.9995], centreLng)]
    const glide = startGlide(pathBetween(from, to, []), 0, 1_000)
    const shown = Array.from({ length: 51 }, (_, index) => glideAt(glide, index * 20))
    expect(widest(shown)).toBeLessThan(0.0001)
  })

  it('[GLIDE8] R15: so do a ride along a route and its trail', () => {
    const trail = [0, 1, 2, 3, 4].map((step) => {
      const lng = 179.992 + step * 0.004
      return location(step + 1, { lat: 0, lng: lng > 180 ? lng - 360 : lng })
    })
    for (const centreLng of [179.99, -179.99]) {
      const route = nearestCopies(ROUTE, centreLng)
      const line = trailPath(
        trail.map((each) => ({ ...each })),
        { route, centreLng },
      )
      expect(line.length).toBeGreaterThan(5)
      expect(widest(line)).toBeLessThan(0.01)
    }
  })
})
