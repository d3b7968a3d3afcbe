import type { Side } from './block-sides.ts'
import { distanceM, type XY } from './flat-ground.ts'

/** Streets are numbered every 20 m of the street they leave: odd on one side, even on the other. */
const NUMBER_EVERY_M = 20

/**
 * A back street is named the Korean way, after the larger street it leaves and how far along that happens
 * ("Teheran-ro 12-gil"). The numbers are this map's own.
 */
export function backStreetName(
  line: readonly XY[],
  [first, second]: readonly [Side, Side],
): { name: string; nameKo: string } {
  const [parent, parity] =
    first.street && first.street.kind !== 'motorway' ? [first.street, 1] : [second.street, 0]
  const mouth = parity ? line[line.length - 1] : line[0]
  if (!parent || parent.kind === 'motorway' || !mouth) return { name: '', nameKo: '' }
  const number =
    2 * Math.max(1, Math.round(distanceAlongM(parent.points, mouth) / (2 * NUMBER_EVERY_M))) + parity
  return { name: `${parent.name} ${number}-gil`, nameKo: `${parent.nameKo}${number}길` }
}

function distanceAlongM(points: readonly XY[], goal: XY): number {
  let sofarM = 0
  let nearest = { awayM: Number.POSITIVE_INFINITY, alongM: 0 }
  let previous = points[0]
  for (const point of points) {
    if (previous) sofarM += distanceM(previous, point)
    const awayM = distanceM(point, goal)
    if (awayM < nearest.awayM) nearest = { awayM, alongM: sofarM }
    previous = point
  }
  return nearest.alongM
}
