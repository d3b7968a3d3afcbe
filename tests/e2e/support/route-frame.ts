import type { Delivery } from '../../../contracts/delivery.ts'
import type { LatLng } from '../../../contracts/place.ts'

type Point = { x: number; y: number }

/** The planned route in the recorder's frame (see marker-recorder.ts), on the map's projection, Web Mercator. */
export function routeInFrame({ route, store, destination }: Delivery): Point[] {
  const origin = project([store.lat, store.lng])
  const home = project([destination.lat, destination.lng])
  const way = { x: home.x - origin.x, y: home.y - origin.y }
  const square = way.x ** 2 + way.y ** 2
  return route.map((latLng) => {
    const point = project(latLng)
    const gone = { x: point.x - origin.x, y: point.y - origin.y }
    return {
      x: (gone.x * way.x + gone.y * way.y) / square,
      y: (gone.y * way.x - gone.x * way.y) / square,
    }
  })
}

/** How far a point is from a line of at least two points. */
export function distanceTo(line: Point[], point: Point): number {
  return Math.min(...line.slice(1).map((end, index) => distanceToSegment(point, line[index] ?? end, end)))
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
