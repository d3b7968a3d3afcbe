import type { Delivery } from '../../../contracts/delivery.ts'
import type { LatLng } from '../../../contracts/place.ts'
import { distanceM } from '../../../domain/geometry.ts'
import type { Drawn } from './marker-recorder.ts'

/** A point of the recorder's frame (marker-recorder.ts): the store at (0, 0), home at (1, 0). */
type Point = { x: number; y: number }

/** One movement: how far, what one pixel was then, and what time the browser had for it. */
type Movement = { stepM: number; pixelM: number; frameMs: number }

export const HOME: Point = { x: 1, y: 0 }

/** Measures what was recorded in metres on the ground, against the delivery's planned route. */
export function rideGeometry({ route, store, destination }: Delivery) {
  const unitM = distanceM([store.lat, store.lng], [destination.lat, destination.lng])
  const origin = project([store.lat, store.lng])
  const home = project([destination.lat, destination.lng])
  const way = { x: home.x - origin.x, y: home.y - origin.y }
  const square = way.x ** 2 + way.y ** 2
  const line = route.map((latLng): Point => {
    const point = project(latLng)
    const gone = { x: point.x - origin.x, y: point.y - origin.y }
    return {
      x: (gone.x * way.x + gone.y * way.y) / square,
      y: (gone.y * way.x - gone.x * way.y) / square,
    }
  })
  const between = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) * unitM
  return {
    between,
    fromRoute: (point: Point) =>
      Math.min(...line.slice(1).map((end, index) => distanceToSegment(point, line[index] ?? end, end))) *
      unitM,
    /** From each point to the next one. */
    movements: (points: readonly Drawn[]): Movement[] =>
      points.slice(1).map((point, index) => ({
        stepM: between(points[index] ?? point, point),
        pixelM: unitM / point.unitPx,
        frameMs: point.frameMs,
      })),
  }
}

/** A late marker may go faster for a moment. */
const CATCHING_UP = 4
/** Leaflet draws on whole pixels, and a zoom rounds anew. */
const ROUNDING_PX = 2.5

/** Whether a movement was farther than the time for it explains, at about `speedMps`. */
export function isJump(speedMps: number) {
  return ({ stepM, pixelM, frameMs }: Movement) =>
    stepM > (CATCHING_UP * speedMps * frameMs) / 1_000 + ROUNDING_PX * pixelM
}

/** EPSG:3857 in radians, y downwards as on a screen. */
function project([lat, lng]: LatLng): Point {
  const radians = (lat * Math.PI) / 180
  return { x: (lng * Math.PI) / 180, y: -Math.log(Math.tan(Math.PI / 4 + radians / 2)) }
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const length = { x: to.x - from.x, y: to.y - from.y }
  const square = length.x ** 2 + length.y ** 2
  const along = square === 0 ? 0 : ((point.x - from.x) * length.x + (point.y - from.y) * length.y) / square
  const part = Math.min(Math.max(along, 0), 1)
  return Math.hypot(point.x - from.x - part * length.x, point.y - from.y - part * length.y)
}
