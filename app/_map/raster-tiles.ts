import L from 'leaflet'

const PANE = 'raster'
/** After this many failures in a row the tile server counts as gone again. */
const FAILURES_TO_GIVE_UP = 6
/** A tile server slower than this is not used. */
const PATIENCE_MS = 8_000

/**
 * Adds raster tiles if their server answers. One tile is requested first: without internet every movement of the map would
 * otherwise cause a screenful of failing requests.
 */
export function addRasterTiles(map: L.Map, url: string, attribution: string): () => void {
  const pane = map.getPane(PANE) ?? map.createPane(PANE)
  const layer = L.tileLayer(url, { pane: PANE, maxZoom: 20, maxNativeZoom: 19, attribution })
  let failuresInARow = 0
  let wanted = true

  layer.on('tileload', () => {
    failuresInARow = 0
    pane.classList.add('is-there')
  })
  layer.on('tileerror', () => {
    failuresInARow++
    if (failuresInARow === FAILURES_TO_GIVE_UP) remove()
  })
  void answers(probeUrl(map, url)).then((there) => {
    if (there && wanted) layer.addTo(map)
  })

  function remove() {
    wanted = false
    pane.classList.remove('is-there')
    layer.remove()
  }
  return remove
}

/** The tile in the middle of the map. */
function probeUrl(map: L.Map, url: string): string {
  const z = Math.min(Math.round(map.getZoom()), 19)
  const { x, y } = map.project(map.getCenter(), z).divideBy(256).floor()
  return L.Util.template(url, { s: 'a', r: '', x, y, z })
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const image = new Image()
    image.onload = () => resolve(true)
    image.onerror = () => resolve(false)
    setTimeout(() => resolve(false), PATIENCE_MS)
    image.src = url
  })
}
