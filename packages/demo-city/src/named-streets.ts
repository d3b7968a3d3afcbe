import { CROSSINGS } from './crossings.ts'
import { toXY, type XY } from './flat-ground.ts'
import { parsePoints } from './parse-points.ts'
import { smoothLine } from './smooth.ts'
import { STREETS, type StreetKind } from './streets.ts'

/** `words` are the crossings and points it was laid through. */
export type NamedStreet = {
  kind: StreetKind
  points: readonly XY[]
  name: string
  nameKo: string
  words: readonly string[]
}

let laid: readonly NamedStreet[] | undefined

/** The named streets as they are drawn: through all of their crossings, in gentle bends. */
export function namedStreets(): readonly NamedStreet[] {
  laid ??= STREETS.map(({ kind, name, nameKo, path }) => {
    const words = path.split(' ')
    return { kind, name, nameKo, words, points: smoothLine(words.map(pointOf)) }
  })
  return laid
}

/** A word of the data files: a crossing's key, or `lat,lng`. */
export function pointOf(word: string): XY {
  const point = word.includes('/') ? CROSSINGS[word] : parsePoints(word)[0]
  if (!point) throw new Error(`No such crossing: ${word}`)
  return toXY(point)
}
