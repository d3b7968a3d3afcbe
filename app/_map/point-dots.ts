import L from 'leaflet'
import type { LatLng } from '#contracts/place.ts'

export type Dot = { id: number; at: LatLng; label: string; chosen: boolean }
export type PointDots = {
  show(dots: readonly Dot[]): void
  remove(): void
}

/** The touch target, as large as the neighbours allow; the visible dot is smaller. */
const SIZE_PX = 28
const KEYS = ['Enter', ' ']

/** Points on the map that can be chosen, by hand or by key. */
export function createPointDots(map: L.Map, onChoose: (id: number) => void): PointDots {
  const markers = new Map<number, L.Marker>()

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
        const marker = markers.get(dot.id) ?? add(dot)
        marker.setZIndexOffset(dot.chosen ? 1_500 : 500)
        const element = marker.getElement()
        element?.setAttribute('aria-pressed', String(dot.chosen))
        // The page's language may have changed.
        element?.setAttribute('aria-label', dot.label)
        element?.setAttribute('title', dot.label)
      }
    },
    remove() {
      for (const marker of markers.values()) marker.remove()
      markers.clear()
    },
  }
}
