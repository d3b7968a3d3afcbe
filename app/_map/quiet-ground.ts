import L from 'leaflet'

/** Divides a tile, so that the pattern goes on across its edges. */
const TILE_PX = 256

/**
 * The ground where no map is: a grid that moves with the map, and a scale. Without it a ride in a town that nobody drew
 * would float in nothing. While the middle of the map lies on a drawn map, `is-quiet` is off and names and scale hide.
 */
export function addQuietGround(map: L.Map): () => void {
  const pane = map.getPane('ground') ?? map.createPane('ground')
  const ground = new QuietGround({ pane: 'ground', keepBuffer: 3, updateWhenZooming: false }).addTo(map)
  const scale = L.control.scale({ imperial: false, maxWidth: 120, position: 'bottomleft' }).addTo(map)
  let mapped: L.LatLngBounds | null = null

  function look() {
    const isMapped = mapped?.contains(map.getCenter().wrap()) ?? false
    map.getContainer().classList.toggle('is-quiet', !isMapped)
  }
  function learn(event: L.LeafletEvent) {
    mapped = (event as L.LeafletEvent & { bounds: L.LatLngBounds | null }).bounds
    look()
  }
  map.on('mapped', learn).on('move', look)
  look()
  return () => {
    map.off('mapped', learn).off('move', look)
    ground.remove()
    scale.remove()
    pane.remove()
  }
}

class QuietGround extends L.GridLayer {
  protected override createTile(): HTMLElement {
    const tile = document.createElement('div')
    tile.className = 'quiet-ground'
    tile.style.width = tile.style.height = `${TILE_PX}px`
    return tile
  }
}
