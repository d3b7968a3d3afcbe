import type { LatLng } from '#contracts/place.ts'

/** South-west and north-east corner. */
export type Frame = readonly [LatLng, LatLng]

/** On each side, as a share of the longer side of what the points take up. */
const ROOM = 0.15
/** Degrees, some 250 m: as close as one needs to tell dots apart. */
const SHORTEST = 0.0022
/** A frame larger than needed by this factor makes the points look lost. */
const TOO_LARGE = 2

/**
 * A frame around at least one point, with a margin so that the map need not move for each new point. Returns `before` while
 * it contains all points and is not far too large.
 */
export function looseFrame(before: Frame | null, points: readonly LatLng[]): Frame {
  const lats = points.map(([lat]) => lat)
  const lngs = points.map(([, lng]) => lng)
  const tight: Frame = [
    [Math.min(...lats), Math.min(...lngs)],
    [Math.max(...lats), Math.max(...lngs)],
  ]
  const side = longerSide(tight)
  const room = Math.max(ROOM * side, (SHORTEST - side) / 2)
  if (before && holds(before, tight) && longerSide(before) <= TOO_LARGE * (side + 2 * room)) return before
  const [[south, west], [north, east]] = tight
  return [
    [south - room, west - room],
    [north + room, east + room],
  ]
}

const longerSide = ([[south, west], [north, east]]: Frame) => Math.max(north - south, east - west)

const holds = ([southWest, northEast]: Frame, [inSouthWest, inNorthEast]: Frame) =>
  southWest[0] <= inSouthWest[0] &&
  southWest[1] <= inSouthWest[1] &&
  northEast[0] >= inNorthEast[0] &&
  northEast[1] >= inNorthEast[1]
