import { distanceM } from './flat-ground.ts'
import { type NamedStreet, namedStreets, pointOf } from './named-streets.ts'
import { Edge } from './patch.ts'

/** One side of a block, and the named street it runs along, if any. */
export type Side = { edge: Edge; street: NamedStreet | null }

/** The four sides of a block, from its corners clockwise from the north-west. */
export function sidesOf([nw = '', ne = '', se = '', sw = '']: readonly string[]): Record<
  'north' | 'south' | 'west' | 'east',
  Side
> {
  return { north: side(nw, ne), south: side(sw, se), west: side(nw, sw), east: side(ne, se) }
}

/** The piece of a named street between two corners, or a straight line where no street joins them. */
function side(fromWord: string, toWord: string): Side {
  const from = pointOf(fromWord)
  const to = pointOf(toWord)
  for (const street of namedStreets()) {
    if (!street.words.includes(fromWord) || !street.words.includes(toWord)) continue
    const start = street.points.findIndex((point) => distanceM(point, from) < 1)
    const end = street.points.findIndex((point) => distanceM(point, to) < 1)
    const piece =
      start <= end ? street.points.slice(start, end + 1) : street.points.slice(end, start + 1).reverse()
    return { edge: new Edge(piece), street }
  }
  return { edge: new Edge([from, to]), street: null }
}
