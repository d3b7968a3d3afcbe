import type L from 'leaflet'

/** The pane of the map for names, above ways and trails (map.css), made when it is first asked for. */
export function namesPane(map: L.Map): 'names' {
  if (!map.getPane('names')) map.createPane('names')
  return 'names'
}
