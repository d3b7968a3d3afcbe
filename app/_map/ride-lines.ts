import L from 'leaflet'
import type { LatLng } from '#contracts/place.ts'
import { remainingRoute } from '#domain/route.ts'
import { nearestCopies } from './nearest-copy.ts'

/** Lines follow the marker, though not at every frame. */
const REDRAW_MS = 100

/** Their end lies under the marker, which hides this much. Each redraw paints the whole map's lines anew. */
const HIDDEN_PX = 4

const STRAIGHT_DASHES = '2 12'

export type RideLines = {
  /** What is behind the rider, up to the last report before the newest. */
  setTrail(trail: LatLng[]): void
  /** A way that follows no streets is dashed. */
  setRoute(route: LatLng[], routed: boolean): void
  /** Where the marker is shown now; null when the rider is not shown. */
  setRider(at: LatLng | null): void
  remove(): void
}

/** Draws the remaining route, and over it the way already ridden. The map's `rider` event tells where the marker is. */
export function createRideLines(map: L.Map): RideLines {
  const line = (className: string, weight: number) =>
    L.polyline([], {
      className,
      weight,
      interactive: false,
      smoothFactor: 1,
      lineCap: 'round',
      lineJoin: 'round',
    })
  const lines = {
    casing: line('line-casing', 9).addTo(map),
    trail: line('line-trail', 5).addTo(map),
    rest: line('line-route', 5).addTo(map),
  }
  let trail: LatLng[] = []
  let route: LatLng[] = []
  let rider: LatLng | null = null
  /** Where the lines' end is drawn, in pixels of the whole world. */
  let end: L.Point | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  function draw() {
    timer = null
    end = rider && map.project(rider)
    const rest = rider ? nearestCopies(remainingRoute(route, rider), rider[1]) : route
    const gone = rider ? [...trail, rider] : []
    lines.casing.setLatLngs([rest, gone])
    lines.rest.setLatLngs(rest)
    lines.trail.setLatLngs(gone)
    map.fire('rider', { at: rider })
  }
  function soon() {
    timer ??= setTimeout(draw, REDRAW_MS)
  }

  return {
    setTrail(next) {
      trail = next
      soon()
    },
    setRoute(next, routed) {
      route = next
      lines.rest.setStyle({ dashArray: routed ? '' : STRAIGHT_DASHES })
      lines.casing.setStyle({ opacity: routed ? 1 : 0 })
      draw()
    },
    setRider(at) {
      rider = at
      if (at && end && map.project(at).distanceTo(end) < HIDDEN_PX) return
      soon()
    },
    remove() {
      if (timer) clearTimeout(timer)
      for (const each of Object.values(lines)) each.remove()
    },
  }
}
