import type { LatLng } from './flat-ground.ts'

/** "37.5,127.03 37.51,127.04" → points. The data files keep their lines in this form: one line of text per line on the map. */
export function parsePoints(text: string): LatLng[] {
  return text.split(/\s+/).map((pair) => {
    const [lat, lng] = pair.split(',').map(Number)
    if (lat === undefined || lng === undefined || Number.isNaN(lat + lng))
      throw new Error(`Not a point: ${pair}`)
    return [lat, lng]
  })
}
