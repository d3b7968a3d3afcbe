import type { LatLng } from '#contracts/place.ts'

/** A path on flat ground, metres east and north of its first point: what the simulated riders ride on. */
export type XY = readonly [x: number, y: number]

const METRES_PER_DEGREE = 111_195

export function toGround(origin: LatLng, [lat, lng]: LatLng): XY {
  return [(lng - origin[1]) * METRES_PER_DEGREE * cosDeg(origin[0]), (lat - origin[0]) * METRES_PER_DEGREE]
}

export function toLatLng(origin: LatLng, [x, y]: XY): LatLng {
  return [origin[0] + y / METRES_PER_DEGREE, origin[1] + x / (METRES_PER_DEGREE * cosDeg(origin[0]))]
}

function cosDeg(deg: number): number {
  return Math.cos((deg * Math.PI) / 180)
}

export type Path = { lengthM: number; at(alongM: number): XY }

export function pathOf(points: readonly XY[]): Path {
  const starts = [0]
  for (let i = 1; i < points.length; i++) starts.push((starts[i - 1] ?? 0) + apart(points[i - 1], points[i]))
  const lengthM = starts.at(-1) ?? 0
  return {
    lengthM,
    at(alongM) {
      const index = Math.max(
        1,
        starts.findIndex((startM) => startM >= Math.min(Math.max(alongM, 0), lengthM)),
      )
      const [from, to] = [points[index - 1] ?? [0, 0], points[index] ?? points[0] ?? [0, 0]]
      const [before, after] = [starts[index - 1] ?? 0, starts[index] ?? 0]
      const share = after > before ? (Math.min(Math.max(alongM, 0), lengthM) - before) / (after - before) : 0
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    },
  }
}

function apart(a: XY = [0, 0], b: XY = [0, 0]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}
