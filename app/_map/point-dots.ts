import L from 'leaflet'
import type { LatLng } from '#contracts/place.ts'

export type Dot = { id: number; at: LatLng; label: string; chosen: boolean }
export type PointDots = {
  show(dots: readonly Dot[]): void
  remove(): void
}

/** The touch target; the visible dot is smaller. */
const SIZE_PX = 28
/** What every target keeps to itself (https://www.w3.org/TR/WCAG22/#target-size-minimum). */
const APART_PX = 24
const KEYS = ['Enter', ' ']

/**
 * Points on the map that can be chosen, by hand or by key. Of those that lie on one another the newest can be chosen, or the
 * one that is; the others are only seen, until the map is zoomed in.
 */
export function createPointDots(map: L.Map, onChoose: (id: number) => void): PointDots {
  const markers = new Map<number, L.Marker>()
  let chosenId: number | null = null

  function giveRoom() {
    const taken: L.Point[] = []
    const rank = (id: number) => (id === chosenId ? Number.POSITIVE_INFINITY : id)
    for (const [, marker] of [...markers].sort(([a], [b]) => rank(b) - rank(a))) {
      const at = map.latLngToLayerPoint(marker.getLatLng())
      const hasRoom = taken.every(({ x, y }) => Math.max(Math.abs(x - at.x), Math.abs(y - at.y)) >= APART_PX)
      if (hasRoom) taken.push(at)
      marker.getElement()?.toggleAttribute('inert', !hasRoom)
    }
  }
  map.on('zoomend', giveRoom)

  function add({ id, at }: Dot): L.Marker {
    const icon = L.divIcon({ className: 'point-dot', iconSize: [SIZE_PX, SIZE_PX] })
    const marker = L.marker(at, { icon, zIndexOffset: 500 }).addTo(map)
    marker.on('click keypress', (event) => {
      const { originalEvent } = event as L.LeafletMouseEvent | L.LeafletKeyboardEvent
      if (originalEvent instanceof KeyboardEvent && !KEYS.includes(originalEvent.key)) return
      onChoose(id)
    })
    marker.getElement()?.setAttribute('data-dot', String(id))
    markers.set(id, marker)
    return marker
  }

  return {
    show(dots) {
      const wanted = new Set(dots.map(({ id }) => id))
      for (const [id, marker] of markers) {
        if (wanted.has(id)) continue
        marker.remove()
        markers.delete(id)
      }
      for (const dot of dots) {
        const marker = markers.get(dot.id)?.setLatLng(dot.at) ?? add(dot)
        marker.setZIndexOffset(dot.chosen ? 1_500 : 500)
        const element = marker.getElement()
        element?.setAttribute('aria-pressed', String(dot.chosen))
        // The page's language may have changed.
        element?.setAttribute('aria-label', dot.label)
        element?.setAttribute('title', dot.label)
      }
      chosenId = dots.find(({ chosen }) => chosen)?.id ?? null
      giveRoom()
    },
    remove() {
      map.off('zoomend', giveRoom)
      for (const marker of markers.values()) marker.remove()
      markers.clear()
    },
  }
}
