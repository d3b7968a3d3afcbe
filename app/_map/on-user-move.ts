import type L from 'leaflet'

const MOVING_KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', '+', '-', '='])

/** Calls back when the user moves the map. Leaflet's own events tell users and code apart for drags only. */
export function onUserMove(map: L.Map, onMove: () => void): () => void {
  const container = map.getContainer()
  const onTouch = (event: TouchEvent) => {
    if (event.touches.length > 1) onMove()
  }
  const onKey = (event: KeyboardEvent) => {
    if (MOVING_KEYS.has(event.key)) onMove()
  }
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('.leaflet-control-zoom')) onMove()
  }
  map.on('dragstart boxzoomend', onMove)
  // While capturing: Leaflet stops some of these events on their way up.
  const capture = { capture: true, passive: true }
  container.addEventListener('wheel', onMove, capture)
  container.addEventListener('dblclick', onMove, capture)
  container.addEventListener('touchstart', onTouch, capture)
  container.addEventListener('keydown', onKey, capture)
  container.addEventListener('click', onClick, capture)
  return () => {
    map.off('dragstart boxzoomend', onMove)
    container.removeEventListener('wheel', onMove, capture)
    container.removeEventListener('dblclick', onMove, capture)
    container.removeEventListener('touchstart', onTouch, capture)
    container.removeEventListener('keydown', onKey, capture)
    container.removeEventListener('click', onClick, capture)
  }
}
