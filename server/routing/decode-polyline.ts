import type { LatLng } from '#contracts/place.ts'

/**
 * Google's Encoded Polyline Algorithm, with so many decimals: differences to the point before, each in groups of five bits,
 * the lowest first, its sign in the lowest bit. Own code, because `@mapbox/polyline` brings a command line and some forty packages with it.
 */
export function decodePolyline(text: string, decimals: number): LatLng[] {
  const numbers: number[] = []
  let [bits, shift] = [0, 0]
  for (let index = 0; index < text.length; index += 1) {
    const group = text.charCodeAt(index) - 63
    bits += (group & 31) * 2 ** shift
    shift += 5
    if (group >= 32) continue
    const isNegative = bits % 2 === 1
    numbers.push(isNegative ? -(bits + 1) / 2 : bits / 2)
    ;[bits, shift] = [0, 0]
  }
  const scale = 10 ** decimals
  let [lat, lng] = [0, 0]
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, point): LatLng => {
    lat += numbers[2 * point] ?? 0
    lng += numbers[2 * point + 1] ?? 0
    return [lat / scale, lng / scale]
  })
}
