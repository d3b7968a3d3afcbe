/** Degrees, WGS 84. */
export type LatLng = [lat: number, lng: number]

/**
 * The demo area spans some 20 km, where a plane touching the globe at its middle is true to about 0.1 %: good enough
 * to lay out streets, and much simpler than the sphere. Units are metres.
 */
export type XY = readonly [eastM: number, northM: number]

const ORIGIN: LatLng = [37.505, 127.045]
const M_PER_DEG_LAT = 110_992
const M_PER_DEG_LNG = 111_320 * Math.cos((ORIGIN[0] * Math.PI) / 180)

export function toXY([lat, lng]: LatLng): XY {
  return [(lng - ORIGIN[1]) * M_PER_DEG_LNG, (lat - ORIGIN[0]) * M_PER_DEG_LAT]
}

export function toLatLng([x, y]: XY): LatLng {
  return [ORIGIN[0] + y / M_PER_DEG_LAT, ORIGIN[1] + x / M_PER_DEG_LNG]
}

export function distanceM(a: XY, b: XY): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1])
}

export function lerp(a: XY, b: XY, t: number): XY {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/** Whether a point lies in a ring (even–odd rule). */
export function inRing([x, y]: XY, ring: readonly XY[]): boolean {
  let inside = false
  let previous = ring[ring.length - 1]
  for (const corner of ring) {
    if (previous && corner[1] > y !== previous[1] > y) {
      const crossesAt =
        previous[0] + ((y - previous[1]) / (corner[1] - previous[1])) * (corner[0] - previous[0])
      if (x < crossesAt) inside = !inside
    }
    previous = corner
  }
  return inside
}
